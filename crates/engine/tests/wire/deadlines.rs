//! Deadlines, each by itself.

use std::time::Duration;

use futures_util::StreamExt;
use moondock_engine::models::{DockerClient, ExecStartParams, ImageLoadParams, LogsParams};
use moondock_engine::stream::once;
use moondock_engine::{Error, ErrorKind, Host, Settings};
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpSocket, TcpStream};

use super::frames::{LOGS, MULTIPLEXED, container, frame};
use super::gate::{Gate, run, run_at_leaps};
use super::reply::Reply;
use super::server::Server;

const INFO: &str = "GET /info";
const HOUR: Duration = Duration::from_secs(3600);

/// It is a timeout that says how long it was and how to allow more.
fn is_timeout(error: &Error, limit: &str) {
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(error.kind().is_a("ConnectionError"));
    let words = error.to_string();
    assert!(
        words.contains(&format!("within {limit} s")) && words.contains("`timeout` allows more"),
        "{words}"
    );
}

#[test]
fn an_engine_that_never_answers_is_given_up() {
    run_at_leaps(async {
        let (server, gone) = (Server::unix(), Gate::new());
        server.on(INFO, Reply::begin().read_to_end().open(&gone));
        let error = server.client().info().await.unwrap_err();
        is_timeout(&error, "60");
        assert_eq!(error.request(), Some(INFO));
        gone.opened().await;
    });
}

#[test]
fn a_limit_that_no_clock_can_hold_is_none() {
    run_at_leaps(async {
        let server = Server::unix();
        server.on(INFO, Reply::begin().sleep(HOUR).answer("200 OK", "application/json", "{}"));
        let mut settings = server.settings(45);
        settings.timeouts.idle = Some(Duration::MAX);
        assert_eq!(DockerClient::new(settings).info().await.unwrap(), json!({}));
    });
}

#[test]
fn a_negotiation_that_is_never_answered_is_given_up() {
    run_at_leaps(async {
        let server = Server::unix();
        server.on("GET /_ping", Reply::begin().read_to_end());
        is_timeout(&server.negotiating().info().await.unwrap_err(), "60");
    });
}

#[test]
fn an_answer_that_stops_is_given_up() {
    run_at_leaps(async {
        let (server, gone) = (Server::unix(), Gate::new());
        let slow = Duration::from_secs(59);
        server
            .on(INFO, Reply::chunked("application/json").sleep(slow).chunk("{").sleep(slow).chunk("}").end());
        assert_eq!(server.client().info().await.unwrap(), json!({}), "it moves, so it may take longer");
        server.instead(INFO, Reply::chunked("application/json").chunk("{").read_to_end().open(&gone));
        let error = server.client().info().await.unwrap_err();
        is_timeout(&error, "60");
        assert_eq!(error.request(), Some(INFO));
        gone.opened().await;
    });
}

#[test]
fn without_a_limit_there_is_none() {
    run_at_leaps(async {
        let server = Server::unix();
        server.on(INFO, Reply::begin().sleep(HOUR).answer("200 OK", "application/json", "{}"));
        let mut settings = server.settings(45);
        settings.timeouts.idle = None;
        assert_eq!(DockerClient::new(settings).info().await.unwrap(), json!({}));
    });
}

#[test]
fn an_error_whose_body_never_ends_is_told_with_what_came() {
    run_at_leaps(async {
        let started = tokio::time::Instant::now();
        let head = || Reply::begin().head("500 Internal Server Error", &[("Transfer-Encoding", "chunked")]);
        // One that falls silent, one that trickles, and one that gushes.
        let trickle = (0..1000).fold(head(), |reply, _| reply.chunk("words").sleep(Duration::from_secs(30)));
        let gush = (0..100).fold(head(), |reply, _| reply.chunk(vec![b'x'; 64 * 1024]));
        for reply in [head().chunk("words"), trickle, gush] {
            let (server, gone) = (Server::unix(), Gate::new());
            server.on(INFO, reply.read_to_end().open(&gone));
            let error = server.client().info().await.unwrap_err();
            assert_eq!(error.status_code(), Some(500), "{error}");
            assert!(error.explanation().unwrap().starts_with(['w', 'x']));
            assert!(error.explanation().unwrap().len() <= 1 << 20);
        }
        assert!(started.elapsed() <= 3 * Duration::from_secs(60), "{:?}", started.elapsed());
    });
}

#[test]
fn the_total_limit_covers_headers_and_body() {
    run_at_leaps(async {
        let server = Server::unix();
        let second = Duration::from_secs(1);
        let trickle =
            (0..100).fold(Reply::chunked("application/json"), |reply, _| reply.chunk(" ").sleep(second));
        server.on(INFO, Reply::begin().read_to_end()).on(INFO, trickle.end());
        let mut settings = server.settings(45);
        settings.timeouts.total = Some(Duration::from_secs(10));
        let client = DockerClient::new(settings);
        for _ in 0..2 {
            let error = client.info().await.unwrap_err();
            is_timeout(&error, "10");
            assert_eq!(error.request(), Some(INFO));
        }
    });
}

#[test]
fn the_total_limit_leaves_streams_alone() {
    run_at_leaps(async {
        let server = Server::unix();
        let late = Reply::begin().sleep(HOUR).head("200 OK", &[("Transfer-Encoding", "chunked")]);
        let logs = Reply::chunked(MULTIPLEXED).sleep(HOUR).chunk(frame(1, "late")).end();
        server.on("POST /images/load", late.sleep(HOUR).end()).on(LOGS, logs);
        let mut settings = server.settings(45);
        settings.timeouts.total = Some(Duration::from_secs(10));
        let client = DockerClient::new(settings);
        assert!(
            client.images().load(once("an archive"), &ImageLoadParams::default()).await.unwrap().is_empty()
        );
        let container = container(&server, &client, false).await;
        let mut logs = container.logs(&LogsParams::default().follow(true)).await.unwrap();
        assert_eq!(logs.next().await.unwrap().unwrap().data, "late");
    });
}

#[test]
fn a_stream_has_a_limit_of_its_own() {
    run_at_leaps(async {
        let (server, gone) = (Server::unix(), Gate::new());
        let almost = Duration::from_secs(9);
        let logs = || Reply::chunked(MULTIPLEXED).sleep(almost).chunk(frame(1, "one")).sleep(almost);
        server.on(LOGS, logs().chunk(frame(1, "two")).read_to_end().open(&gone));
        let mut settings = server.settings(45);
        settings.timeouts.stream = Some(Duration::from_secs(10));
        let client = DockerClient::new(settings);
        let container = container(&server, &client, false).await;
        let mut logs = container.logs(&LogsParams::default().follow(true)).await.unwrap();
        assert_eq!(logs.next().await.unwrap().unwrap().data, "one");
        assert_eq!(logs.next().await.unwrap().unwrap().data, "two", "it moves, so it may take longer");
        is_timeout(&logs.next().await.unwrap().unwrap_err(), "10");
        gone.opened().await;
    });
}

#[test]
fn a_two_way_stream_has_that_limit_too() {
    run_at_leaps(async {
        let head = [("Connection", "Upgrade"), ("Upgrade", "tcp"), ("Content-Type", MULTIPLEXED)];
        for status in ["101 UPGRADED", "200 OK"] {
            let (server, gone) = (Server::unix(), Gate::new());
            let head = if status.starts_with("101") { &head[..] } else { &head[2..] };
            let reply = Reply::begin().head(status, head).raw(frame(1, "hi")).read_to_end().open(&gone);
            server.on("POST /exec/e1/start", reply);
            let mut settings = server.settings(45);
            settings.timeouts.stream = Some(Duration::from_secs(10));
            let client = DockerClient::new(settings);
            let start = moondock_engine::api::exec::start("e1", &ExecStartParams::default());
            let (mut output, mut input) = client.api().upgrade(start).await.unwrap().split();
            assert_eq!(output.next().await.unwrap().unwrap(), frame(1, "hi"));
            // What is written counts too.
            for _ in 0..3 {
                let quiet = tokio::time::timeout(Duration::from_secs(9), output.next()).await;
                assert!(quiet.is_err(), "{status}");
                input.write_all(b"input").await.unwrap();
            }
            is_timeout(&output.next().await.unwrap().unwrap_err(), "10");
            drop((output, input));
            gone.opened().await;
        }
    });
}

#[test]
fn a_connection_that_does_not_come_about_is_given_up() {
    run(async {
        // Nobody accepts, and the queue is full: the kernel lets further ones wait.
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
        let address = socket.local_addr().unwrap();
        let listener = socket.listen(1).unwrap();
        let queued = [TcpStream::connect(address).await.unwrap(), TcpStream::connect(address).await.unwrap()];
        let mut settings = Settings::new(Host::Tcp { host: "127.0.0.1".to_owned(), port: address.port() });
        settings.timeouts.connect = Duration::from_millis(50);
        let error = DockerClient::new(settings).info().await.unwrap_err();
        is_timeout(&error, "0.05");
        assert!(error.to_string().contains("tcp://127.0.0.1:"), "{error}");
        drop((queued, listener));
    });
}

#[test]
fn an_engine_that_is_not_there_is_named() {
    run(async {
        let server = Server::unix();
        let mut settings = server.settings(45);
        settings.host = "unix:///nonexistent/docker.sock".parse().unwrap();
        let error = DockerClient::new(settings).info().await.unwrap_err();
        assert_eq!((error.kind(), error.request()), (ErrorKind::ConnectionError, Some(INFO)));
        assert!(error.to_string().contains("unix:///nonexistent/docker.sock"), "{error}");
    });
}
