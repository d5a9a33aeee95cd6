//! An image.

use moondock_engine::Kind;
use moondock_engine::models::{Image, ImageRemoveParams, TagParams};
use moondock_engine::params::NoParams;

use crate::describe::{Class, method, property};
use crate::value::{Scripted, Value};

impl Scripted for Image {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Image",
    doc: "An image.",
    properties: &[
        property!("id", Image => Kind::Str, "The full id, for example `sha256:...`.", |image| image.id()),
        property!("short_id", Image => Kind::Str,
            "The id cut to its algorithm and the first twelve digits.", |image| image.short_id()),
        property!("tags", Image => Kind::List(&Kind::Str),
            "Its names, each with a tag.", |image| Value::from(serde_json::Value::from(image.tags()))),
        property!("labels", Image => Kind::Map(&Kind::Str),
            "Its labels.", |image| Value::from(serde_json::Value::from(image.labels()))),
        property!("attrs", Image => Kind::Map(&Kind::Any),
            "The raw attributes as the engine gave them last.", |image| image.attrs()),
    ],
    methods: &[
        method!(Write, "tag", Image, TagParams => Kind::Bool,
            "Gives it another name. Gives true.",
            |image, params, _| Ok(image.tag(&params).await?)),
        method!(Write, "remove", Image, ImageRemoveParams => Kind::List(&Kind::Any),
            "Removes it. Gives a list of what was untagged and deleted.",
            |image, params, _| Ok(image.remove(&params).await?)),
        method!(Read, "reload", Image, NoParams => Kind::Nil,
            "Gets the attributes anew.", |image, _, _| { image.reload().await?; Ok(Value::Null) }),
    ],
    display: |object, f| {
        let tags = object.get::<Image>().map(Image::tags).unwrap_or_default();
        write!(f, "<Image: '{}'>", tags.join("', '"))
    },
    identity: |object| object.get::<Image>().map(|image| image.id().to_owned()).unwrap_or_default(),
};
