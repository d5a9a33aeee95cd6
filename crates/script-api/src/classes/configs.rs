//! The configs of a swarm.

use moondock_engine::models::{ConfigCreateParams, ConfigListParams, Configs};
use moondock_engine::{Kind, params};

use super::{nameless, show};
use crate::describe::{Class, method};
use crate::stream::{Source, whole};
use crate::value::Scripted;

params! {
    /// What to create.
    struct CreateArguments {
        /// The name.
        name: String => required,
        /// The data: text or bytes, a stream or a function.
        data: Option<Source> => required;
        /// How.
        ..create: ConfigCreateParams,
    }
}

params! {
    /// Which config to get.
    struct GetParams {
        /// The id or name.
        config_id: String => required,
    }
}

impl Scripted for Configs {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Configs",
    doc: "The configs of the engine's swarm: `client.configs`.",
    properties: &[],
    methods: &[
        method!(Write, "create", Configs, CreateArguments => Kind::Object("Config"),
        "Creates a config. Until it is reloaded, its id and name are all that it has.",
        |configs, params, _| {
            let data = whole(params.data).await?;
            Ok(configs.create(&params.name, &data, &params.create).await?)
        }),
        method!(Read, "get", Configs, GetParams => Kind::Object("Config"),
            "Gets a config. Without one, the error is a `NotFound`.",
            |configs, params, _| Ok(configs.get(&params.config_id).await?)),
        method!(Read, "list", Configs, ConfigListParams => Kind::List(&Kind::Object("Config")),
            "Lists configs.", |configs, params, _| Ok(configs.list(&params).await?)),
    ],
    display: show,
    identity: nameless,
};
