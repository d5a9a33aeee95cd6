//! The client on a real engine: a file a resource.

#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

mod build_cache;
mod networks;
mod plugins;
mod system;
mod volumes;

use std::sync::Arc;

use moondock_engine::models::{
    Container, ContainerRemoveParams, CreateParams, DockerClient, ExecOutput, ExecRunParams, RunOutput,
    RunParams,
};
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

/// A container of the test's own that runs until it is removed.
async fn idle(client: &DockerClient, name: &str, params: CreateParams) -> Container {
    let mut run = RunParams::default().command("sleep 600").detach(true);
    run.create = params.name(name).init(true);
    match client.containers().run("busybox", run).await.unwrap() {
        RunOutput::Detached(container) => container,
        _ => unreachable!("a container that is detached is given"),
    }
}

/// Removes a container that may still run.
async fn remove(container: &Container) {
    container.remove(&ContainerRemoveParams::default().force(true).v(true)).await.unwrap();
}

/// What a command in a container wrote; it must succeed.
async fn output(container: &Container, command: &str) -> String {
    let result = container.exec_run(&ExecRunParams::default().cmd(command)).await.unwrap();
    let ExecOutput::Collected(output) = result.output else { unreachable!("the output is collected") };
    let output = String::from_utf8(output).unwrap();
    assert_eq!(result.exit_code, Some(0), "{command}: {output}");
    output
}

/// A client of the engine at an address.
fn client(host: &str) -> DockerClient {
    DockerClient::new(Settings::new(host.parse::<Host>().unwrap()))
}
