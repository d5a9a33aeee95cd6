//! `run` in the foreground: attach and wait stand before the start, so that neither output nor exit code is lost.

use futures_util::StreamExt;
use moondock_engine::models::{DockerClient, RunOutput, RunParams};
use moondock_engine::stream::collect;
use moondock_engine::{Error, ErrorKind};
use serde_json::json;

use super::frames::{MULTIPLEXED, RAW, frame};
use super::gate::{Gate, run};
use super::reply::Reply;
use super::server::Server;

const CREATE: &str = "POST /containers/create";
const INSPECT: &str = "GET /containers/c1/json";
const ATTACH: &str = "POST /containers/c1/attach";
const WAIT: &str = "POST /containers/c1/wait";
const START: &str = "POST /containers/c1/start";
const REMOVE: &str = "DELETE /containers/c1";

/// A server where a container writes these bytes, once it is started, and ends with this code.
fn server(output: &[u8], code: i64) -> Server {
    let (server, started) = (Server::unix(), Gate::new());
    let output = Reply::begin().head("200 OK", &[("Content-Type", RAW)]).wait(&started).raw(output.to_vec());
    let code = json!({ "StatusCode": code }).to_string();
    server
        .on(CREATE, Reply::whole("201 Created", "application/json", "{\"Id\":\"c1\",\"Warnings\":null}"))
        .on(INSPECT, Reply::json(&json!({"Id": "c1", "Config": {"Tty": false}})))
        .on(ATTACH, output.close())
        .on(WAIT, Reply::chunked("application/json").wait(&started).chunk(code).end())
        .on(START, Reply::begin().open(&started).head("204 No Content", &[]))
        .on(REMOVE, Reply::bare("204 No Content"));
    server
}

fn params() -> RunParams {
    let mut params = RunParams::default().command("work");
    params.create.container.use_config_proxy = false;
    params
}

async fn run_small(client: &DockerClient, params: RunParams) -> Result<RunOutput, Error> {
    client.containers().run("small", params).await
}

#[test]
fn the_order_is_create_attach_wait_start() {
    run(async {
        let server = server(&[frame(1, "out"), frame(2, "err")].concat(), 0);
        let output = run_small(&server.client(), params()).await.unwrap();
        assert_eq!(output.bytes(), b"out");
        assert_eq!(server.lines(), [CREATE, INSPECT, ATTACH, WAIT, START]);
        assert_eq!(server.to(WAIT)[0].query, "condition=next-exit");
        assert_eq!(server.to(ATTACH)[0].query, "logs=0&stdout=1&stderr=1&stream=1");
    });
}

#[test]
fn nothing_starts_before_attach_and_wait_are_answered() {
    run(async {
        for held in [ATTACH, WAIT] {
            let server = server(&frame(1, "out"), 0);
            let (arrived, go) = (Gate::new(), Gate::new());
            let answer = if held == WAIT {
                Reply::chunked("application/json").chunk("{\"StatusCode\":0}").end()
            } else {
                Reply::begin().head("200 OK", &[]).raw(frame(1, "out")).close()
            };
            let mut late = Reply::begin().open(&arrived).wait(&go);
            late.steps.extend(answer.steps.into_iter().skip(1));
            server.instead(held, late);
            let client = server.client();
            let running = tokio::spawn(async move { run_small(&client, params()).await });
            arrived.opened().await;
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            assert!(!server.lines().contains(&START.to_owned()), "{held} is not answered yet");
            go.open();
            assert_eq!(running.await.unwrap().unwrap().bytes(), b"out");
        }
    });
}

#[test]
fn output_of_a_terminal_has_no_frames() {
    run(async {
        // The engine answers an attach alike, terminal or not.
        let server = server(b"\x01\x00plain", 0);
        let mut params = params();
        params.create.container.tty = true;
        assert_eq!(run_small(&server.client(), params).await.unwrap().bytes(), b"\x01\x00plain");
    });
}

#[test]
fn a_failed_command_is_an_error_with_what_it_wrote() {
    run(async {
        let server = server(&[frame(1, "out"), frame(2, "no such "), frame(2, [0xff, b'\n'])].concat(), 3);
        let error = run_small(&server.client(), params()).await.err().unwrap();
        assert_eq!((error.kind(), error.exit_status()), (ErrorKind::ContainerError, Some(3)));
        assert_eq!(error.stderr(), Some(&b"no such \xff\n"[..]));
        assert_eq!(error.container().unwrap().id(), "c1");
        for words in ["'work'", "'small'", "exit code 3", "no such"] {
            assert!(error.to_string().contains(words), "{error}");
        }
        assert!(!server.lines().contains(&REMOVE.to_owned()));
    });
}

#[test]
fn remove_removes_whatever_the_code_is() {
    run(async {
        for code in [0, 3] {
            let server = server(b"", code);
            let result = run_small(&server.client(), params().remove(true)).await;
            assert_eq!(result.err().and_then(|error| error.exit_status()), (code != 0).then_some(code));
            assert_eq!(server.lines(), [CREATE, INSPECT, ATTACH, WAIT, START, REMOVE]);
        }
    });
}

#[test]
fn a_removal_that_fails_does_not_hide_the_code() {
    run(async {
        for code in [0, 3] {
            let server = server(&frame(2, "why"), code);
            server.instead(REMOVE, Reply::error("500 Internal Server Error", "the disk is busy"));
            let error = run_small(&server.client(), params().remove(true)).await.err().unwrap();
            assert_eq!(error.exit_status(), (code != 0).then_some(code), "{error}");
            assert_eq!(error.status_code(), (code == 0).then_some(500), "{error}");
        }
    });
}

#[test]
fn what_does_not_start_is_removed() {
    run(async {
        let words = "exec: \"work\": executable file not found in $PATH";
        for remove in [true, false] {
            let server = server(b"", 0);
            server.instead(START, Reply::error("400 Bad Request", words));
            let error = run_small(&server.client(), params().remove(remove)).await.err().unwrap();
            assert_eq!(error.explanation(), Some(words));
            let removals = server.to(REMOVE);
            assert_eq!(removals.len(), usize::from(remove));
            assert!(removals.iter().all(|removal| removal.query.contains("force=true")));
        }
    });
}

#[test]
fn what_cannot_be_attached_is_not_started() {
    run(async {
        for line in [ATTACH, WAIT] {
            let server = server(b"", 0);
            server.instead(line, Reply::error("500 Internal Server Error", "no"));
            let error = run_small(&server.client(), params().remove(true)).await.err().unwrap();
            assert_eq!(error.request(), Some(line));
            assert!(!server.lines().contains(&START.to_owned()));
            assert_eq!(server.to(REMOVE).len(), 1);
        }
    });
}

#[test]
fn a_missing_image_is_pulled_once() {
    run(async {
        let server = server(&frame(1, "out"), 0);
        server
            .instead(CREATE, Reply::error("404 Not Found", "No such image: small:latest"))
            .on(CREATE, Reply::whole("201 Created", "application/json", "{\"Id\":\"c1\"}"))
            .on("POST /images/create", Reply::stream(&["{\"status\":\"Done\"}"]))
            .on("GET /images/small:latest/json", Reply::json(&json!({"Id": "sha256:1"})));
        assert_eq!(run_small(&server.client(), params()).await.unwrap().bytes(), b"out");
        let pull = ["POST /images/create", "GET /images/small:latest/json"];
        assert_eq!(server.lines()[..4], [CREATE, pull[0], pull[1], CREATE]);
    });
}

#[test]
fn a_stream_gives_output_as_it_comes_and_the_failure_last() {
    run(async {
        let (server, more) = (server(b"", 3), Gate::new());
        let output = Reply::begin().head("200 OK", &[]).raw(frame(1, "first")).wait(&more);
        server.instead(ATTACH, output.raw(frame(2, "why")).raw(frame(1, "last")).close());
        let output = run_small(&server.client(), params().stream(true).remove(true)).await.unwrap();
        let RunOutput::Streaming(mut output) = output else { panic!("no stream") };
        assert_eq!(output.next().await.unwrap().unwrap(), "first");
        more.open();
        assert_eq!(output.next().await.unwrap().unwrap(), "last");
        let error = output.next().await.unwrap().unwrap_err();
        assert_eq!((error.exit_status(), error.stderr()), (Some(3), Some(&b"why"[..])));
        assert!(output.next().await.is_none());
        // The engine removes it, since nobody may be left to do so.
        let created: serde_json::Value = serde_json::from_slice(&server.to(CREATE)[0].body).unwrap();
        assert_eq!(created["HostConfig"]["AutoRemove"], true);
        assert!(server.to(REMOVE).is_empty());
    });
}

#[test]
fn dropping_the_stream_gives_up_both_connections() {
    run(async {
        let (server, detached, forgotten) = (server(b"", 0), Gate::new(), Gate::new());
        let output = Reply::begin().head("200 OK", &[]).raw(frame(1, "first"));
        server
            .instead(ATTACH, output.read_to_end().open(&detached))
            .instead(WAIT, Reply::chunked("application/json").read_to_end().open(&forgotten));
        let output = run_small(&server.client(), params().stream(true)).await.unwrap();
        let RunOutput::Streaming(mut output) = output else { panic!("no stream") };
        assert_eq!(output.next().await.unwrap().unwrap(), "first");
        drop(output);
        detached.opened().await;
        forgotten.opened().await;
    });
}

#[test]
fn an_output_that_breaks_off_is_an_error() {
    run(async {
        let server = server(b"", 0);
        let cut = frame(1, "cut short");
        server.instead(ATTACH, Reply::begin().head("200 OK", &[]).raw(cut[..12].to_vec()).close());
        let error = run_small(&server.client(), params()).await.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::StreamParseError);
        server.instead(ATTACH, Reply::chunked(MULTIPLEXED).chunk(frame(1, "out")).close());
        let output = run_small(&server.client(), params().stream(true)).await.unwrap();
        let RunOutput::Streaming(output) = output else { panic!("no stream") };
        assert_eq!(collect(output).await.unwrap_err().kind(), ErrorKind::ConnectionError);
    });
}

#[test]
fn a_wait_without_a_code_is_an_error() {
    run(async {
        let server = server(b"", 0);
        server.instead(WAIT, Reply::json(&json!({"Error": {"Message": "it is gone"}})));
        let error = run_small(&server.client(), params()).await.err().unwrap();
        assert!(error.to_string().contains("it is gone"), "{error}");
    });
}

#[test]
fn a_detached_run_leaves_its_removal_to_the_engine() {
    run(async {
        let server = server(b"", 0);
        let output = run_small(&server.client(), params().detach(true).remove(true)).await.unwrap();
        assert!(matches!(output, RunOutput::Detached(container) if container.id() == "c1"));
        assert_eq!(server.lines(), [CREATE, INSPECT, START]);
        let body: serde_json::Value = serde_json::from_slice(&server.requests()[0].body).unwrap();
        assert_eq!(body["HostConfig"]["AutoRemove"], json!(true));
    });
}
