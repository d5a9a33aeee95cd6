//! Connections: kept, given up, and never trusted with a request twice.

use std::sync::Arc;

use futures_util::StreamExt;
use futures_util::future::join_all;
use moondock_engine::ErrorKind;
use moondock_engine::models::{EventsParams, KillParams, LogsParams};
use serde_json::json;

use super::frames::{LOGS, MULTIPLEXED, container, frame};
use super::gate::{Gate, run, run_on_threads};
use super::reply::Reply;
use super::server::Server;

const INFO: &str = "GET /info";
const KILL: &str = "POST /containers/c1/kill";

#[test]
fn a_connection_is_used_again() {
    run(async {
        for server in Server::both().await {
            server.on(INFO, Reply::json(&json!({"ID": "x"}))).on(KILL, Reply::bare("204 No Content"));
            let client = server.client();
            let container = container(&server, &client, false).await;
            for _ in 0..5 {
                client.info().await.unwrap();
                container.kill(&KillParams::default()).await.unwrap();
            }
            assert!(server.requests().iter().all(|request| request.connection == 0));
        }
    });
}

#[test]
fn a_stale_connection_is_replaced() {
    run(async {
        let server = Server::unix();
        // The answer leaves the connection open for more, but the engine closes it.
        server.on(INFO, Reply::json(&json!({})).close()).on(KILL, Reply::bare("204 No Content").close());
        let client = server.client();
        let container = container(&server, &client, false).await;
        for _ in 0..30 {
            client.info().await.unwrap();
            container.kill(&KillParams::default()).await.unwrap();
        }
        assert_eq!((server.to(INFO).len(), server.to(KILL).len()), (30, 30));
    });
}

#[test]
fn a_connection_that_closes_at_that_very_moment_is_replaced() {
    run_on_threads(async {
        for server in Server::both().await {
            server.on(INFO, Reply::json(&json!({})).close());
            let client = server.client();
            for _ in 0..1000 {
                client.info().await.unwrap();
            }
        }
    });
}

#[test]
fn what_only_reads_is_sent_again_by_a_fresh_connection() {
    run(async {
        for server in Server::both().await {
            let answer = || Reply::json(&json!({"ID": "x"}));
            server.on(INFO, answer()).on(INFO, Reply::begin().close()).on(INFO, answer());
            let client = server.client();
            client.info().await.unwrap();
            assert_eq!(client.info().await.unwrap(), json!({"ID": "x"}));
            let connections: Vec<_> = server.requests().iter().map(|request| request.connection).collect();
            assert_eq!(connections, [0, 0, 1]);
        }
    });
}

#[test]
fn what_only_reads_survives_an_engine_that_starts_anew_unseen() {
    // The engine's side runs on by itself, while the client's is blocked and sees no connection close.
    let engine = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = engine.block_on(async { Arc::new(Server::unix()) });
    server.on(INFO, Reply::json(&json!({})));
    run(async {
        let client = server.client();
        for _ in 0..20 {
            for result in join_all((0..20).map(|_| client.info())).await {
                result.unwrap();
            }
            let (hung_up, wait) = std::sync::mpsc::channel();
            let server = Arc::clone(&server);
            engine.spawn(async move {
                server.hang_up().await;
                hung_up.send(()).unwrap();
            });
            wait.recv().unwrap();
        }
    });
}

#[test]
fn what_only_reads_is_sent_again_once_if_a_fresh_connection_breaks() {
    run(async {
        for server in Server::both().await {
            // Before an answer, and inside its headers.
            server
                .on(INFO, Reply::begin().close())
                .on(INFO, Reply::begin().raw("HTTP/1.1 200 OK\r\nCo").close())
                .on(INFO, Reply::begin().close())
                .on(INFO, Reply::json(&json!({})));
            let error = server.client().info().await.unwrap_err();
            assert_eq!((error.kind(), error.request()), (ErrorKind::ConnectionError, Some(INFO)));
            assert_eq!(server.requests().len(), 2);
            server.client().info().await.unwrap();
            let connections: Vec<_> = server.requests().iter().map(|request| request.connection).collect();
            assert_eq!(connections, [0, 1, 2, 3]);
        }
    });
}

#[test]
fn what_changes_something_is_never_sent_again() {
    run(async {
        for server in Server::both().await {
            server.on(INFO, Reply::json(&json!({}))).on(KILL, Reply::begin().close());
            let client = server.client();
            let container = container(&server, &client, false).await;
            // By a connection that was good before, so that a fresh one might seem to help.
            client.info().await.unwrap();
            let error = container.kill(&KillParams::default()).await.unwrap_err();
            assert_eq!((error.kind(), error.request()), (ErrorKind::ConnectionError, Some(KILL)));
            let kills = server.to(KILL);
            assert_eq!((kills.len(), kills[0].connection), (1, 0));
        }
    });
}

#[test]
fn dropping_a_stream_closes_its_connection() {
    run(async {
        for server in Server::both().await {
            let [logs_gone, events_gone] = [Gate::new(), Gate::new()];
            let logs = Reply::chunked(MULTIPLEXED).chunk(frame(1, "x"));
            let events = Reply::chunked("application/json").chunk("{}\n");
            server
                .on(LOGS, logs.read_to_end().open(&logs_gone))
                .on("GET /events", events.read_to_end().open(&events_gone));
            let client = server.client();
            let container = container(&server, &client, false).await;
            let mut logs = container.logs(&LogsParams::default().follow(true)).await.unwrap();
            let mut events = client.events(&EventsParams::default()).await.unwrap();
            assert!(logs.next().await.is_some() && events.next().await.is_some());
            drop(logs);
            logs_gone.opened().await;
            drop(events);
            events_gone.opened().await;
        }
    });
}

#[test]
fn dropping_a_stream_that_gushes_closes_its_connection() {
    run(async {
        for server in Server::both().await {
            let gone = Gate::new();
            // More than any buffer holds, so that the server is stuck unless the connection closes.
            let gush = frame(1, vec![b'x'; 20_000_000]);
            server.on(LOGS, Reply::chunked(MULTIPLEXED).open_when_closed(&gone).chunk(gush).end());
            let container = container(&server, &server.client(), false).await;
            let mut logs = container.logs(&LogsParams::default().follow(true)).await.unwrap();
            assert!(logs.next().await.is_some());
            drop(logs);
            gone.opened().await;
        }
    });
}

#[test]
fn dropping_a_call_closes_its_connection() {
    run(async {
        for server in Server::both().await {
            let (arrived, gone) = (Gate::new(), Gate::new());
            server.on(INFO, Reply::begin().open(&arrived).read_to_end().open(&gone));
            let client = server.client();
            let call = tokio::spawn(async move { client.info().await });
            arrived.opened().await;
            call.abort();
            gone.opened().await;
        }
    });
}

#[test]
fn many_calls_at_once() {
    run_on_threads(async {
        for server in Server::both().await {
            let client = server.client();
            for number in 0..200 {
                let id = format!("c{number}");
                server.on(&format!("GET /containers/{id}/json"), Reply::json(&json!({ "Id": id })));
            }
            for _ in 0..3 {
                let calls = (0..200).map(|number| {
                    let client = client.clone();
                    tokio::spawn(async move {
                        let id = format!("c{number}");
                        assert_eq!(client.containers().get(&id).await.unwrap().id(), id);
                    })
                });
                for call in join_all(calls).await {
                    call.unwrap();
                }
            }
            assert_eq!(server.requests().len(), 600);
        }
    });
}
