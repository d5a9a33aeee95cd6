//! The swarm that an engine is part of.

use moondock_engine::models::{Swarm, SwarmInitParams, SwarmJoinParams, SwarmLeaveParams, SwarmUpdateParams};
use moondock_engine::params::NoParams;
use moondock_engine::{Kind, ParamType, params};
use serde::Deserialize;
use serde_json::Value as Json;

use super::show_short;
use crate::describe::{Class, method, property};
use crate::value::{Scripted, Value};

/// A key that unlocks a manager.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
struct Key(Json);

impl ParamType for Key {
    const KIND: Kind = Kind::Union(&[Kind::Str, Kind::Map(&Kind::Any)]);
}

params! {
    /// How to unlock a manager.
    struct UnlockParams {
        /// The key: text, or the map that `get_unlock_key` gave.
        key: Key => required,
    }
}

impl Scripted for Swarm {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Swarm",
    doc: "The swarm that the engine is part of: `client.swarm`, which asks the engine each time that it is read. Of an \
          engine that manages none there are no attributes.",
    properties: &[
        property!("id", Swarm => Kind::Str,
            "The full id; empty when the engine manages no swarm.", |swarm| swarm.id()),
        property!("short_id", Swarm => Kind::Str, "The first twelve characters of the id.", |swarm| swarm.short_id()),
        property!("version", Swarm => Kind::Int,
            "The version that `update` changes. Once the engine has a newer one, that is an error until `reload`.",
            |swarm| Value::from(Json::from(swarm.version()))),
        property!("attrs", Swarm => Kind::Map(&Kind::Any),
            "The raw attributes as the engine gave them last; none when it manages no swarm.", |swarm| swarm.attrs()),
    ],
    methods: &[
        method!(Write, "init", Swarm, SwarmInitParams => Kind::Str,
            "Begins a swarm and gives the id of the engine's node.",
            |swarm, params, _| Ok(swarm.init(&params).await?)),
        method!(Write, "join", Swarm, SwarmJoinParams => Kind::Bool,
            "Joins a swarm and gives true.",
            |swarm, params, _| { swarm.join(&params).await?; Ok(true) }),
        method!(Write, "leave", Swarm, SwarmLeaveParams => Kind::Bool,
            "Leaves the swarm and gives true.",
            |swarm, params, _| { swarm.leave(&params).await?; Ok(true) }),
        method!(Read, "get_unlock_key", Swarm, NoParams => Kind::Map(&Kind::Str),
            "The key that unlocks this manager after a restart, as `{UnlockKey}`; empty when managers are not locked.",
            |swarm, _, _| Ok(swarm.get_unlock_key().await?)),
        method!(Write, "unlock", Swarm, UnlockParams => Kind::Bool,
            "Unlocks this manager and gives true.",
            |swarm, params, _| { swarm.unlock(params.key.0).await?; Ok(true) }),
        method!(Write, "update", Swarm, SwarmUpdateParams => Kind::Bool,
            "Changes the swarm and gives true. What is left out of its settings goes back to its default.",
            |swarm, params, _| { swarm.update(&params).await?; Ok(true) }),
        method!(Read, "reload", Swarm, NoParams => Kind::Nil,
            "Gets the attributes anew.", |swarm, _, _| { swarm.reload().await?; Ok(Value::Null) }),
    ],
    display: show_short,
    identity: |object| object.get::<Swarm>().map(Swarm::id).unwrap_or_default(),
};
