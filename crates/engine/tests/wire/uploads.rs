//! Uploads that the engine answers before they end.

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use moondock_engine::models::{BuildParams, DockerClient, ImageLoadParams};
use moondock_engine::stream::ByteStream;
use moondock_engine::{Error, ErrorKind};
use serde_json::json;

use super::gate::{Gate, run, run_on_threads};
use super::reply::Reply;
use super::server::Server;

pub(crate) const LOAD: &str = "POST /images/load";
pub(crate) const BUILD: &str = "POST /build";

/// A source that opens the gate when it is dropped.
pub(crate) fn guarded(source: ByteStream, dropped: &Gate) -> ByteStream {
    struct OnDrop(Gate);
    impl Drop for OnDrop {
        fn drop(&mut self) {
            self.0.open();
        }
    }
    let guard = OnDrop(dropped.clone());
    Box::pin(source.inspect(move |_| {
        let _ = &guard;
    }))
}

/// So many chunks, then no end. Opens the gate when it is dropped.
pub(crate) fn endless(chunks: usize, dropped: &Gate) -> ByteStream {
    let chunk = Bytes::from(vec![b'x'; 64 * 1024]);
    let chunks = stream::repeat_with(move || Ok(chunk.clone())).take(chunks);
    guarded(Box::pin(chunks.chain(stream::pending())), dropped)
}

pub(crate) async fn load(client: &DockerClient, archive: ByteStream) -> Error {
    client.images().load(archive, &ImageLoadParams::default()).await.unwrap_err()
}

pub(crate) async fn build(client: &DockerClient, timeout: Option<f64>, context: ByteStream) -> Error {
    let mut params = BuildParams::default().custom_context(true).use_config_proxy(false);
    params.timeout = timeout;
    client.images().build(&params, Some(context)).await.unwrap_err()
}

/// Uploads to both endpoints, over both transports, in both sizes: an upload without end, and one that is so long
/// that it is stuck behind what the engine leaves unread.
async fn refused(reply: Reply) {
    for server in Server::both().await {
        server.on(LOAD, reply.clone()).on(BUILD, reply.clone());
        let client = server.client();
        for chunks in [3, usize::MAX] {
            for which in [LOAD, BUILD] {
                let dropped = Gate::new();
                let archive = endless(chunks, &dropped);
                let error = if which == LOAD {
                    load(&client, archive).await
                } else {
                    build(&client, None, archive).await
                };
                assert_eq!(error.explanation(), Some("no space left on device"), "{which}: {error}");
                assert_eq!((error.kind(), error.status_code()), (ErrorKind::APIError, Some(500)));
                assert_eq!(error.request(), Some(which));
                dropped.opened().await;
            }
        }
    }
}

/// An error long before the upload ends.
pub(crate) fn early() -> Reply {
    Reply::early().read(1000).refuse("500 Internal Server Error", "no space left on device")
}

#[test]
fn the_answer_counts_when_the_engine_closes_at_once() {
    run(refused(early().close()));
}

#[test]
fn the_answer_counts_when_the_engine_closes_at_once_on_threads() {
    run_on_threads(async {
        for _ in 0..20 {
            refused(early().close()).await;
        }
    });
}

#[test]
fn the_answer_counts_when_the_engine_reads_on() {
    run(refused(early().read_to_end()));
}

#[test]
fn the_answer_counts_when_it_comes_before_anything_is_read() {
    run(refused(Reply::early().refuse("500 Internal Server Error", "no space left on device").close()));
}

#[test]
fn the_answer_counts_when_the_engine_neither_reads_on_nor_closes() {
    run(async {
        // Its connections stay open to the end of the test.
        refused(early().wait(&Gate::new())).await;
    });
}

#[test]
fn the_answer_counts_without_a_length() {
    run(refused(
        Reply::early()
            .read(1000)
            .head("500 Internal Server Error", &[("Content-Type", "text/plain")])
            .raw("no space left on device")
            .close(),
    ));
}

#[test]
fn an_error_in_a_stream_counts_when_the_engine_closes_at_once() {
    run(async {
        for server in Server::both().await {
            let headers = [("Content-Type", "application/json"), ("Transfer-Encoding", "chunked")];
            let reply = Reply::early()
                .read(1000)
                .head("200 OK", &headers)
                .chunk("{\"errorDetail\":{\"message\":\"no space left on device\"}}\n")
                .end()
                .close();
            server.on(LOAD, reply.clone()).on(BUILD, reply);
            let client = server.client();
            for chunks in [3, usize::MAX] {
                let dropped = Gate::new();
                let error = load(&client, endless(chunks, &dropped)).await;
                assert_eq!(error.kind(), ErrorKind::ImageLoadError, "{error}");
                dropped.opened().await;
                let dropped = Gate::new();
                let error = build(&client, None, endless(chunks, &dropped)).await;
                assert_eq!(error.kind(), ErrorKind::BuildError, "{error}");
                dropped.opened().await;
            }
        }
    });
}

#[test]
fn a_connection_that_closes_without_an_answer_is_broken() {
    run(async {
        for server in Server::both().await {
            server.on(LOAD, Reply::early().read(1000).close());
            for chunks in [3, usize::MAX] {
                let error = load(&server.client(), endless(chunks, &Gate::new())).await;
                assert_eq!(error.kind(), ErrorKind::ConnectionError, "{error}");
            }
            assert_eq!(server.lines(), [LOAD, LOAD], "an upload is never sent twice");
        }
    });
}

#[test]
fn progress_arrives_while_the_upload_goes_on() {
    run(async {
        let (seen, server) = (Gate::new(), Server::unix());
        let headers = [("Content-Type", "application/json"), ("Transfer-Encoding", "chunked")];
        server.on(
            LOAD,
            Reply::early().head("200 OK", &headers).chunk("{\"status\":\"Loading\"}\n").read_body().end(),
        );
        // The upload's second half waits for the first record.
        let waiting = seen.clone();
        let second = stream::once(async move {
            waiting.opened().await;
            Ok(Bytes::from_static(b"second"))
        });
        let archive = stream::iter([Ok(Bytes::from_static(b"first,"))]).chain(second);
        let request = moondock_engine::api::images::load(Box::pin(archive), &ImageLoadParams::default());
        let mut records = server.client().api().json_lines(request).await.unwrap();
        assert_eq!(records.next().await.unwrap().unwrap(), json!({"status": "Loading"}));
        seen.open();
        assert!(records.next().await.is_none());
        assert_eq!(server.requests()[0].body, b"first,second");
    });
}
