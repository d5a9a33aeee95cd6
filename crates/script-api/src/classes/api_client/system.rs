//! The engine itself.

use moondock_engine::api::system::{self, EventsParams};
use moondock_engine::params::NoParams;
use moondock_engine::{Client, Kind};

use crate::describe::{Method, method};
use crate::stream::ScriptStream;

pub(super) const METHODS: &[Method] = &[
    method!(Read, "info", Client, NoParams => Kind::Map(&Kind::Any),
        "What `docker info` shows.", |client, _, _| Ok(client.json(system::info()).await?)),
    method!(Read, "events", Client, EventsParams => Kind::Stream(&Kind::Map(&Kind::Any)),
        "The engine's events as a stream of maps.",
        |client, params, _| Ok(ScriptStream::items(client.json_lines(system::events(&params)).await?))),
];
