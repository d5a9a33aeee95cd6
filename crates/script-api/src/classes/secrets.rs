//! The secrets of a swarm.

use moondock_engine::models::{SecretCreateParams, SecretListParams, Secrets};
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
        ..create: SecretCreateParams,
    }
}

params! {
    /// Which secret to get.
    struct GetParams {
        /// The id or name.
        secret_id: String => required,
    }
}

impl Scripted for Secrets {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Secrets",
    doc: "The secrets of the engine's swarm: `client.secrets`.",
    properties: &[],
    methods: &[
        method!(Write, "create", Secrets, CreateArguments => Kind::Object("Secret"),
        "Creates a secret. Until it is reloaded, its id and name are all that it has.",
        |secrets, params, _| {
            let data = whole(params.data).await?;
            Ok(secrets.create(&params.name, &data, &params.create).await?)
        }),
        method!(Read, "get", Secrets, GetParams => Kind::Object("Secret"),
            "Gets a secret. Without one, the error is a `NotFound`.",
            |secrets, params, _| Ok(secrets.get(&params.secret_id).await?)),
        method!(Read, "list", Secrets, SecretListParams => Kind::List(&Kind::Object("Secret")),
            "Lists secrets.", |secrets, params, _| Ok(secrets.list(&params).await?)),
    ],
    display: show,
    identity: nameless,
};
