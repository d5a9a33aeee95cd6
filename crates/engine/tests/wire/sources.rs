//! Uploads that go wrong, slowly, or not at all any more on this side.

use std::time::Duration;

use bytes::Bytes;
use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use moondock_engine::models::ImageLoadParams;
use moondock_engine::stream::{ByteStream, once};
use moondock_engine::{Error, ErrorKind};
use serde_json::json;

use super::gate::{Gate, run, run_at_leaps, run_on_threads};
use super::reply::Reply;
use super::server::Server;
use super::uploads::{BUILD, LOAD, build, early, endless, guarded, load};

/// An archive that fails once the gate is open.
fn failing(after: &Gate) -> ByteStream {
    let (after, fault) = (after.clone(), Error::new(ErrorKind::IOError, "archive.tar: the disk is gone"));
    let failing = stream::once(async move {
        after.opened().await;
        Err(fault)
    });
    Box::pin(stream::iter([Ok(Bytes::from_static(b"first"))]).chain(failing))
}

fn is_the_sources_own(error: &Error) {
    assert_eq!((error.kind(), error.request()), (ErrorKind::IOError, Some(LOAD)), "{error}");
    assert!(error.to_string().ends_with("archive.tar: the disk is gone"), "{error}");
}

#[test]
fn a_source_that_fails_before_an_answer_is_the_error() {
    run(async {
        for server in Server::both().await {
            let [arrived, gone] = [(); 2].map(|()| Gate::new());
            server.on(LOAD, Reply::early().open(&arrived).read_to_end().open(&gone));
            is_the_sources_own(&load(&server.client(), failing(&arrived)).await);
            gone.opened().await;
            let body = &server.requests()[0].body;
            assert!(!body.ends_with(b"0\r\n\r\n"), "the engine must not take it for the whole");
        }
    });
}

#[test]
fn a_source_that_fails_behind_the_headers_of_an_answer_is_the_error() {
    run(async {
        for server in Server::both().await {
            let [seen, gone] = [(); 2].map(|()| Gate::new());
            let headers = [("Content-Type", "application/json"), ("Transfer-Encoding", "chunked")];
            let progress = Reply::early().head("200 OK", &headers).chunk("{\"status\":\"Loading\"}\n");
            server.on(LOAD, progress.read_to_end().open(&gone));
            let request = moondock_engine::api::images::load(failing(&seen), &ImageLoadParams::default());
            let mut records = server.client().api().json_lines(request).await.unwrap();
            assert!(records.next().await.unwrap().is_ok());
            seen.open();
            is_the_sources_own(&records.next().await.unwrap().unwrap_err());
            gone.opened().await;
            let body = &server.requests()[0].body;
            assert!(!body.ends_with(b"0\r\n\r\n"), "the engine must not take it for the whole");
        }
    });
}

#[test]
fn a_source_is_let_go_when_it_ends() {
    run(async {
        let (server, go, dropped) = (Server::unix(), Gate::new(), Gate::new());
        server
            .on(LOAD, Reply::chunked("application/json").chunk("{\"status\":\"Loading\"}\n").wait(&go).end());
        let request = moondock_engine::api::images::load(
            guarded(once("an archive"), &dropped),
            &ImageLoadParams::default(),
        );
        let mut records = server.client().api().json_lines(request).await.unwrap();
        assert!(records.next().await.unwrap().is_ok());
        dropped.opened().await;
        go.open();
        assert!(records.next().await.is_none());
    });
}

#[test]
fn a_slow_upload_may_take_longer_than_the_timeout() {
    run_at_leaps(async {
        let server = Server::unix();
        server.on(BUILD, Reply::stream(&["{\"error\":\"all was read\"}"]));
        let pieces = stream::iter(0..10).then(|_| async {
            tokio::time::sleep(Duration::from_secs(4)).await;
            Ok(Bytes::from_static(b"piece,"))
        });
        let error = build(&server.client(), Some(5.0), Box::pin(pieces)).await;
        assert_eq!(error.to_string(), "all was read");
        assert_eq!(server.requests()[0].body, b"piece,".repeat(10));
    });
}

#[test]
fn an_upload_that_stands_still_times_out() {
    run_at_leaps(async {
        // The engine waits for more, or is stuck itself and reads nothing.
        for chunks in [3, usize::MAX] {
            let (server, go, gone, dropped) = (Server::unix(), Gate::new(), Gate::new(), Gate::new());
            let stuck = if chunks == 3 { Reply::early() } else { Reply::early().wait(&go) };
            server.on(BUILD, stuck.read_to_end().open(&gone));
            let error = build(&server.client(), Some(5.0), endless(chunks, &dropped)).await;
            assert_eq!((error.kind(), error.request()), (ErrorKind::Timeout, Some(BUILD)));
            dropped.opened().await;
            go.open();
            gone.opened().await;
        }
    });
}

#[test]
fn dropping_an_upload_closes_its_connection() {
    run(async {
        let headers = [("Content-Type", "application/json"), ("Transfer-Encoding", "chunked")];
        let answered = Reply::early().head("200 OK", &headers).chunk("{\"status\":\"Loading\"}\n");
        // With and without an answer; with an engine that waits for more, and one that is stuck.
        for reply in [Reply::early(), answered] {
            for chunks in [3, usize::MAX] {
                let [arrived, go, gone, dropped] = [(); 4].map(|()| Gate::new());
                let server = Server::unix();
                server.on(LOAD, reply.clone().open(&arrived).wait(&go).read_to_end().open(&gone));
                let client = server.client();
                let archive = endless(chunks, &dropped);
                let upload =
                    tokio::spawn(
                        async move { client.images().load(archive, &ImageLoadParams::default()).await },
                    );
                arrived.opened().await;
                for _ in 0..100 {
                    tokio::task::yield_now().await;
                }
                upload.abort();
                dropped.opened().await;
                go.open();
                gone.opened().await;
            }
        }
    });
}

#[test]
fn what_an_upload_leaves_behind_harms_no_other_call() {
    run_on_threads(async {
        for server in Server::both().await {
            server.on(LOAD, early().read_to_end()).on("GET /info", Reply::json(&json!({"ID": "x"})));
            let client = server.client();
            let calls = (0..100).map(|number| {
                let client = client.clone();
                tokio::spawn(async move {
                    for _ in 0..5 {
                        if number % 2 == 0 {
                            assert_eq!(
                                load(&client, endless(1, &Gate::new())).await.status_code(),
                                Some(500)
                            );
                        }
                        assert_eq!(client.info().await.unwrap(), json!({"ID": "x"}));
                    }
                })
            });
            for call in join_all(calls.collect::<Vec<_>>()).await {
                call.unwrap();
            }
        }
    });
}
