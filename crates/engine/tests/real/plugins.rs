//! Plugins, of the tests' own making.

use std::fs;
use std::os::unix::fs::chown;
use std::path::Path;

use moondock_engine::ErrorKind;
use moondock_engine::models::{
    DockerClient, LoginParams, Plugin, PluginCreateParams, PluginDisableParams, PluginEnableParams,
    PluginInstallParams, PluginListParams, PluginPushParams, PluginRemoveParams, PluginUpgradeParams,
    VolumeCreateParams, VolumeRemoveParams,
};
use moondock_engine::types::{Filters, Pairs};
use moondock_tests::engine::{ThrowawayEngine, abilities};
use moondock_tests::registry::{PASSWORD, Registry, USER};
use serde_json::{Value, json};

use super::needs::needs;
use super::{client, shared};

/// The folders of this machine that its programs need, which the small image does not have.
fn libraries() -> impl Iterator<Item = &'static str> {
    ["/usr", "/lib", "/lib64"].into_iter().filter(|path| Path::new(path).exists())
}

fn config(description: &str, mounts: &Value) -> String {
    json!({
        "description": description,
        "documentation": "",
        "entrypoint": ["/usr/bin/perl", "/volume_driver.pl"],
        "interface": {"types": ["docker.volumedriver/1.0"], "socket": "sample.sock"},
        "network": {"type": "none"},
        "env": [
            {"name": "GREETING", "description": "", "settable": ["value"], "value": "hello"},
            {"name": "FIXED", "description": "", "settable": null, "value": "1"},
        ],
        "mounts": mounts,
        "propagatedMount": "/data",
        "linux": {"capabilities": []},
        "workdir": "/",
    })
    .to_string()
}

/// A plugin's folder: a volume driver that runs with the programs of this machine.
fn volume_driver(description: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rootfs = folder.path().join("rootfs");
    let mounts: Vec<_> = libraries()
        .map(|path| {
            fs::create_dir_all(rootfs.join(path.trim_start_matches('/'))).unwrap();
            json!({
                "name": "", "description": "", "type": "bind", "options": ["rbind", "ro"], "settable": null,
                "source": path, "destination": path,
            })
        })
        .collect();
    for path in ["data", "run/docker/plugins"] {
        fs::create_dir_all(rootfs.join(path)).unwrap();
    }
    fs::write(rootfs.join("volume_driver.pl"), include_str!("plugins/volume_driver.pl")).unwrap();
    fs::write(folder.path().join("config.json"), config(description, &mounts.into())).unwrap();
    folder
}

/// A plugin's archive without anything in it that could run.
fn archive(description: &str) -> moondock_engine::stream::ByteStream {
    let mut archive = tar::Builder::new(Vec::new());
    let mut append = |kind, path: &str, content: &[u8]| {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_mode(0o755);
        header.set_size(content.len() as u64);
        archive.append_data(&mut header, path, content).unwrap();
    };
    append(tar::EntryType::Regular, "config.json", config(description, &json!([])).as_bytes());
    append(tar::EntryType::Directory, "rootfs", b"");
    append(tar::EntryType::Regular, "rootfs/file", b"content");
    let bytes = archive.into_inner().unwrap();
    Box::pin(futures_util::stream::once(async move { Ok(bytes.into()) }))
}

async fn names(client: &DockerClient, filters: Filters) -> Vec<String> {
    let plugins = client.plugins().list(&PluginListParams::default().filters(filters)).await.unwrap();
    plugins.iter().map(Plugin::name).collect()
}

#[tokio::test]
async fn a_volume_driver_serves_while_it_is_enabled() {
    needs(&abilities::PLUGINS, async {
        // An engine of its own, since the driver answers for every volume that somebody asks for.
        let engine = ThrowawayEngine::start().unwrap();
        let client = client(&engine.host());
        let name = "moondock/volume-driver:1";
        let folder = volume_driver("serves volumes");
        chown(folder.path().join("rootfs/volume_driver.pl"), Some(1234), Some(5678)).unwrap();
        let plugin = client
            .plugins()
            .create(name, folder.path(), &PluginCreateParams::default().gzip(true))
            .await
            .unwrap();
        assert_eq!((plugin.name().as_str(), plugin.enabled()), (name, false));
        assert_eq!(plugin.short_id(), plugin.id()[..12]);
        assert_eq!(plugin.attrs()["Config"]["Description"], "serves volumes");
        assert_eq!(plugin.settings()["Env"], json!(["GREETING=hello", "FIXED=1"]));
        assert!(client.plugins().get(plugin.id()).await.unwrap() == plugin);

        plugin.configure(&Pairs::from([("GREETING", "good day")])).await.unwrap();
        assert_eq!(plugin.settings()["Env"], json!(["GREETING=good day", "FIXED=1"]));
        let error = plugin.configure(&Pairs::from([("FIXED", "2")])).await.unwrap_err();
        assert!(error.to_string().contains("FIXED"), "{error}");

        plugin.enable(&PluginEnableParams::default().timeout(30)).await.unwrap();
        assert!(plugin.enabled());
        let enabled = Filters::default().with("enabled", true).with("capability", "volumedriver");
        assert!(names(&client, enabled.clone()).await.contains(&name.to_owned()));
        let params = VolumeCreateParams::default().name("moondock-plugins-volume").driver(name);
        client.volumes().create(&params).await.unwrap();
        let volume = client.volumes().get("moondock-plugins-volume").await.unwrap();
        let attrs = volume.attrs();
        assert_eq!(attrs["Driver"], name);
        assert_eq!(attrs["Status"], json!({"greeting": "good day", "owner": "1234:5678"}));

        // What is enabled can neither be removed nor upgraded, and what is in use not be disabled.
        assert!(plugin.remove(&PluginRemoveParams::default()).await.is_err());
        let error = plugin.upgrade(None, &PluginUpgradeParams::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DockerException);
        let error = plugin.disable(&PluginDisableParams::default()).await.unwrap_err();
        assert!(error.status_code().is_some(), "{error}");
        volume.remove(&VolumeRemoveParams::default()).await.unwrap();
        plugin.disable(&PluginDisableParams::default()).await.unwrap();
        assert!(!plugin.enabled());
        assert!(!names(&client, enabled).await.contains(&name.to_owned()));
        plugin.remove(&PluginRemoveParams::default()).await.unwrap();
        assert_eq!(client.plugins().get(name).await.unwrap_err().kind(), ErrorKind::NotFound);
    })
    .await;
}

#[tokio::test]
async fn a_registry_keeps_plugins() {
    needs(&abilities::PLUGINS, async {
        let mut engine = ThrowawayEngine::start().unwrap();
        let registry = Registry::start(&mut engine, 5000, true).unwrap();
        let client = client(&engine.host());
        let in_registry = |name: &str| format!("{}/moondock/{name}", registry.address());
        let name = in_registry("sample:1");
        let plugins = client.plugins();
        let plugin = plugins.create_from(&name, archive("the first")).await.unwrap();
        // Engines say different things of a registry that wants credentials.
        plugin.push(&PluginPushParams::default()).await.unwrap_err();
        let login = LoginParams::default().username(USER).password(PASSWORD).registry(registry.address());
        client.login(&login).await.unwrap();
        let log = plugin.push(&PluginPushParams::default()).await.unwrap();
        assert!(!log.is_empty());
        plugin.remove(&PluginRemoveParams::default().force(true)).await.unwrap();

        // This one wants nothing to be allowed, the next one does.
        let local = PluginInstallParams::default().local_name("moondock/installed:1");
        let installed = plugins.install(&name, &local).await.unwrap();
        assert_eq!((installed.name().as_str(), installed.enabled()), ("moondock/installed:1", false));
        assert_eq!(installed.attrs()["Config"]["Description"], "the first");
        let error = plugins.install(&name, &local).await.unwrap_err();
        assert!(error.to_string().contains("already exists"), "{error}");

        let second = in_registry("sample:2");
        let plugin = plugins
            .create(&second, volume_driver("the second").path(), &PluginCreateParams::default())
            .await
            .unwrap();
        plugin.push(&PluginPushParams::default()).await.unwrap();
        plugin.remove(&PluginRemoveParams::default()).await.unwrap();
        let log = installed.upgrade(Some(&second), &PluginUpgradeParams::default()).await.unwrap();
        assert!(!log.is_empty());
        assert_eq!(installed.attrs()["Config"]["Description"], "the second");
        let again = plugins.install(&second, &PluginInstallParams::default()).await.unwrap();
        assert_eq!(again.name(), second);

        let error = plugins.install(&in_registry("none"), &PluginInstallParams::default()).await;
        assert!(error.unwrap_err().status_code().is_some());
        for plugin in [installed, again] {
            plugin.remove(&PluginRemoveParams::default()).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_push_that_fails_is_an_error() {
    needs(&abilities::PLUGINS, async {
        let (_engine, client) = shared();
        // Nothing listens there.
        let plugin =
            client.plugins().create_from("127.0.0.1:1/moondock/lost:1", archive("lost")).await.unwrap();
        let error = plugin.push(&PluginPushParams::default()).await.unwrap_err();
        assert!(error.to_string().contains("127.0.0.1:1"), "{error}");
        plugin.remove(&PluginRemoveParams::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_no_plugin_is_an_error() {
    let (_engine, client) = shared();
    let folder = tempfile::tempdir().unwrap();
    let error = client
        .plugins()
        .create("moondock/none:1", folder.path(), &PluginCreateParams::default())
        .await
        .unwrap_err();
    assert!(error.status_code().is_some(), "{error}");
    let missing = folder.path().join("missing");
    let error = client
        .plugins()
        .create("moondock/none:1", &missing, &PluginCreateParams::default())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::IOError, "{error}");
    assert!(error.to_string().contains("missing"), "{error}");
    assert_eq!(client.plugins().get("moondock/none:1").await.unwrap_err().kind(), ErrorKind::NotFound);
}
