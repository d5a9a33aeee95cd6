//! Connections that the engine gives up for a two-way stream.

use futures_util::StreamExt;
use moondock_engine::models::{
    AttachSocketParams, Container, DockerClient, ExecOutput, ExecRunParams, StartParams,
};
use moondock_engine::stream::{Hijacked, collect};
use moondock_engine::{Error, ErrorKind, Settings};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::frames::{container, frame};
use super::gate::{Gate, run};
use super::reply::Reply;
use super::server::Server;

const START: &str = "POST /exec/e1/start";
const BOTH: [&str; 2] = ["101 UPGRADED", "200 OK"];

/// A server of each kind for each status.
async fn every_way() -> Vec<(Server, &'static str)> {
    let mut ways = Vec::new();
    for status in BOTH {
        ways.extend(Server::both().await.map(|server| (server, status)));
    }
    ways
}

/// A container in which a command `e1` is answered with this reply.
async fn with_exec(server: &Server, reply: Reply) -> Container {
    server
        .on("POST /containers/c1/exec", Reply::json(&json!({"Id": "e1"})))
        .on("GET /exec/e1/json", Reply::json(&json!({"ExitCode": 7})))
        .on(START, reply);
    container(server, &server.client(), false).await
}

async fn socket(server: &Server, reply: Reply) -> Result<Hijacked, Error> {
    let params = ExecRunParams::default().cmd("cat").stdin(true).socket(true);
    match with_exec(server, reply).await.exec_run(&params).await?.output {
        ExecOutput::Socket(socket) => Ok(socket),
        _ => panic!("no socket"),
    }
}

#[test]
fn either_status_gives_up_the_connection() {
    run(async {
        for (server, status) in every_way().await {
            let reply = Reply::hijacked(status, &frame(1, "hello")).raw(frame(2, " world")).close();
            let container = with_exec(&server, reply).await;
            let result = container.exec_run(&ExecRunParams::default().cmd("x")).await.unwrap();
            assert!(matches!(result.output, ExecOutput::Collected(output) if output == b"hello world"));
            assert_eq!(result.exit_code, Some(7), "{status}");
            let start = &server.to(START)[0];
            assert_eq!((start.header("connection"), start.header("upgrade")), (Some("Upgrade"), Some("tcp")));
        }
    });
}

#[test]
fn bytes_behind_the_headers_are_not_lost() {
    run(async {
        for status in BOTH {
            let server = Server::unix();
            // The prompt comes in the same write as the headers, and then nothing more.
            let mut socket =
                socket(&server, Reply::hijacked(status, b"login: ").read_to_end()).await.unwrap();
            let mut prompt = [0; 7];
            socket.read_exact(&mut prompt).await.unwrap();
            assert_eq!(&prompt, b"login: ");
        }
    });
}

#[test]
fn the_end_of_input_reaches_the_engine_and_output_goes_on() {
    run(async {
        for (server, status) in every_way().await {
            let reply = Reply::hijacked(status, b"first,").read_to_end().raw("last").close();
            let mut socket = socket(&server, reply).await.unwrap();
            socket.write_all(b"some input").await.unwrap();
            socket.shutdown().await.unwrap();
            let mut output = String::new();
            socket.read_to_string(&mut output).await.unwrap();
            assert_eq!(output, "first,last", "{status}");
            assert!(server.to(START)[0].body.ends_with(b"some input"), "{status}");
        }
    });
}

#[test]
fn the_halves_are_apart() {
    run(async {
        for status in BOTH {
            let server = Server::unix();
            let reply = Reply::hijacked(status, b"").read(30).raw("echo").read_to_end().raw("end").close();
            let (mut output, mut input) = socket(&server, reply).await.unwrap().split();
            input.write_all(&[b'x'; 100]).await.unwrap();
            assert_eq!(output.next().await.unwrap().unwrap(), "echo");
            input.shutdown().await.unwrap();
            assert_eq!(collect(output).await.unwrap(), b"end", "{status}");
        }
    });
}

#[test]
fn a_command_without_input_sees_its_end() {
    run(async {
        for status in BOTH {
            let server = Server::unix();
            let reply = Reply::hijacked(status, b"").read_to_end().raw(frame(1, "done")).close();
            let container = with_exec(&server, reply).await;
            let result = container.exec_run(&ExecRunParams::default().cmd("cat").stdin(true)).await.unwrap();
            assert!(matches!(result.output, ExecOutput::Collected(output) if output == b"done"), "{status}");
        }
    });
}

#[test]
fn input_for_what_has_ended_is_an_error() {
    run(async {
        for (server, status) in every_way().await {
            // Nobody reads the output, so that only the write can show it.
            let mut socket = socket(&server, Reply::hijacked(status, b"bye").close()).await.unwrap();
            while socket.write_all(&[0; 1000]).await.is_ok() {
                tokio::task::yield_now().await;
            }
        }
    });
}

#[test]
fn an_answer_that_keeps_to_http_takes_no_input() {
    run(async {
        let server = Server::unix();
        let reply = Reply::chunked("application/vnd.docker.raw-stream").chunk("output").end();
        let mut socket = socket(&server, reply).await.unwrap();
        let error = socket.write_all(b"input").await.unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::Unsupported);
        let mut output = String::new();
        socket.read_to_string(&mut output).await.unwrap();
        assert_eq!(output, "output");
    });
}

#[test]
fn an_output_that_ends_inside_a_frame_is_an_error() {
    run(async {
        for status in BOTH {
            let server = Server::unix();
            let wire = frame(1, "cut short");
            let container = with_exec(&server, Reply::hijacked(status, &wire[..12]).close()).await;
            let error = container.exec_run(&ExecRunParams::default().cmd("x")).await.err().unwrap();
            assert_eq!(error.kind(), ErrorKind::StreamParseError, "{status}");
        }
    });
}

#[test]
fn dropping_either_kind_closes_the_connection() {
    run(async {
        for (server, status) in every_way().await {
            let gone = Gate::new();
            let reply = Reply::hijacked(status, b"").read_to_end().open(&gone);
            drop(socket(&server, reply).await.unwrap());
            gone.opened().await;
        }
    });
}

#[test]
fn a_refused_upgrade_is_the_engines_error() {
    run(async {
        let server = Server::unix();
        let reply = Reply::error("409 Conflict", "container c1 is not running");
        let error = socket(&server, reply).await.err().unwrap();
        assert_eq!(
            (error.status_code(), error.explanation()),
            (Some(409), Some("container c1 is not running"))
        );
    });
}

#[test]
fn the_configured_keys_detach_from_what_has_an_input() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config.json"), r#"{"detachKeys": "ctrl-e,e"}"#).unwrap();
        let server = Server::unix();
        let (attach, start) = ("POST /containers/c1/attach", "POST /containers/c1/start");
        with_exec(&server, Reply::hijacked("101 UPGRADED", b"").close()).await;
        server
            .on(attach, Reply::hijacked("101 UPGRADED", b"").close())
            .on(start, Reply::bare("204 No Content"));
        let config_folder = Some(folder.path().to_owned());
        let client = DockerClient::new(Settings { config_folder, ..server.settings(45) });
        let container = container(&server, &client, true).await;

        let command = ExecRunParams::default().cmd("x");
        let attached = AttachSocketParams::default().stdin(true);
        container.exec_run(&command).await.unwrap();
        container.exec_run(&command.detach_keys("ctrl-x")).await.unwrap();
        container.attach_socket(&attached).await.unwrap();
        container.attach_socket(&attached.detach_keys("ctrl-x")).await.unwrap();
        container.start().await.unwrap();
        container.start_with(&StartParams::default().detach_keys("ctrl-x")).await.unwrap();

        let bodies = server.to("POST /containers/c1/exec").into_iter().map(|request| request.body);
        let keys = bodies.map(|body| serde_json::from_slice::<Value>(&body).unwrap()["detachKeys"].take());
        assert_eq!(keys.collect::<Vec<_>>(), ["ctrl-e,e", "ctrl-x"]);
        let query = "stdin=1&stdout=1&stderr=1&stream=1&detachKeys=";
        let queries = |line| server.to(line).into_iter().map(|request| request.query).collect::<Vec<_>>();
        assert_eq!(queries(attach), [format!("{query}ctrl-e%2Ce"), format!("{query}ctrl-x")]);
        assert_eq!(queries(start), ["", "detachKeys=ctrl-x"]);
    });
}
