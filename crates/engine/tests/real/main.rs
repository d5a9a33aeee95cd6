//! The client on a real engine: a file a resource.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

mod system;

use std::sync::Arc;

use moondock_engine::models::DockerClient;
use moondock_engine::{Host, Settings};
use moondock_tests::engine::{self, SharedEngine};

/// An engine that tests share, with the image `busybox`, and a client of it. Names on it must be the test's own.
fn shared() -> (Arc<SharedEngine>, DockerClient) {
    let engine = engine::shared().unwrap();
    let client = client(&engine.host());
    (engine, client)
}

/// A client of the engine at an address.
fn client(host: &str) -> DockerClient {
    DockerClient::new(Settings::new(host.parse::<Host>().unwrap()))
}
