//! The services of a swarm.

use moondock_engine::models::{ServiceCreateParams, ServiceInspectParams, ServiceListParams, Services};
use moondock_engine::{Kind, params};

use super::{nameless, show};
use crate::arguments::ImageRef;
use crate::describe::{Class, method};
use crate::value::Scripted;

params! {
    /// What to create.
    struct CreateArguments {
        /// The image, or its name or id.
        image: ImageRef => required;
        /// How.
        ..create: ServiceCreateParams,
    }
}

params! {
    /// Which service to get.
    struct GetParams {
        /// The id or name.
        service_id: String => required;
        /// How much of it.
        ..inspect: ServiceInspectParams,
    }
}

impl Scripted for Services {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Services",
    doc: "The services of the engine's swarm: `client.services`.",
    properties: &[],
    methods: &[
        method!(Write, "create", Services, CreateArguments => Kind::Object("Service"),
            "Creates a service.",
            |services, params, _| Ok(services.create(&params.image.0, &params.create).await?)),
        method!(Read, "get", Services, GetParams => Kind::Object("Service"),
            "Gets a service. Without one, the error is a `NotFound`.",
            |services, params, _| Ok(services.get(&params.service_id, &params.inspect).await?)),
        method!(Read, "list", Services, ServiceListParams => Kind::List(&Kind::Object("Service")),
            "Lists services.", |services, params, _| Ok(services.list(&params).await?)),
    ],
    display: show,
    identity: nameless,
};
