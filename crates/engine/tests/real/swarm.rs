//! A swarm from its beginning to its end, on one engine: what a step leaves behind, the next one finds.

mod keys;
mod networks;
mod nodes;
mod secrets;
mod services;

use std::time::Duration;

use moondock_engine::ErrorKind;
use moondock_engine::models::{
    DockerClient, NodeListParams, Service, SwarmInitParams, SwarmLeaveParams, TaskListParams,
};
use moondock_engine::types::Filters;
use moondock_tests::engine::{ThrowawayEngine, abilities};
use moondock_tests::image;
use serde_json::Value;

use super::needs::needs;

/// How long a step may take.
const PATIENCE: Duration = Duration::from_secs(90);

#[tokio::test]
async fn lives() {
    needs(&abilities::SWARMS, async {
        let mut engine = ThrowawayEngine::start().unwrap();
        image::prepare(&engine.address()).unwrap();
        let client = super::client(&engine.host());

        without(&client).await;
        begin(&client).await;
        nodes::change(&client).await;
        networks::attach(&client, &engine).await;
        secrets::come_and_go(&client).await;
        secrets::are_seen_by_tasks(&client).await;
        let web = services::replicated(&client).await;
        services::change(&web).await;
        services::with_a_terminal(&client).await;
        services::jobs(&client).await;
        services::newer(&client).await;
        keys::rotate(&client).await;
        keys::unlock(&client, &mut engine).await;
        end(&super::client(&engine.host())).await;
    })
    .await;
}

/// An engine that is part of no swarm.
async fn without(client: &DockerClient) {
    let swarm = client.swarm().await.unwrap();
    assert_eq!((swarm.id(), swarm.version()), (String::new(), 0));
    let error = client.nodes().list(&NodeListParams::default()).await.unwrap_err();
    assert_eq!((error.kind(), error.status_code()), (ErrorKind::APIError, Some(503)));
    let leave = SwarmLeaveParams::default();
    assert!(swarm.leave(&leave).await.is_err());
    swarm.leave(&leave.force(true)).await.unwrap();
}

async fn begin(client: &DockerClient) {
    let swarm = client.swarm().await.unwrap();
    let params = SwarmInitParams::default()
        .advertise_addr("127.0.0.1")
        .listen_addr("127.0.0.1:2377")
        .subnet_size(26)
        .task_history_retention_limit(2)
        .labels([("is", "new")]);
    let node = swarm.init(&params).await.unwrap();
    let attrs = swarm.attrs();
    assert_eq!(attrs["Spec"]["Labels"]["is"], "new");
    assert_eq!(attrs["Spec"]["Orchestration"]["TaskHistoryRetentionLimit"], 2);
    assert_eq!(attrs["SubnetSize"], 26);
    assert_eq!(swarm.short_id().len(), 12);
    assert_eq!(client.swarm().await.unwrap().id(), swarm.id());
    assert_eq!(client.nodes().get(&node).await.unwrap().id(), node);
    assert_eq!(client.info().await.unwrap()["Swarm"]["NodeID"], node.as_str());
    let error = swarm.init(&params).await.unwrap_err();
    assert_eq!(error.status_code(), Some(503), "{error}");
}

async fn end(client: &DockerClient) {
    let swarm = client.swarm().await.unwrap();
    assert!(swarm.leave(&SwarmLeaveParams::default()).await.is_err());
    swarm.leave(&SwarmLeaveParams::default().force(true)).await.unwrap();
    assert_eq!(client.swarm().await.unwrap().id(), "");
}

/// Does something again until it gives a value.
async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let looking = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, looking).await.unwrap_or_else(|_| panic!("{what} within {PATIENCE:?}"))
}

/// Waits until so many of a service's tasks are in a state, of those that are wanted, and gives them.
async fn tasks_in(service: &Service, state: &str, count: usize) -> Vec<Value> {
    let what = format!("{count} tasks of {} are {state}", service.name());
    let filters =
        Filters::default().with("desired-state", if state == "running" { "running" } else { "shutdown" });
    let params = TaskListParams::default().filters(filters);
    eventually(&what, async || {
        let tasks = service.tasks(&params).await.unwrap();
        let tasks = tasks.as_array().unwrap();
        let found = tasks.iter().filter(|task| task["Status"]["State"] == state);
        let found: Vec<Value> = found.cloned().collect();
        (found.len() == count && (state != "running" || tasks.len() == count)).then_some(found)
    })
    .await
}

/// Does what needs the service's newest version, which the engine itself raises too as an update goes on.
async fn at_newest(
    service: &Service,
    mut change: impl AsyncFnMut() -> moondock_engine::Result<Value>,
) -> Value {
    eventually("a change of the newest version", async || {
        service.reload().await.unwrap();
        match change().await {
            Ok(answer) => Some(answer),
            Err(error) if error.to_string().contains("out of sequence") => None,
            Err(error) => panic!("{error}"),
        }
    })
    .await
}
