//! Whether a stream has frames: told by its content type from API 1.42 on, by an inspection before; for exec by the
//! command's own setting.

use moondock_engine::models::{DockerClient, ExecOutput, ExecRunParams, LogsParams};
use moondock_engine::stream::collect;
use serde_json::json;

use super::frames::{LOGS, MULTIPLEXED, RAW, container, frame};
use super::gate::run;
use super::reply::Reply;
use super::server::Server;

/// A container's logs as the server of this API version sends them.
async fn logs(minor: u16, tty: bool, kind: &str) -> Vec<u8> {
    let server = Server::unix();
    let wire = if tty { b"\x01\x00plain".to_vec() } else { [frame(1, "fra"), frame(2, "med")].concat() };
    server.on(LOGS, Reply::chunked(kind).chunk(wire).end());
    let client = DockerClient::new(server.settings(minor));
    let container = container(&server, &client, tty).await;
    collect(container.logs(&LogsParams::default()).await.unwrap().bytes()).await.unwrap()
}

#[test]
fn from_1_42_on_the_content_type_tells() {
    run(async {
        assert_eq!(logs(42, true, RAW).await, b"\x01\x00plain");
        assert_eq!(logs(42, false, MULTIPLEXED).await, b"framed");
    });
}

#[test]
fn before_1_42_only_the_container_tells() {
    run(async {
        // The engine calls every stream raw then.
        assert_eq!(logs(41, true, RAW).await, b"\x01\x00plain");
        assert_eq!(logs(41, false, RAW).await, b"framed");
    });
}

#[test]
fn a_content_type_that_tells_nothing_leaves_it_to_the_container() {
    run(async {
        for kind in ["application/octet-stream", "text/plain"] {
            assert_eq!(logs(45, true, kind).await, b"\x01\x00plain");
            assert_eq!(logs(45, false, kind).await, b"framed");
        }
    });
}

#[test]
fn what_a_list_tells_is_not_enough_before_1_42() {
    run(async {
        let server = Server::unix();
        server
            .on("GET /containers/json", Reply::json(&json!([{"Id": "c1", "State": "running"}])))
            .on("GET /containers/c1/json", Reply::json(&json!({"Id": "c1", "Config": {"Tty": true}})))
            .on(LOGS, Reply::chunked(RAW).chunk("plain").end());
        let sparse = moondock_engine::models::ContainerListParams::default().sparse(true);
        let client = DockerClient::new(server.settings(41));
        let container = client.containers().list(&sparse).await.unwrap().remove(0);
        let logs = container.logs(&LogsParams::default()).await.unwrap();
        assert_eq!(collect(logs.bytes()).await.unwrap(), b"plain");
    });
}

#[test]
fn exec_goes_by_its_own_terminal() {
    run(async {
        for tty in [true, false] {
            let server = Server::unix();
            // The container has it the other way round, and the content type is wrong.
            let (kind, wire) =
                if tty { (MULTIPLEXED, b"output".to_vec()) } else { (RAW, frame(2, "output")) };
            let headers = [("Content-Type", kind), ("Connection", "Upgrade"), ("Upgrade", "tcp")];
            server
                .on("POST /containers/c1/exec", Reply::json(&json!({"Id": "e1"})))
                .on("POST /exec/e1/start", Reply::begin().head("101 UPGRADED", &headers).raw(wire).close())
                .on("GET /exec/e1/json", Reply::json(&json!({"ExitCode": 0, "ProcessConfig": {"tty": tty}})));
            let container = container(&server, &server.client(), !tty).await;
            let result = container.exec_run(&ExecRunParams::default().cmd("x").tty(tty)).await.unwrap();
            assert!(matches!(result.output, ExecOutput::Collected(output) if output == b"output"), "{tty}");
        }
    });
}
