//! A registry where the engine reaches it: on the loopback device of its network.

use futures_util::StreamExt;
use moondock_engine::models::{Container, CreateParams, DockerClient, LogsParams};
use moondock_engine::types::{Command, Pairs};
use moondock_tests::engine::requirements;
use serde_json::json;

use super::libraries;
use crate::sleeper::remove;

/// A registry in a container.
pub(super) struct Registry {
    container: Container,
    port: u16,
}

impl Registry {
    /// Starts a registry at a port of the test's own and waits until it listens.
    pub(super) async fn start(client: &DockerClient, port: u16) -> Self {
        let program = requirements::find("docker-registry").unwrap_or_else(|| {
            panic!("docker-registry is not installed; it is in the Debian package of that name")
        });
        let mut volumes =
            libraries().map(|path| (path, json!({"bind": path, "mode": "ro"}))).collect::<Vec<_>>();
        volumes.push((program.to_str().unwrap(), json!({"bind": "/bin/docker-registry", "mode": "ro"})));
        let volumes = volumes.into_iter().map(|(path, place)| (path.to_owned(), place)).collect();
        let config = json!({
            "version": 0.1,
            "storage": {"filesystem": {"rootdirectory": "/registry"}},
            "http": {"addr": format!("127.0.0.1:{port}")},
        });
        let script = "echo \"$CONFIG\" > /config.yml && exec docker-registry serve /config.yml";
        let params = CreateParams::default()
            .name(format!("moondock-registry-{port}"))
            .command(Command::Words(["sh", "-c", script].map(str::to_owned).to_vec()))
            .environment([("CONFIG", config.to_string())])
            .network_mode("host")
            .volumes(Pairs::Map(volumes));
        let container = client.containers().create("busybox", &params).await.unwrap();
        container.start().await.unwrap();
        let mut log = container.logs(&LogsParams::default().stream(true)).await.unwrap();
        let mut text = String::new();
        while !text.contains("listening on") {
            let frame = log.next().await.unwrap_or_else(|| panic!("the registry ended: {text}")).unwrap();
            text.push_str(&String::from_utf8_lossy(&frame.data));
        }
        Self { container, port }
    }

    /// A name in the registry.
    pub(super) fn name(&self, path: &str) -> String {
        format!("127.0.0.1:{}/{path}", self.port)
    }

    /// Ends the registry with all that is in it.
    pub(super) async fn remove(self) {
        remove(&self.container).await;
    }
}
