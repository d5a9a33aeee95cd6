//! A volume.

use moondock_engine::Kind;
use moondock_engine::models::{Volume, VolumeRemoveParams};
use moondock_engine::params::NoParams;

use super::show_short;
use crate::describe::{Class, method, property};
use crate::value::{Scripted, Value};

impl Scripted for Volume {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Volume",
    doc: "A volume. Its properties are as the engine told them last; `reload` gets them anew.",
    properties: &[
        property!("id", Volume => Kind::Str, "The name, which is its id.", |volume| volume.id()),
        property!("short_id", Volume => Kind::Str,
            "The first twelve characters of the name.", |volume| volume.short_id()),
        property!("name", Volume => Kind::Str, "The name.", |volume| volume.name()),
        property!("attrs", Volume => Kind::Map(&Kind::Any),
            "The raw attributes as the engine gave them last.", |volume| volume.attrs()),
    ],
    methods: &[
        method!(Write, "remove", Volume, VolumeRemoveParams => Kind::Nil,
            "Removes it. While a container uses it, that is an error.",
            |volume, params, _| { volume.remove(&params).await?; Ok(Value::Null) }),
        method!(Read, "reload", Volume, NoParams => Kind::Nil,
            "Gets the attributes anew.", |volume, _, _| { volume.reload().await?; Ok(Value::Null) }),
    ],
    display: show_short,
    identity: |object| object.get::<Volume>().map(|volume| volume.id().to_owned()).unwrap_or_default(),
};
