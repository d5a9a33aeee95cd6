//! A node of a swarm.

use moondock_engine::models::{Node, NodeRemoveParams};
use moondock_engine::params::NoParams;
use moondock_engine::{Kind, params};
use serde_json::{Map, Value as Json};

use super::show_short;
use crate::describe::{Class, method, property};
use crate::value::{Scripted, Value};

params! {
    /// What to set the node to.
    struct UpdateParams {
        /// The specification: `Name`, `Labels`, `Role` and `Availability`. What is left out is unset.
        node_spec: Map<String, Json> => required,
    }
}

impl Scripted for Node {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Node",
    doc: "A node of a swarm. Its properties are as the engine told them last; `reload` gets them anew.",
    properties: &[
        property!("id", Node => Kind::Str, "The full id.", |node| node.id()),
        property!("short_id", Node => Kind::Str, "The first twelve characters of the id.", |node| node.short_id()),
        property!("version", Node => Kind::Int,
            "The version that `update` changes. Once the engine has a newer one, that is an error until `reload`.",
            |node| Value::from(Json::from(node.version()))),
        property!("attrs", Node => Kind::Map(&Kind::Any),
            "The raw attributes as the engine gave them last.", |node| node.attrs()),
    ],
    methods: &[
        method!(Read, "reload", Node, NoParams => Kind::Nil,
            "Gets the attributes anew.", |node, _, _| { node.reload().await?; Ok(Value::Null) }),
        method!(Write, "update", Node, UpdateParams => Kind::Bool,
            "Sets it to a specification and gives true.",
            |node, params, _| { node.update(&params.node_spec).await?; Ok(true) }),
        method!(Write, "remove", Node, NodeRemoveParams => Kind::Bool,
            "Removes it from its swarm and gives true.",
            |node, params, _| { node.remove(&params).await?; Ok(true) }),
    ],
    display: show_short,
    identity: |object| object.get::<Node>().map(|node| node.id().to_owned()).unwrap_or_default(),
};
