//! Secrets and configs, by themselves and in a service's tasks.

use futures_util::StreamExt;
use moondock_engine::ErrorKind;
use moondock_engine::models::{
    ConfigCreateParams, ConfigListParams, DockerClient, SecretCreateParams, SecretListParams,
    ServiceCreateParams, ServiceLogsParams,
};
use moondock_engine::types::{ConfigReference, ContainerSpec, Filters, RestartPolicy, SecretReference};
use serde_json::json;

pub(super) async fn come_and_go(client: &DockerClient) {
    let params = SecretCreateParams::default().labels([("for", "web")]);
    let secret = client.secrets().create("first", b"hush", &params).await.unwrap();
    assert_eq!((secret.name().as_str(), secret.attrs().get("CreatedAt")), ("first", None));
    let error = client.secrets().create("first", b"hush", &params).await.unwrap_err();
    assert_eq!(error.status_code(), Some(409), "{error}");
    secret.reload().await.unwrap();
    assert_eq!(secret.labels(), *json!({"for": "web"}).as_object().unwrap());
    let spec = json!({"Name": "first", "Labels": {"for": "all"}});
    secret.update(spec.as_object().unwrap()).await.unwrap();
    let labelled = SecretListParams::default().filters(Filters::default().with("label", "for=all"));
    let found = client.secrets().list(&labelled).await.unwrap();
    assert!(found.len() == 1 && found[0] == secret);
    secret.remove().await.unwrap();
    assert_eq!(client.secrets().get(secret.id()).await.unwrap_err().kind(), ErrorKind::NotFound);

    let params = ConfigCreateParams::default().labels([("for", "web")]);
    let config = client.configs().create("first", b"\xff\x00", &params).await.unwrap();
    assert_eq!(config.name(), "first");
    let read = client.configs().get("first").await.unwrap();
    assert_eq!(read.attrs()["Spec"]["Data"], "/wA=");
    let spec = json!({"Name": "first", "Labels": {"for": "all"}, "Data": "/wA="});
    read.update(spec.as_object().unwrap()).await.unwrap();
    let labelled = ConfigListParams::default().filters(Filters::default().with("label", "for=all"));
    assert_eq!(client.configs().list(&labelled).await.unwrap().len(), 1);
    config.remove().await.unwrap();
    assert_eq!(client.configs().list(&ConfigListParams::default()).await.unwrap().len(), 0);
}

pub(super) async fn are_seen_by_tasks(client: &DockerClient) {
    let secret = client.secrets().create("key", b"hush", &SecretCreateParams::default()).await.unwrap();
    let config = client.configs().create("settings", b"a = 1", &ConfigCreateParams::default()).await.unwrap();
    let container = ContainerSpec::default()
        .secrets(vec![
            SecretReference::default().secret_id(secret.id()).secret_name("key").mode(0o400).into(),
        ])
        .configs(vec![
            ConfigReference::default()
                .config_id(config.id())
                .config_name("settings")
                .filename("/etc/settings")
                .uid(65534)
                .into(),
        ]);
    let script = "cat /run/secrets/key /etc/settings; stat -c ' %a %u' /run/secrets/key /etc/settings; exec sleep 9999";
    let params = ServiceCreateParams::default()
        .name("reader")
        .command(["sh", "-c", script])
        .restart_policy(RestartPolicy::default())
        .container(container);
    let reader = client.services().create("busybox", &params).await.unwrap();

    let logs = ServiceLogsParams::default().stdout(true).stderr(true).follow(true);
    let mut frames = reader.logs(&logs).await.unwrap();
    let mut seen = String::new();
    let reading = async {
        while !seen.ends_with("444 65534\n") {
            seen.push_str(&String::from_utf8_lossy(&frames.next().await.unwrap().unwrap().data));
        }
    };
    let ended = tokio::time::timeout(super::PATIENCE, reading).await;
    assert!(ended.is_ok() && seen == "husha = 1 400 0\n 444 65534\n", "{seen:?}");

    let error = secret.remove().await.unwrap_err();
    assert!(error.to_string().contains("in use"), "{error}");
    reader.remove().await.unwrap();
    secret.remove().await.unwrap();
    config.remove().await.unwrap();
}
