//! Containers.

use moondock_engine::api::containers::{self, StopParams};
use moondock_engine::{Client, Kind, params};

use crate::arguments::ContainerId;
use crate::describe::{Method, method};
use crate::value::Value;

params! {
    /// Which container.
    struct OneContainer {
        /// The container: its name or id, or a map that holds its `Id`.
        container: ContainerId => required,
    }
}

params! {
    /// What to stop.
    struct StopArguments {
        /// The container: its name or id, or a map that holds its `Id`.
        container: ContainerId => required;
        /// How.
        ..stop: StopParams,
    }
}

pub(super) const METHODS: &[Method] = &[
    method!(Read, "inspect_container", Client, OneContainer => Kind::Map(&Kind::Any),
        "All that the engine tells of a container.",
        |client, params, _| Ok(client.json(containers::inspect(&params.container.0)).await?)),
    method!(Write, "stop", Client, StopArguments => Kind::Nil,
    "Stops a container. That it does not run is no error.",
    |client, params, _| {
        client.empty(containers::stop(&params.container.0, &params.stop)).await?;
        Ok(Value::Null)
    }),
];
