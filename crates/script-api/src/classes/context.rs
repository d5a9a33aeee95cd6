//! One of docker's contexts.

use moondock_engine::context::{Context, Contexts};
use moondock_engine::params::NoParams;
use moondock_engine::types::PartType;
use moondock_engine::{Kind, TlsConfig};
use serde_json::{Value as Json, json};

use super::show_name;
use crate::describe::{Class, method, property};
use crate::value::{Scripted, Value};

impl Scripted for Context {
    const CLASS: &'static Class = &CLASS;
}

/// A part of what `docker context inspect` shows, beneath its own name as in docker-py.
fn shown(context: &Context, name: &str) -> Json {
    json!({name: context.inspect().get(name)})
}

pub(super) static CLASS: Class = Class {
    name: "Context",
    doc: "One of docker's contexts: an engine's address and how to speak with it, under a name.",
    properties: &[
        property!("name", Context => Kind::Str, "The name.", |context| context.name()),
        property!("Name", Context => Kind::Str, "The name.", |context| context.name()),
        property!("Host", Context => Kind::Optional(&Kind::Str), "The engine's address.",
            |context| context.host().map(str::to_owned)),
        property!("description", Context => Kind::Optional(&Kind::Str), "What it is for, in words.",
            |context| context.description().map(str::to_owned)),
        property!("endpoints", Context => Kind::Map(&Kind::Any), "The addresses, by what they are for.",
            |context| context.attrs().get("Endpoints").cloned().unwrap_or_default()),
        property!("Metadata", Context => Kind::Map(&Kind::Any), "All that the context's file says.",
            |context| Json::Object(context.attrs().clone())),
        property!("TLSConfig", Context => Kind::Optional(&Kind::Map(&Kind::Any)),
            "How to speak TLS with the engine, for a client's `tls`.",
            |context| context.tls_config().as_ref().map(TlsConfig::to_wire).transpose()?),
        property!("TLSMaterial", Context => Kind::Map(&Kind::Any), "The names of the files for TLS.",
            |context| shown(&context, "TLSMaterial")),
        property!("Storage", Context => Kind::Map(&Kind::Any), "Where it is stored.",
            |context| shown(&context, "Storage")),
    ],
    methods: &[
        method!(Read, "inspect", Context, NoParams => Kind::Map(&Kind::Any),
            "What `docker context inspect` shows.", |context, _, _| Ok(context.inspect())),
        method!(Read, "is_docker_host", Context, NoParams => Kind::Bool,
            "Whether it is for a Docker Engine.", |context, _, _| Ok(context.host().is_some())),
        method!(Host, "remove", Context, NoParams => Kind::Nil,
            "Removes it. If it was the one in use, the default one is from then on.",
            |context, _, _| { Contexts::from_env().remove(context.name())?; Ok(Value::Null) }),
    ],
    display: |object, f| {
        show_name(object, object.get::<Context>().map(|context| context.name().to_owned()), f)
    },
    identity: |object| object.get::<Context>().map(|context| context.name().to_owned()).unwrap_or_default(),
};
