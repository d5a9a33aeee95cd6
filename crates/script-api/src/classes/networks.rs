//! The networks of an engine.

use moondock_engine::models::{
    NetworkCreateParams, NetworkInspectParams, NetworkListParams, NetworkPruneParams, Networks,
};
use moondock_engine::{Kind, params};

use super::{nameless, show};
use crate::describe::{Class, method};
use crate::value::Scripted;

params! {
    /// What to create.
    struct CreateArguments {
        /// The name.
        name: String => required;
        /// How.
        ..create: NetworkCreateParams,
    }
}

params! {
    /// Which network to get.
    struct GetParams {
        /// The name or id.
        network_id: String => required;
        /// What to tell of it.
        ..inspect: NetworkInspectParams,
    }
}

impl Scripted for Networks {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Networks",
    doc: "The networks of an engine: `client.networks`.",
    properties: &[],
    methods: &[
        method!(Write, "create", Networks, CreateArguments => Kind::Object("Network"),
            "Creates a network and gives it.",
            |networks, params, _| Ok(networks.create(&params.name, &params.create).await?)),
        method!(Read, "get", Networks, GetParams => Kind::Object("Network"),
            "Gets a network. Without one, the error is a `NotFound`.",
            |networks, params, _| Ok(networks.get(&params.network_id, &params.inspect).await?)),
        method!(Read, "list", Networks, NetworkListParams => Kind::List(&Kind::Object("Network")),
            "Lists networks. With `greedy`, one that goes away meanwhile is left out.",
            |networks, params, _| Ok(networks.list(&params).await?)),
        method!(Write, "prune", Networks, NetworkPruneParams => Kind::Map(&Kind::Any),
            "Removes networks that no container is in. Gives `NetworksDeleted`.",
            |networks, params, _| Ok(networks.prune(&params).await?)),
    ],
    display: show,
    identity: nameless,
};
