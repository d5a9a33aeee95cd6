//! The volumes of an engine.

use moondock_engine::models::{VolumeCreateParams, VolumeListParams, VolumePruneParams, Volumes};
use moondock_engine::{Kind, params};

use super::{nameless, show};
use crate::describe::{Class, method};
use crate::value::Scripted;

params! {
    /// Which volume to get.
    struct GetParams {
        /// The name.
        volume_id: String => required,
    }
}

impl Scripted for Volumes {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Volumes",
    doc: "The volumes of an engine: `client.volumes`.",
    properties: &[],
    methods: &[
        method!(Write, "create", Volumes, VolumeCreateParams => Kind::Object("Volume"),
            "Creates a volume and gives it. One of that name that is there already is given instead.",
            |volumes, params, _| Ok(volumes.create(&params).await?)),
        method!(Read, "get", Volumes, GetParams => Kind::Object("Volume"),
            "Gets a volume. Without one, the error is a `NotFound`.",
            |volumes, params, _| Ok(volumes.get(&params.volume_id).await?)),
        method!(Read, "list", Volumes, VolumeListParams => Kind::List(&Kind::Object("Volume")),
            "Lists volumes.", |volumes, params, _| Ok(volumes.list(&params).await?)),
        method!(Write, "prune", Volumes, VolumePruneParams => Kind::Map(&Kind::Any),
            "Removes volumes that no container uses: since API 1.42 only those without a name of their own, unless the \
             filter `all` is set. Gives `VolumesDeleted` and `SpaceReclaimed`.",
            |volumes, params, _| Ok(volumes.prune(&params).await?)),
    ],
    display: show,
    identity: nameless,
};
