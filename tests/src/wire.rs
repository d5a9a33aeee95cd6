//! Wire parity: what docker-py sends for a call, and what the same call in Lua and Rhai sends.
//!
//! A [`Case`] is a call written once, neutral to language. `cargo xtask record` lets docker-py make it against a
//! [`RecordingEngine`] and keeps what that saw in `tests/wire/recorded`; the tests render the case as a script, run
//! it against such an engine too, and [compare] the two.

pub mod case;
pub mod compare;
pub(crate) mod connection;
pub mod contexts;
mod control;
mod encoding;
pub mod engine;
pub mod neutral;
pub mod parity;
pub mod recorded;
pub mod recordings;
pub mod render;
mod replies;
mod tar_listing;

pub use case::{Area, Case, Scenario, Step};
pub use engine::RecordingEngine;
pub use recorded::{Recording, Request};

use std::path::{Path, PathBuf};

/// The version of docker-py whose requests are recorded.
pub const DOCKER_PY: &str = "7.2.0";

/// The folder with the cases, the recordings and what else they need.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("wire")
}
