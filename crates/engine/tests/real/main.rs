//! The client on a real engine: a file a resource.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

mod archives;
mod attach;
mod build;
mod build_cache;
mod buildkit;
mod container;
mod contexts;
mod copy;
mod create;
mod exec;
mod hostile;
mod images;
mod needs;
mod networks;
mod plugins;
mod registry;
mod remote;
mod scratch;
mod sleeper;
mod ssh;
mod swarm;
mod system;
mod tls;
mod volumes;

use std::sync::Arc;

use moondock_engine::models::DockerClient;
use moondock_engine::{ApiVersion, Host, Settings};
use moondock_tests::engine::{self, SharedEngine};
use serde_json::{Map, Value};

/// An engine that tests share, with the image `busybox`, and a client of it. Names on it must be the test's own.
fn shared() -> (Arc<SharedEngine>, DockerClient) {
    let engine = engine::shared().unwrap();
    let client = client(&engine.host());
    (engine, client)
}

/// A client that speaks API 1.41, which every engine knows.
fn oldest(engine: &SharedEngine) -> DockerClient {
    let host = engine.host().parse::<Host>().unwrap();
    DockerClient::new(Settings { version: Some(ApiVersion::OLDEST), ..Settings::new(host) })
}

/// A map of JSON.
fn map(value: &Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

/// A client of the engine at an address.
fn client(host: &str) -> DockerClient {
    DockerClient::new(Settings::new(host.parse::<Host>().unwrap()))
}

/// Names of images without what podman puts before them.
fn short(names: &[String]) -> Vec<&str> {
    names.iter().map(|name| name.trim_start_matches("docker.io/").trim_start_matches("library/")).collect()
}
