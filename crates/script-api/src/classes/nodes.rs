//! The nodes of a swarm.

use moondock_engine::models::{NodeListParams, Nodes};
use moondock_engine::{Kind, params};

use super::{nameless, show};
use crate::describe::{Class, method};
use crate::value::Scripted;

params! {
    /// Which node to get.
    struct GetParams {
        /// The id or name.
        node_id: String => required,
    }
}

impl Scripted for Nodes {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Nodes",
    doc: "The nodes of the engine's swarm: `client.nodes`.",
    properties: &[],
    methods: &[
        method!(Read, "get", Nodes, GetParams => Kind::Object("Node"),
            "Gets a node. Without one, the error is a `NotFound`.",
            |nodes, params, _| Ok(nodes.get(&params.node_id).await?)),
        method!(Read, "list", Nodes, NodeListParams => Kind::List(&Kind::Object("Node")),
            "Lists nodes.", |nodes, params, _| Ok(nodes.list(&params).await?)),
    ],
    display: show,
    identity: nameless,
};
