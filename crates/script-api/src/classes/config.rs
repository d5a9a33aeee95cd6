//! A config of a swarm.

use moondock_engine::Kind;
use moondock_engine::models::Config;
use moondock_engine::params::NoParams;

use super::show_name;
use crate::describe::{Class, method, property};
use crate::value::{Scripted, Value};

impl Scripted for Config {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Config",
    doc: "A config of a swarm. Its properties are as the engine told them last; `reload` gets them anew.",
    properties: &[
        property!("id", Config => Kind::Str, "The full id.", |config| config.id()),
        property!("short_id", Config => Kind::Str, "The first twelve characters of the id.", |config| config.short_id()),
        property!("name", Config => Kind::Str, "The name.", |config| config.name()),
        property!("attrs", Config => Kind::Map(&Kind::Any),
            "The raw attributes as the engine gave them last, the data in base64 among them.",
            |config| config.attrs()),
    ],
    methods: &[
        method!(Read, "reload", Config, NoParams => Kind::Nil,
            "Gets the attributes anew.", |config, _, _| { config.reload().await?; Ok(Value::Null) }),
        method!(Write, "remove", Config, NoParams => Kind::Bool,
            "Removes it, which no service may use, and gives true.",
            |config, _, _| { config.remove().await?; Ok(true) }),
    ],
    display: |object, f| show_name(object, object.get::<Config>().map(Config::name), f),
    identity: |object| object.get::<Config>().map(|config| config.id().to_owned()).unwrap_or_default(),
};
