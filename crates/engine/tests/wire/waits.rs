//! What takes as long as it takes: the end of a container, and events.

use std::time::Duration;

use futures_util::StreamExt;
use moondock_engine::ErrorKind;
use moondock_engine::models::{EventsParams, LogsParams, StopParams, WaitParams};
use serde_json::json;

use super::frames::{LOGS, MULTIPLEXED, container, frame};
use super::gate::{Gate, run, run_at_leaps};
use super::reply::Reply;
use super::server::Server;

const WAIT: &str = "POST /containers/c1/wait";
const DAY: Duration = Duration::from_secs(24 * 3600);

#[test]
fn the_headers_of_a_wait_come_first_and_its_body_at_the_end() {
    run(async {
        let (server, ended) = (Server::unix(), Gate::new());
        let reply = Reply::chunked("application/json").wait(&ended);
        server.on(WAIT, reply.chunk("{\"Status").chunk("Code\":0}\n").end());
        let client = server.client();
        let request = moondock_engine::api::containers::wait("c1", &WaitParams::default());
        let answer = client.api().send(request).await.unwrap();
        ended.open();
        assert_eq!(answer.json_at_last().await.unwrap(), json!({"StatusCode": 0}));
    });
}

#[test]
fn a_wait_outlasts_the_timeout_and_its_code_is_a_result() {
    run_at_leaps(async {
        let server = Server::unix();
        let reply = Reply::chunked("application/json").sleep(DAY).chunk("{\"StatusCode\":137}").end();
        // An engine that sends nothing before the end is waited for just the same.
        server.on(WAIT, reply).on(WAIT, Reply::begin().sleep(DAY).answer("200 OK", "", "{\"StatusCode\":1}"));
        let container = container(&server, &server.client(), false).await;
        assert_eq!(container.wait(&WaitParams::default()).await.unwrap(), json!({"StatusCode": 137}));
        assert_eq!(container.wait(&WaitParams::default()).await.unwrap(), json!({"StatusCode": 1}));
    });
}

#[test]
fn a_wait_has_a_limit_of_its_own() {
    run_at_leaps(async {
        let (server, gone) = (Server::unix(), Gate::new());
        server.on(WAIT, Reply::chunked("application/json").read_to_end().open(&gone));
        let container = container(&server, &server.client(), false).await;
        let error = container.wait(&WaitParams::default().timeout(90.0)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.to_string().contains("90 s; a longer `timeout`"), "{error}");
        gone.opened().await;
    });
}

#[test]
fn a_wait_that_breaks_off_is_an_error() {
    run(async {
        let server = Server::unix();
        server.on(WAIT, Reply::chunked("application/json").close());
        let container = container(&server, &server.client(), false).await;
        let error = container.wait(&WaitParams::default()).await.unwrap_err();
        assert_eq!((error.kind(), error.request()), (ErrorKind::ConnectionError, Some(WAIT)));
    });
}

#[test]
fn a_stop_waits_as_long_as_the_engine_is_told_to() {
    run_at_leaps(async {
        let server = Server::unix();
        let reply = |seconds| Reply::begin().sleep(Duration::from_secs(seconds)).head("204 No Content", &[]);
        server.on("POST /containers/c1/stop", reply(659)).on("POST /containers/c1/stop", reply(661));
        let container = container(&server, &server.client(), false).await;
        let params = StopParams::default().timeout(600);
        container.stop(&params).await.unwrap();
        let error = container.stop(&params).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
    });
}

#[test]
fn events_may_take_days() {
    run_at_leaps(async {
        let server = Server::unix();
        let late = Reply::begin().sleep(DAY).head("200 OK", &[("Transfer-Encoding", "chunked")]);
        server.on("GET /events", late.sleep(DAY).chunk("{\"Action\":\"die\"}\n").sleep(DAY).end());
        let mut events = server.client().events(&EventsParams::default()).await.unwrap();
        assert_eq!(events.next().await.unwrap().unwrap(), json!({"Action": "die"}));
        assert!(events.next().await.is_none());
    });
}

#[test]
fn the_end_of_the_connection_ends_the_events() {
    run(async {
        for server in Server::both().await {
            let event = "{\"Action\":\"die\"}\n";
            server
                .on("GET /events", Reply::chunked("application/json").chunk(event).close())
                .on("GET /events", Reply::begin().head("200 OK", &[]).raw(event).close())
                .on("GET /events", Reply::chunked("application/json").chunk(event).end());
            for is_broken in [true, false, false] {
                let mut events = server.client().events(&EventsParams::default()).await.unwrap();
                assert_eq!(events.next().await.unwrap().unwrap(), json!({"Action": "die"}));
                let end = events.next().await;
                assert_eq!(end.is_some(), is_broken);
                assert!(end.is_none_or(|end| end.unwrap_err().kind() == ErrorKind::ConnectionError));
                assert!(events.next().await.is_none(), "an end stays the end");
            }
        }
    });
}

#[test]
fn logs_that_are_followed_may_be_silent() {
    run_at_leaps(async {
        let server = Server::unix();
        server.on(LOGS, Reply::chunked(MULTIPLEXED).sleep(DAY).chunk(frame(1, "late")).end());
        let container = container(&server, &server.client(), false).await;
        let mut logs = container.logs(&LogsParams::default().follow(true)).await.unwrap();
        assert_eq!(logs.next().await.unwrap().unwrap().data, "late");
        assert!(logs.next().await.is_none());
    });
}
