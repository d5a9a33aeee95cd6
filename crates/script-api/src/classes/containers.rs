//! The containers of an engine.

use moondock_engine::models::{
    ContainerListParams, ContainerPruneParams, Containers, CreateParams, RunOutput, RunParams,
};
use moondock_engine::{Kind, params};

use super::{nameless, show};
use crate::arguments::ImageRef;
use crate::describe::{Class, method};
use crate::error::Result;
use crate::stream::ScriptStream;
use crate::value::{Scripted, Value};

params! {
    /// What to run.
    struct RunArguments {
        /// The image, or its name or id. It is pulled when the engine does not have it.
        image: ImageRef => required;
        /// How.
        ..run: RunParams,
    }
}

params! {
    /// What to create.
    struct CreateArguments {
        /// The image, or its name or id.
        image: ImageRef => required;
        /// How.
        ..create: CreateParams,
    }
}

params! {
    /// Which container to get.
    struct GetParams {
        /// The name or id.
        container_id: String => required,
    }
}

impl Scripted for Containers {
    const CLASS: &'static Class = &CLASS;
}

async fn run(containers: &Containers, arguments: RunArguments) -> Result<Value> {
    Ok(match containers.run(&arguments.image.0, arguments.run).await? {
        RunOutput::Detached(container) => container.into(),
        RunOutput::Collected(bytes) => bytes.into(),
        RunOutput::Streaming(stream) => ScriptStream::bytes(stream).into(),
    })
}

pub(super) static CLASS: Class = Class {
    name: "Containers",
    doc: "The containers of an engine: `client.containers`.",
    properties: &[],
    methods: &[
        method!(Write, "run", Containers, RunArguments
            => Kind::Union(&[Kind::Bytes, Kind::Object("Container"), Kind::Stream(&Kind::Bytes)]),
            "Runs a container. Gives what it wrote, when it has ended; with `detach` the container at once; with \
             `stream` a stream of what it writes. When the command fails, the error is a `ContainerError` with \
             `exit_status` and `stderr`.",
            |containers, params, _| Box::pin(run(&containers, params)).await),
        method!(Write, "create", Containers, CreateArguments => Kind::Object("Container"),
            "Creates a container without starting it.",
            |containers, params, _| Ok(containers.create(&params.image.0, &params.create).await?)),
        method!(Read, "get", Containers, GetParams => Kind::Object("Container"),
            "Gets a container. Without one, the error is a `NotFound`.",
            |containers, params, _| Ok(containers.get(&params.container_id).await?)),
        method!(Read, "list", Containers, ContainerListParams => Kind::List(&Kind::Object("Container")),
            "Lists containers, by default those that run. One that goes away meanwhile is left out.",
            |containers, params, _| Ok(containers.list(&params).await?)),
        method!(Write, "prune", Containers, ContainerPruneParams => Kind::Map(&Kind::Any),
            "Removes stopped containers. Gives `ContainersDeleted` and `SpaceReclaimed`.",
            |containers, params, _| Ok(containers.prune(&params).await?)),
    ],
    display: show,
    identity: nameless,
};
