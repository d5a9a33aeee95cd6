//! The client.

use moondock_engine::Kind;
use moondock_engine::models::{DockerClient, EventsParams};
use moondock_engine::params::NoParams;

use super::{nameless, show};
use crate::describe::{Class, method, property};
use crate::stream::ScriptStream;
use crate::value::Scripted;

impl Scripted for DockerClient {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "DockerClient",
    doc: "A client of a Docker Engine.",
    properties: &[
        property!("api", DockerClient => Kind::Object("APIClient"),
            "The low-level client, with a method for each of the engine's operations.", |client| client.api().clone()),
        property!("containers", DockerClient => Kind::Object("Containers"),
            "The engine's containers.", |client| client.containers()),
        property!("images", DockerClient => Kind::Object("Images"), "The engine's images.", |client| client.images()),
        property!("networks", DockerClient => Kind::Object("Networks"),
            "The engine's networks.", |client| client.networks()),
        property!("volumes", DockerClient => Kind::Object("Volumes"),
            "The engine's volumes.", |client| client.volumes()),
        property!("swarm", DockerClient => Kind::Object("Swarm"),
            "The swarm that the engine is part of; reading it asks the engine.", |client| client.swarm().await?),
        property!("nodes", DockerClient => Kind::Object("Nodes"),
            "The nodes of the engine's swarm.", |client| client.nodes()),
        property!("services", DockerClient => Kind::Object("Services"),
            "The services of the engine's swarm.", |client| client.services()),
        property!("secrets", DockerClient => Kind::Object("Secrets"),
            "The secrets of the engine's swarm.", |client| client.secrets()),
        property!("configs", DockerClient => Kind::Object("Configs"),
            "The configs of the engine's swarm.", |client| client.configs()),
    ],
    methods: &[
        method!(Read, "ping", DockerClient, NoParams => Kind::Bool,
            "Whether the engine answers.", |client, _, _| Ok(client.ping().await?)),
        method!(Read, "version", DockerClient, NoParams => Kind::Map(&Kind::Any),
            "The engine's version and its parts'.", |client, _, _| Ok(client.version().await?)),
        method!(Read, "info", DockerClient, NoParams => Kind::Map(&Kind::Any),
            "What `docker info` shows.", |client, _, _| Ok(client.info().await?)),
        method!(Read, "df", DockerClient, NoParams => Kind::Map(&Kind::Any),
            "How much disk the engine uses.", |client, _, _| Ok(client.df().await?)),
        method!(Read, "events", DockerClient, EventsParams => Kind::Stream(&Kind::Map(&Kind::Any)),
            "The engine's events as a stream of maps. `moondock.on` survives lost connections; this does not.",
            |client, params, _| Ok(ScriptStream::items(client.events(&params).await?))),
    ],
    display: show,
    identity: nameless,
};
