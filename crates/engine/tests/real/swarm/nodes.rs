//! The nodes of a swarm.

use moondock_engine::ErrorKind;
use moondock_engine::models::{DockerClient, NodeListParams, NodeRemoveParams};
use moondock_engine::types::Filters;
use serde_json::json;

pub(super) async fn change(client: &DockerClient) {
    let nodes = client.nodes();
    let managers = NodeListParams::default().filters(Filters::default().with("role", "manager"));
    let node = nodes.list(&managers).await.unwrap().pop().unwrap();
    assert!(node == nodes.get(node.id()).await.unwrap());
    let version = node.version();

    let spec = json!({"Role": "manager", "Availability": "active", "Labels": {"disk": "ssd"}});
    node.update(spec.as_object().unwrap()).await.unwrap();
    let error = node.update(spec.as_object().unwrap()).await.unwrap_err();
    assert!(error.to_string().contains("out of sequence"), "{error}");
    node.reload().await.unwrap();
    assert!(node.version() > version);
    assert_eq!(node.attrs()["Spec"]["Labels"], json!({"disk": "ssd"}));

    let labelled = NodeListParams::default().filters(Filters::default().with("node.label", "disk=ssd"));
    assert_eq!(nodes.list(&labelled).await.unwrap().len(), 1);
    assert!(node.remove(&NodeRemoveParams::default()).await.is_err(), "the last manager has gone");
    assert_eq!(nodes.get("nobody").await.unwrap_err().kind(), ErrorKind::NotFound);
}
