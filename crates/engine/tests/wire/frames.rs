//! Frames and JSON values that the wire splits anywhere, or cuts short.

use futures_util::StreamExt;
use moondock_engine::models::{Container, DockerClient, EventsParams, LogsParams};
use moondock_engine::stream::{Channel, Frame};
use moondock_engine::{Error, ErrorKind};
use serde_json::{Value, json};

use super::gate::run;
use super::reply::Reply;
use super::server::Server;

pub(crate) const MULTIPLEXED: &str = "application/vnd.docker.multiplexed-stream";
pub(crate) const RAW: &str = "application/vnd.docker.raw-stream";
pub(crate) const LOGS: &str = "GET /containers/c1/logs";

pub(crate) fn frame(kind: u8, data: impl AsRef<[u8]>) -> Vec<u8> {
    let data = data.as_ref();
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&[kind, 0, 0, 0], &length[..], data].concat()
}

/// The container `c1` of a server, as an inspection gives it.
pub(crate) async fn container(server: &Server, client: &DockerClient, tty: bool) -> Container {
    server.on("GET /containers/c1/json", Reply::json(&json!({"Id": "c1", "Config": {"Tty": tty}})));
    client.containers().get("c1").await.unwrap()
}

/// The frames of a log that the server answers with.
async fn logs(server: &Server, reply: Reply) -> Vec<Result<Frame, Error>> {
    server.on(LOGS, reply);
    let container = container(server, &server.client(), false).await;
    container.logs(&LogsParams::default()).await.unwrap().collect().await
}

async fn events(server: &Server, reply: Reply) -> Vec<Result<Value, Error>> {
    server.on("GET /events", reply);
    server.client().events(&EventsParams::default()).await.unwrap().collect().await
}

/// Sends each piece in a chunk of its own and, what matters more, in a write of its own.
fn pieces(kind: &str, wire: &[u8], size: usize) -> Reply {
    wire.chunks(size).fold(Reply::chunked(kind), Reply::chunk).end()
}

#[test]
fn frames_are_whole_however_they_are_split() {
    run(async {
        let wire = [frame(1, "grün"), frame(2, ""), frame(2, "b\r\n"), frame(0, "c"), frame(1, [0xff, 0, 1])]
            .concat();
        let expected: [(Channel, &[u8]); 4] = [
            (Channel::Stdout, "grün".as_bytes()),
            (Channel::Stderr, b"b\r\n"),
            (Channel::Stdout, b"c"),
            (Channel::Stdout, &[0xff, 0, 1]),
        ];
        for server in Server::both().await {
            for size in [1, 2, 3, 5, 7, 8, 9, 13, wire.len()] {
                let server = if size == 1 { &server } else { &Server::unix() };
                let frames = logs(server, pieces(MULTIPLEXED, &wire, size)).await;
                let frames: Vec<_> = frames.into_iter().map(Result::unwrap).collect();
                let read: Vec<_> = frames.iter().map(|frame| (frame.channel, &frame.data[..])).collect();
                assert_eq!(read, expected, "pieces of {size}");
            }
        }
    });
}

#[test]
fn events_come_in_any_form_that_was_asked_for() {
    run(async {
        for (kind, start) in
            [("application/jsonl", ""), ("application/x-ndjson", ""), ("application/json-seq", "\u{1e}")]
        {
            let server = Server::unix();
            let wire = format!("{start}{{\"a\":1}}\n{start}{{\"b\":2}}\n");
            let values = events(&server, pieces(kind, wire.as_bytes(), 3)).await;
            let values: Vec<_> = values.into_iter().map(Result::unwrap).collect();
            assert_eq!(values, [json!({"a": 1}), json!({"b": 2})], "{kind}");
            let asked = server.to("GET /events");
            assert!(asked[0].header("accept").unwrap().contains(kind), "{kind}");
        }
    });
}

#[test]
fn values_are_whole_however_they_are_split() {
    run(async {
        let wire =
            "{\"a\":\"grün }\"}\r\n\r\n{\"b\":[1,{}]}{\"c\":9007199254740993}\n{\"d\":null}".as_bytes();
        let expected = [
            json!({"a": "grün }"}),
            json!({"b": [1, {}]}),
            json!({"c": 9_007_199_254_740_993_i64}),
            json!({"d": null}),
        ];
        for size in [1, 2, 3, 5, 8, 13, wire.len()] {
            let values = events(&Server::unix(), pieces("application/json", wire, size)).await;
            let values: Vec<_> = values.into_iter().map(Result::unwrap).collect();
            assert_eq!(values, expected, "pieces of {size}");
        }
    });
}

/// A stream's last item is an error of this kind, those before it are not.
fn ends_in<T: std::fmt::Debug>(mut items: Vec<Result<T, Error>>, before: usize, kind: ErrorKind) -> Error {
    let error = items.pop().unwrap().unwrap_err();
    assert_eq!(error.kind(), kind, "{error}");
    assert!(items.iter().all(Result::is_ok), "{items:?}");
    assert_eq!(items.len(), before);
    error
}

#[test]
fn an_end_inside_a_frame_is_an_error() {
    run(async {
        let mut wire = [frame(1, "whole"), frame(1, "cut")].concat();
        wire.pop();
        let frames = logs(&Server::unix(), pieces(MULTIPLEXED, &wire, 4)).await;
        ends_in(frames, 1, ErrorKind::StreamParseError);
        let frames = logs(&Server::unix(), pieces(MULTIPLEXED, &wire[..15], 4)).await;
        ends_in(frames, 1, ErrorKind::StreamParseError);
        // An answer without a length ends with its connection, so that only the frame shows it.
        let ended = Reply::begin().head("200 OK", &[("Content-Type", MULTIPLEXED)]).raw(wire).close();
        ends_in(logs(&Server::unix(), ended).await, 1, ErrorKind::StreamParseError);
    });
}

#[test]
fn a_connection_that_breaks_is_an_error() {
    run(async {
        for server in Server::both().await {
            let broken = Reply::chunked(MULTIPLEXED).chunk(frame(1, "whole")).close();
            let error = ends_in(logs(&server, broken).await, 1, ErrorKind::ConnectionError);
            assert_eq!(error.request(), Some(LOGS));
            let broken = Reply::chunked("application/json").chunk("{\"a\":1}\n").raw("5\r\n{\"b").close();
            ends_in(events(&server, broken).await, 1, ErrorKind::ConnectionError);
        }
        let short = Reply::begin()
            .head("200 OK", &[("Content-Type", "application/json"), ("Content-Length", "20")])
            .raw("{\"a\":1}")
            .close();
        let server = Server::unix();
        server.on("GET /info", short);
        assert_eq!(server.client().info().await.unwrap_err().kind(), ErrorKind::ConnectionError);
    });
}

#[test]
fn an_end_inside_a_value_is_an_error() {
    run(async {
        let values = events(&Server::unix(), Reply::stream(&["{\"a\":1}\n{\"b\"", ":"])).await;
        ends_in(values, 1, ErrorKind::StreamParseError);
        let values = events(&Server::unix(), Reply::stream(&["<html>no engine</html>\n{\"a\":1}"])).await;
        ends_in(values, 0, ErrorKind::StreamParseError);
    });
}

#[test]
fn a_frame_of_the_engines_own_error_is_one() {
    run(async {
        let wire = [frame(1, "before"), frame(3, "the log driver died\n"), frame(1, "behind")].concat();
        let frames = logs(&Server::unix(), pieces(MULTIPLEXED, &wire, 6)).await;
        let error = ends_in(frames, 1, ErrorKind::APIError);
        assert!(error.to_string().ends_with("the log driver died"), "{error}");
    });
}

#[test]
fn an_answer_that_is_no_json_is_an_error() {
    run(async {
        let server = Server::unix();
        server.on("GET /info", Reply::whole("200 OK", "text/html", "<html>a proxy</html>"));
        let error = server.client().info().await.unwrap_err();
        assert_eq!((error.kind(), error.request()), (ErrorKind::StreamParseError, Some("GET /info")));
    });
}
