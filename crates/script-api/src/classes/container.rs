//! A container.

use moondock_engine::models::{
    CommitParams, Container, ContainerRemoveParams, ExecRunParams, KillParams, LogsParams, RestartParams,
    StatsParams, StopParams, TopParams, WaitParams,
};
use moondock_engine::params::NoParams;
use moondock_engine::stream::collect;
use moondock_engine::{Kind, params};
use serde_json::Value as Json;

use super::exec_result::Executed;
use super::{bytes_of, show_short};
use crate::describe::{Class, method, property};
use crate::error::Result;
use crate::stream::ScriptStream;
use crate::value::{Scripted, Value};

params! {
    /// The new name.
    struct RenameParams {
        /// The name.
        name: String => required,
    }
}

impl Scripted for Container {
    const CLASS: &'static Class = &CLASS;
}

async fn logs(container: &Container, params: &LogsParams) -> Result<Value> {
    let frames = container.logs(params).await?;
    if params.stream {
        return Ok(bytes_of(frames).into());
    }
    Ok(collect(frames.joined()).await?.into())
}

async fn stats(container: &Container, params: &StatsParams) -> Result<Value> {
    if params.stream {
        return Ok(ScriptStream::items(container.stats(params).await?).into());
    }
    Ok(container.stats_once(params).await?.into())
}

pub(super) static CLASS: Class = Class {
    name: "Container",
    doc: "A container. Its properties are as the engine told them last; `reload` gets them anew.",
    properties: &[
        property!("id", Container => Kind::Str, "The full id.", |container| container.id()),
        property!("short_id", Container => Kind::Str,
            "The first twelve characters of the id.", |container| container.short_id()),
        property!("name", Container => Kind::Str, "The name.", |container| container.name()),
        property!("status", Container => Kind::Str,
            "The status, for example `running` or `exited`.", |container| container.status()),
        property!("health", Container => Kind::Str,
            "The health, for example `healthy`; `unknown` without a health check.", |container| container.health()),
        property!("image", Container => Kind::Object("Image"),
            "The image that it was made from; reading it asks the engine.", |container| container.image().await?),
        property!("labels", Container => Kind::Map(&Kind::Str),
            "The labels.", |container| Value::from(Json::from(container.labels()))),
        property!("ports", Container => Kind::Map(&Kind::Any),
            "The ports: from `80/tcp` to a list of `{HostIp, HostPort}`, or nothing when unpublished.",
            |container| Value::from(Json::from(container.ports()))),
        property!("attrs", Container => Kind::Map(&Kind::Any),
            "The raw attributes as the engine gave them last.", |container| container.attrs()),
    ],
    methods: &[
        method!(Write, "start", Container, NoParams => Kind::Nil,
            "Starts it. That it runs already is no error.",
            |container, _, _| { container.start().await?; Ok(Value::Null) }),
        method!(Write, "stop", Container, StopParams => Kind::Nil,
            "Stops it. That it does not run is no error.",
            |container, params, _| { container.stop(&params).await?; Ok(Value::Null) }),
        method!(Write, "restart", Container, RestartParams => Kind::Nil,
            "Restarts it.", |container, params, _| { container.restart(&params).await?; Ok(Value::Null) }),
        method!(Write, "kill", Container, KillParams => Kind::Nil,
            "Sends it a signal.", |container, params, _| { container.kill(&params).await?; Ok(Value::Null) }),
        method!(Write, "pause", Container, NoParams => Kind::Nil,
            "Pauses its processes.", |container, _, _| { container.pause().await?; Ok(Value::Null) }),
        method!(Write, "unpause", Container, NoParams => Kind::Nil,
            "Lets its processes go on.", |container, _, _| { container.unpause().await?; Ok(Value::Null) }),
        method!(Write, "remove", Container, ContainerRemoveParams => Kind::Nil,
            "Removes it.", |container, params, _| { container.remove(&params).await?; Ok(Value::Null) }),
        method!(Write, "rename", Container, RenameParams => Kind::Nil,
            "Renames it.", |container, params, _| { container.rename(&params.name).await?; Ok(Value::Null) }),
        method!(Read, "reload", Container, NoParams => Kind::Nil,
            "Gets the attributes anew.", |container, _, _| { container.reload().await?; Ok(Value::Null) }),
        method!(Read, "wait", Container, WaitParams => Kind::Map(&Kind::Any),
            "Waits until it ends. Gives `{StatusCode: 0}`: a code that is not zero is no error.",
            |container, params, _| Ok(container.wait(&params).await?)),
        method!(Read, "logs", Container, LogsParams => Kind::Union(&[Kind::Bytes, Kind::Stream(&Kind::Bytes)]),
            "Its logs: all of them up to now; with `stream` a stream that goes on.",
            |container, params, _| logs(&container, &params).await),
        method!(Exec, "exec_run", Container, ExecRunParams => Kind::Object("ExecResult"),
        "Runs a command in it.",
        |container, params, _| {
            let result = container.exec_run(&params).await?;
            Ok(Executed::new(result, params.create.tty, params.output.demux))
        }),
        method!(Read, "top", Container, TopParams => Kind::Map(&Kind::Any),
            "Lists its processes: `Titles`, and `Processes` with a list for each.",
            |container, params, _| Ok(container.top(&params).await?)),
        method!(Read, "diff", Container, NoParams => Kind::List(&Kind::Any),
            "What changed in its file system: a list of `{Path, Kind}`, kind 0 changed, 1 added, 2 deleted.",
            |container, _, _| Ok(container.diff().await?)),
        method!(Read, "stats", Container, StatsParams => Kind::Union(&[Kind::Stream(&Kind::Any), Kind::Map(&Kind::Any)]),
            "Its statistics as a stream of maps, one a second; with `stream` false one map.",
            |container, params, _| stats(&container, &params).await),
        method!(Write, "commit", Container, CommitParams => Kind::Object("Image"),
            "Makes an image of it and gives the image.",
            |container, params, _| Ok(container.commit(&params).await?)),
    ],
    display: show_short,
    identity: |object| {
        object.get::<Container>().map(|container| container.id().to_owned()).unwrap_or_default()
    },
};
