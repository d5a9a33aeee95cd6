//! Services on a network of their own, with a published port.

use moondock_engine::api::services::{self, CreateServiceParams};
use moondock_engine::models::{DockerClient, ServiceInspectParams, ServiceUpdateParams};
use moondock_engine::types::{ContainerSpec, EndpointSpec, NetworkAttachmentConfig, TaskTemplate};
use moondock_tests::engine::ThrowawayEngine;
use serde_json::json;

use super::{at_newest, eventually, tasks_in};

pub(super) async fn attach(client: &DockerClient, engine: &ThrowawayEngine) {
    let body = json!({"Name": "own", "Driver": "overlay"}).to_string();
    let address = engine.address();
    address.call("POST", "/networks/create", "application/json", body.as_bytes()).unwrap().success().unwrap();

    let container = ContainerSpec::default().image("busybox").command("sleep 9999").stop_grace_period(0);
    let network = NetworkAttachmentConfig::default().target("own").aliases(vec!["alias".to_owned()]);
    let params = CreateServiceParams::default()
        .name("attached")
        .task_template(TaskTemplate::default().container_spec(container))
        .networks(vec![network.into()])
        .endpoint_spec(EndpointSpec::default().ports(json!({"8080": [80, "tcp", "ingress"]})));
    client.api().json(services::create(&params).unwrap()).await.unwrap();
    let attached = client.services().get("attached", &ServiceInspectParams::default()).await.unwrap();
    let task = tasks_in(&attached, "running", 1).await.remove(0);
    let networks: Vec<_> = task["NetworksAttachments"].as_array().unwrap().iter().collect();
    assert!(networks.iter().any(|network| network["Network"]["Spec"]["Name"] == "own"), "{networks:?}");

    attached.reload().await.unwrap();
    let attrs = attached.attrs();
    let network = &attrs["Spec"]["TaskTemplate"]["Networks"][0];
    assert_eq!(network["Aliases"], json!(["alias"]));
    let port = &attrs["Endpoint"]["Ports"][0];
    assert_eq!((&port["PublishedPort"], &port["TargetPort"]), (&json!(8080), &json!(80)));

    // What an update does not name stays: the network, the port.
    at_newest(&attached, async || attached.update(&ServiceUpdateParams::default().force_update(true)).await)
        .await;
    attached.reload().await.unwrap();
    assert_eq!(attached.attrs()["Spec"]["TaskTemplate"]["Networks"][0], *network);
    assert_eq!(attached.attrs()["Endpoint"]["Ports"], attrs["Endpoint"]["Ports"]);
    attached.remove().await.unwrap();
    eventually("the network is free", async || {
        address.call("DELETE", "/networks/own", "", &[]).unwrap().success().ok()
    })
    .await;
}
