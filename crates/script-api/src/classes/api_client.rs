//! The low-level client: a method for each of the engine's operations, with raw maps as docker-py's `APIClient`.

mod containers;
mod system;

use moondock_engine::{Client, Kind};

use super::{nameless, show};
use crate::describe::{Class, Method, joined, property};
use crate::value::Scripted;

impl Scripted for Client {
    const CLASS: &'static Class = &CLASS;
}

/// The methods, a file for each kind of object.
const GROUPS: &[&[Method]] = &[containers::METHODS, system::METHODS];

static METHODS: [Method; joined::count(GROUPS)] = joined::all(GROUPS);

pub(super) static CLASS: Class = Class {
    name: "APIClient",
    doc: "The low-level client: `client.api`. Each method is one request, and gives what the engine answers.",
    properties: &[
        property!("api_version", Client => Kind::Str,
            "The API version that is spoken; reading it asks the engine where it is to be negotiated.",
            |client| client.api_version().await?.to_string()),
        property!("base_url", Client => Kind::Str,
            "The engine's address.", |client| client.settings().host.to_string()),
    ],
    methods: &METHODS,
    display: show,
    identity: nameless,
};
