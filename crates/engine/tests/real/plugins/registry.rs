//! A registry where the engine reaches it: on the loopback device of its network.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use futures_util::StreamExt;
use moondock_engine::models::{Container, CreateParams, DockerClient, LogsParams};
use moondock_engine::types::Pairs;
use moondock_tests::engine::requirements;
use moondock_tests::process;
use serde_json::json;
use tempfile::TempDir;

use crate::sleeper::remove;

/// A registry in a container.
pub(super) struct Registry {
    container: Container,
    port: u16,
    /// All that it has.
    _folder: TempDir,
}

impl Registry {
    /// Starts a registry at a port of the test's own and waits until it listens.
    pub(super) async fn start(client: &DockerClient, port: u16) -> Self {
        let folder = system(&json!({
            "version": 0.1,
            "storage": {"filesystem": {"rootdirectory": "/registry"}},
            "http": {"addr": format!("127.0.0.1:{port}")},
        }));
        let place = json!({"bind": "/system", "mode": "rw"});
        let params = CreateParams::default()
            .name(format!("moondock-registry-{port}"))
            .command("chroot /system /docker-registry serve /config.yml")
            .network_mode("host")
            .volumes(Pairs::from([(folder.path().to_str().unwrap(), place)]));
        let container = client.containers().create("busybox", &params).await.unwrap();
        container.start().await.unwrap();
        let mut log = container.logs(&LogsParams::default().stream(true)).await.unwrap();
        let mut text = String::new();
        while !text.contains("listening on") {
            let frame = log.next().await.unwrap_or_else(|| panic!("the registry ended: {text}")).unwrap();
            text.push_str(&String::from_utf8_lossy(&frame.data));
        }
        Self { container, port, _folder: folder }
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

/// A folder with the program, its libraries and its configuration, where engines of other systems see it too.
fn system(config: &serde_json::Value) -> TempDir {
    let program = requirements::find("docker-registry").unwrap_or_else(|| {
        panic!("docker-registry is not installed; it is in the Debian package of that name")
    });
    let folder = tempfile::tempdir_in("/tmp").unwrap();
    let copy = |from: &Path, name: &str| {
        let to = folder.path().join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    };
    copy(&program, "docker-registry");
    let libraries = process::run(Command::new("ldd").arg(&program), Duration::from_secs(30)).unwrap();
    for library in
        libraries.success().unwrap().stdout().split_whitespace().filter(|word| word.starts_with('/'))
    {
        copy(Path::new(library), library.trim_start_matches('/'));
    }
    fs::write(folder.path().join("config.yml"), config.to_string()).unwrap();
    folder
}
