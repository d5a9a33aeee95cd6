//! What else a container can do.

use moondock_engine::ErrorKind;
use moondock_engine::models::{
    ContainerInspectParams, ContainerSummaryParams, CreateParams, LogsParams, StatsParams, StopParams,
    UpdateParams, WaitParams,
};
use moondock_engine::stream::collect;
use moondock_engine::types::{Filters, Scalar};
use moondock_tests::engine::abilities;
use serde_json::{Value, json};

use super::needs::needs;
use super::scratch::Scratch;

#[tokio::test]
async fn its_limits_change_while_it_runs() {
    needs(&abilities::UPDATE, async {
        let container = Scratch::idle().await;
        let policy = json!({"Name": "on-failure", "MaximumRetryCount": 2});
        let params =
            UpdateParams::default().cpu_shares(512).restart_policy(policy.as_object().cloned().unwrap());
        container.update(&params).await.unwrap();
        container.reload().await.unwrap();
        let attrs = container.attrs();
        assert_eq!(attrs.pointer("/HostConfig/CpuShares"), Some(&json!(512)));
        assert_eq!(attrs.pointer("/HostConfig/RestartPolicy"), Some(&policy));
        container.remove().await;
    })
    .await;
}

#[tokio::test]
async fn its_ports_are_told() {
    let ports = json!({"80/tcp": null, "81": null});
    let params = CreateParams::default().ports(ports.as_object().cloned().unwrap());
    let container = Scratch::run("sleep 1000", params).await;
    let port = container.port(&Scalar::Int(80)).await.unwrap();
    let told = container.inspect(&ContainerInspectParams::default()).await.unwrap();
    assert_eq!(port, told.pointer("/NetworkSettings/Ports").unwrap()["80/tcp"]);
    assert!(port[0]["HostPort"].is_string(), "{port}");
    assert_eq!(container.port(&Scalar::from("80/tcp")).await.unwrap(), port);
    assert_eq!(container.port(&Scalar::from("80/udp")).await.unwrap(), Value::Null);
    assert_eq!(container.port(&Scalar::Int(7)).await.unwrap(), Value::Null);
    container.remove().await;
}

#[tokio::test]
async fn is_summed_up() {
    let labels = [("moondock.test", "summed-up")];
    let container = Scratch::create(CreateParams::default().command("true").labels(labels)).await;
    let filters = Filters::default().with("label", "moondock.test=summed-up");
    let params = ContainerSummaryParams::default().all(true).size(true).filters(filters);
    let containers = container.client().containers();
    let list = containers.summaries(&params).await.unwrap();
    assert_eq!(list[0]["Id"], container.id());
    assert!(list[0]["SizeRootFs"].is_i64(), "{list}");
    let list = containers.summaries(&params.clone().trunc(true)).await.unwrap();
    assert_eq!(list[0]["Id"], container.short_id());
    let list = containers.summaries(&params.quiet(true)).await.unwrap();
    assert_eq!(list, json!([{"Id": container.id()}]));
    let told = container.inspect(&ContainerInspectParams::default().size(true)).await.unwrap();
    assert!(told["SizeRootFs"].as_i64().unwrap() > 100_000);
    container.remove().await;
}

#[tokio::test]
async fn its_logs_carry_details() {
    needs(&abilities::LOG_DETAILS, async {
        let log = json!({"type": "json-file", "config": {"labels": "moondock.test"}});
        let params = CreateParams::default()
            .labels([("moondock.test", "detail")])
            .log_config(log.as_object().cloned().unwrap());
        let container = Scratch::run("echo hello", params).await;
        container.wait(&WaitParams::default()).await.unwrap();
        let logs = container.logs(&LogsParams::default().details(true)).await.unwrap();
        assert_eq!(collect(logs.bytes()).await.unwrap(), b"moondock.test=detail hello\n");
        container.remove().await;
    })
    .await;
}

#[tokio::test]
async fn stops_by_another_signal() {
    let container =
        Scratch::run("trap 'exit 9' USR1; while true; do sleep 0.1; done", CreateParams::default()).await;
    match container.stop(&StopParams::default().signal("SIGUSR1").timeout(60)).await {
        Ok(()) => {
            let end = container.wait(&WaitParams::default()).await.unwrap();
            assert_eq!(end["StatusCode"], 9);
        }
        Err(error) => assert_eq!(error.kind(), ErrorKind::InvalidVersion, "{error}"),
    }
    container.remove().await;
}

#[tokio::test]
async fn gives_one_record_at_once() {
    let container = Scratch::idle().await;
    let record = container.stats_once(&StatsParams::default().one_shot(true)).await.unwrap();
    // Newer engines leave the container's id out here.
    assert!(record["memory_stats"].is_object(), "{record}");
    container.remove().await;
}
