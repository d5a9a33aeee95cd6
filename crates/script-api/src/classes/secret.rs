//! A secret of a swarm.

use moondock_engine::Kind;
use moondock_engine::models::Secret;
use moondock_engine::params::NoParams;

use super::show_name;
use crate::describe::{Class, method, property};
use crate::value::{Scripted, Value};

impl Scripted for Secret {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Secret",
    doc: "A secret of a swarm. Its properties are as the engine told them last; `reload` gets them anew.",
    properties: &[
        property!("id", Secret => Kind::Str, "The full id.", |secret| secret.id()),
        property!("short_id", Secret => Kind::Str, "The first twelve characters of the id.", |secret| secret.short_id()),
        property!("name", Secret => Kind::Str, "The name.", |secret| secret.name()),
        property!("attrs", Secret => Kind::Map(&Kind::Any),
            "The raw attributes as the engine gave them last; the data is never among them.",
            |secret| secret.attrs()),
    ],
    methods: &[
        method!(Read, "reload", Secret, NoParams => Kind::Nil,
            "Gets the attributes anew.", |secret, _, _| { secret.reload().await?; Ok(Value::Null) }),
        method!(Write, "remove", Secret, NoParams => Kind::Bool,
            "Removes it, which no service may use, and gives true.",
            |secret, _, _| { secret.remove().await?; Ok(true) }),
    ],
    display: |object, f| show_name(object, object.get::<Secret>().map(Secret::name), f),
    identity: |object| object.get::<Secret>().map(|secret| secret.id().to_owned()).unwrap_or_default(),
};
