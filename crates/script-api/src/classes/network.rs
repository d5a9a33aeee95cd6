//! A network.

use moondock_engine::models::{Network, NetworkConnectParams, NetworkDisconnectParams};
use moondock_engine::params::NoParams;
use moondock_engine::{Kind, params};

use super::show_short;
use crate::arguments::ContainerRef;
use crate::describe::{Class, method, property};
use crate::value::{Scripted, Value};

params! {
    /// What to connect.
    struct ConnectArguments {
        /// The container, or its name or id.
        container: ContainerRef => required;
        /// How.
        ..connect: NetworkConnectParams,
    }
}

params! {
    /// What to disconnect.
    struct DisconnectArguments {
        /// The container, or its name or id.
        container: ContainerRef => required;
        /// How.
        ..disconnect: NetworkDisconnectParams,
    }
}

impl Scripted for Network {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Network",
    doc: "A network. Its properties are as the engine told them last; `reload` gets them anew.",
    properties: &[
        property!("id", Network => Kind::Str, "The full id.", |network| network.id()),
        property!("short_id", Network => Kind::Str,
            "The first twelve characters of the id.", |network| network.short_id()),
        property!("name", Network => Kind::Str, "The name.", |network| network.name()),
        property!("containers", Network => Kind::List(&Kind::Object("Container")),
            "The containers in it, as its attributes tell: those of a list have none, so `reload` it first. Reading it \
             asks the engine; a container that went away meanwhile is left out.",
            |network| network.containers().await?),
        property!("attrs", Network => Kind::Map(&Kind::Any),
            "The raw attributes as the engine gave them last.", |network| network.attrs()),
    ],
    methods: &[
        method!(Write, "connect", Network, ConnectArguments => Kind::Nil,
        "Connects a container.",
        |network, params, _| {
            network.connect(&params.container.0, &params.connect).await?;
            Ok(Value::Null)
        }),
        method!(Write, "disconnect", Network, DisconnectArguments => Kind::Nil,
        "Disconnects a container.",
        |network, params, _| {
            network.disconnect(&params.container.0, &params.disconnect).await?;
            Ok(Value::Null)
        }),
        method!(Write, "remove", Network, NoParams => Kind::Nil,
            "Removes it. While containers are in it, that is an error.",
            |network, _, _| { network.remove().await?; Ok(Value::Null) }),
        method!(Read, "reload", Network, NoParams => Kind::Nil,
            "Gets the attributes anew.", |network, _, _| { network.reload().await?; Ok(Value::Null) }),
    ],
    display: show_short,
    identity: |object| object.get::<Network>().map(|network| network.id().to_owned()).unwrap_or_default(),
};
