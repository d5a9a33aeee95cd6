//! Where this client and bollard differ: both against one and the same scripted engine. docs/engine-client.md says what
//! each test shows.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by a panic")]

#[allow(dead_code, reason = "the client's own tests use all of it")]
#[path = "../../../crates/engine/tests/wire/gate.rs"]
mod gate;
#[path = "../../../crates/engine/tests/wire/peer.rs"]
mod peer;
#[allow(dead_code, reason = "the client's own tests use all of it")]
#[path = "../../../crates/engine/tests/wire/reply.rs"]
mod reply;
#[allow(dead_code, reason = "the client's own tests use all of it")]
#[path = "../../../crates/engine/tests/wire/server.rs"]
mod server;

mod connections;
mod deadlines;
mod documented;
mod replies;
mod requests;
mod settings;
mod streams;

use bollard::{ClientVersion, Docker};
use moondock_engine::models::{Container, DockerClient};
use reply::Reply;
use serde_json::json;
use server::Server;

/// A bollard that speaks API 1.45, as [`Server::client`] does, with its usual timeout.
fn bollard(server: &Server) -> Docker {
    let host = server.settings(45).host.to_string();
    Docker::connect_with_unix(&host, 120, &ClientVersion { major_version: 1, minor_version: 45 }).unwrap()
}

/// The server's container `c`.
async fn container(server: &Server, client: &DockerClient, tty: bool) -> Container {
    server.on("GET /containers/c/json", Reply::json(&json!({"Id": "c", "Config": {"Tty": tty}})));
    client.containers().get("c").await.unwrap()
}
