//! A service of a swarm.

use moondock_engine::models::{Service, ServiceLogsParams, ServiceUpdateParams, TaskListParams};
use moondock_engine::params::NoParams;
use moondock_engine::{Kind, params};
use serde_json::Value as Json;

use super::{bytes_of, show_short};
use crate::describe::{Class, method, property};
use crate::value::{Scripted, Value};

params! {
    /// How large to make the service.
    struct ScaleParams {
        /// How many tasks there are, or how many times a job has to complete.
        replicas: i64 => required,
    }
}

impl Scripted for Service {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Service",
    doc: "A service of a swarm. Its properties are as the engine told them last; `reload` gets them anew.",
    properties: &[
        property!("id", Service => Kind::Str, "The full id.", |service| service.id()),
        property!("short_id", Service => Kind::Str,
            "The first twelve characters of the id.", |service| service.short_id()),
        property!("name", Service => Kind::Str, "The name.", |service| service.name()),
        property!("version", Service => Kind::Int,
            "The version that `update` changes. Once the engine has a newer one, that is an error until `reload`.",
            |service| Value::from(Json::from(service.version()))),
        property!("attrs", Service => Kind::Map(&Kind::Any),
            "The raw attributes as the engine gave them last.", |service| service.attrs()),
    ],
    methods: &[
        method!(Read, "reload", Service, NoParams => Kind::Nil,
            "Gets the attributes anew.", |service, _, _| { service.reload().await?; Ok(Value::Null) }),
        method!(Write, "remove", Service, NoParams => Kind::Bool,
            "Removes it and its tasks, and gives true.",
            |service, _, _| { service.remove().await?; Ok(true) }),
        method!(Read, "tasks", Service, TaskListParams => Kind::List(&Kind::Any),
            "Its tasks: a list of maps, as the engine describes them.",
            |service, params, _| Ok(service.tasks(&params).await?)),
        method!(Write, "update", Service, ServiceUpdateParams => Kind::Map(&Kind::Any),
            "Updates it and gives `Warnings`. What is left out stays as it is, unless `fetch_current_spec` is false.",
            |service, params, _| Ok(service.update(&params).await?)),
        method!(Write, "scale", Service, ScaleParams => Kind::Map(&Kind::Any),
            "Sets how many tasks it has and gives `Warnings`.",
            |service, params, _| Ok(service.scale(params.replicas).await?)),
        method!(Write, "force_update", Service, NoParams => Kind::Map(&Kind::Any),
            "Replaces its tasks though nothing is new, and gives `Warnings`.",
            |service, _, _| Ok(service.force_update().await?)),
        method!(Read, "logs", Service, ServiceLogsParams => Kind::Stream(&Kind::Bytes),
            "Its logs as a stream: up to now, or with `follow` one that goes on. `stdout` or `stderr` is needed.",
            |service, params, _| Ok(bytes_of(service.logs(&params).await?))),
    ],
    display: show_short,
    identity: |object| object.get::<Service>().map(|service| service.id().to_owned()).unwrap_or_default(),
};
