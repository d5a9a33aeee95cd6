//! Input and output of containers that run.

use moondock_engine::ErrorKind;
use moondock_engine::models::{
    AttachParams, AttachSocketParams, CreateParams, ResizeParams, WaitHealthyParams, WaitParams,
};
use moondock_engine::stream::{ByteStream, collect};
use moondock_tests::engine::abilities;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::needs::needs;
use super::scratch::{Scratch, assert_megabytes, megabytes};
use futures_util::StreamExt;

fn input() -> CreateParams {
    CreateParams::default().stdin_open(true)
}

/// Reads until the output holds this.
async fn until(
    output: &mut (impl futures_util::Stream<Item = moondock_engine::Result<bytes::Bytes>> + Unpin),
    words: &str,
) -> String {
    let mut all = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&all);
        if text.contains(words) {
            return text.into_owned();
        }
        let Some(chunk) = output.next().await else { panic!("the output ended with {text:?}") };
        all.extend_from_slice(&chunk.unwrap());
    }
}

#[tokio::test]
async fn fifty_megabytes_go_in_and_come_back() {
    let container = Scratch::create(input().command("cat")).await;
    let connection = container.attach_socket(&AttachSocketParams::default().stdin(true)).await.unwrap();
    assert!(connection.is_multiplexed());
    container.start().await.unwrap();
    let output = collect(connection.feed(megabytes(50)).bytes()).await.unwrap();
    assert_megabytes(&output, 50);
    assert_eq!(container.wait(&WaitParams::default()).await.unwrap()["StatusCode"], 0);
    container.remove().await;
}

#[tokio::test]
async fn the_end_of_the_input_leaves_the_output_open() {
    let container = Scratch::create(input().command(["sh", "-c", "cat; echo done; echo oops >&2"])).await;
    let connection = container.attach_socket(&AttachSocketParams::default().stdin(true)).await.unwrap();
    container.start().await.unwrap();
    let (frames, mut writer) = connection.frames();
    writer.write_all(b"hello\n").await.unwrap();
    writer.shutdown().await.unwrap();
    let (stdout, stderr) = frames.apart().await.unwrap();
    assert_eq!((&stdout.unwrap()[..], &stderr.unwrap()[..]), (&b"hello\ndone\n"[..], &b"oops\n"[..]));
    container.remove().await;
}

#[tokio::test]
async fn gives_output_from_now_on_and_from_before() {
    let container =
        Scratch::create(CreateParams::default().command(["sh", "-c", "echo out; echo err >&2"])).await;
    let frames = container.attach(&AttachParams::default().stream(true)).await.unwrap();
    container.start().await.unwrap();
    assert_eq!(frames.apart().await.unwrap(), (Some(b"out\n".to_vec()), Some(b"err\n".to_vec())));
    container.wait(&WaitParams::default()).await.unwrap();
    needs(&abilities::LOGS_BY_ATTACH, async {
        let frames = container.attach(&AttachParams::default().logs(true).stderr(false)).await.unwrap();
        assert_eq!(collect(frames.bytes()).await.unwrap(), b"out\n");
    })
    .await;
    container.remove().await;
}

#[tokio::test]
async fn a_terminal_has_the_size_that_it_is_given() {
    let container = Scratch::create(input().tty(true).command(["sh", "-c", "read x; stty size"])).await;
    let connection = container.attach_socket(&AttachSocketParams::default().stdin(true)).await.unwrap();
    assert!(!connection.is_multiplexed());
    container.start().await.unwrap();
    container.resize(&ResizeParams::default().height(31).width(101)).await.unwrap();
    let (frames, mut writer) = connection.frames();
    writer.write_all(b"\n").await.unwrap();
    assert!(until(&mut frames.bytes(), "31 101").await.ends_with("31 101\r\n"));
    container.remove().await;
}

#[tokio::test]
async fn a_web_socket_echoes() {
    needs(&abilities::WEB_SOCKET, async {
        let container = Scratch::create(input().command(["sh", "-c", "cat; echo done"])).await;
        let params = AttachSocketParams::default().ws(true).stdin(true);
        let mut socket = container.attach_socket(&params).await.unwrap();
        container.start().await.unwrap();
        for text in [b"hello\n".to_vec(), vec![b'x'; 100_000]] {
            let mut back = vec![0; text.len()];
            let (mut reader, mut writer) = tokio::io::split(socket);
            let (written, read) = tokio::join!(writer.write_all(&text), reader.read_exact(&mut back));
            written.unwrap();
            read.unwrap();
            assert!(back == text);
            socket = reader.unsplit(writer);
        }
        socket.shutdown().await.unwrap();
        let mut rest = String::new();
        socket.read_to_string(&mut rest).await.unwrap();
        assert_eq!(rest, "done\n");
        container.remove().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_is_an_error_on_either_way() {
    let (_engine, client) = super::shared();
    let container = Scratch::create(CreateParams::default().command("true")).await;
    let gone = client.containers().get(container.id()).await.unwrap();
    container.remove().await;
    for ws in [false, true] {
        let error = gone.attach_socket(&AttachSocketParams::default().ws(ws)).await.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
    }
}

#[tokio::test]
async fn keys_detach_and_leave_the_container_running() {
    needs(&abilities::DETACH_KEYS, async {
        let container = Scratch::create(input().tty(true).command("cat")).await;
        let params = AttachSocketParams::default().stdin(true).detach_keys("ctrl-x,d");
        let connection = container.attach_socket(&params).await.unwrap();
        container.start().await.unwrap();
        let (frames, mut writer) = connection.frames();
        let mut output: ByteStream = frames.bytes();
        writer.write_all(b"hello\n").await.unwrap();
        until(&mut output, "hello\r\nhello\r\n").await;
        writer.write_all(b"\x18d").await.unwrap();
        while let Some(rest) = output.next().await {
            rest.unwrap();
        }
        container.reload().await.unwrap();
        assert_eq!(container.status(), "running");
        container.remove().await;
    })
    .await;
}

fn checked(test: &str, retries: i64) -> CreateParams {
    let nanoseconds = 100_000_000;
    let check = json!({"test": ["CMD-SHELL", test], "interval": nanoseconds, "timeout": 10 * nanoseconds,
        "retries": retries, "start_period": 0});
    CreateParams::default().healthcheck(check.as_object().cloned().unwrap())
}

#[tokio::test]
async fn waits_until_it_is_healthy() {
    needs(&abilities::HEALTH_CHECKS, async {
        let container =
            Scratch::run("sleep 1; touch /ready; sleep 1000", checked("test -e /ready", 1000)).await;
        container.wait_healthy(&WaitHealthyParams::default()).await.unwrap();
        assert_eq!(container.health(), "healthy");
        container.remove().await;
    })
    .await;
}

#[tokio::test]
async fn does_not_wait_for_what_will_not_become_healthy() {
    needs(&abilities::HEALTH_CHECKS, async {
        let sick = Scratch::run("sleep 1000", checked("echo no luck; false", 1)).await;
        let error = sick.wait_healthy(&WaitHealthyParams::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ContainerError, "{error}");
        assert!(error.to_string().contains("no luck"), "{error}");
        sick.remove().await;
    })
    .await;
    let ends = Scratch::run("exit 3", checked("false", 1000)).await;
    let unchecked = Scratch::idle().await;
    for (container, kind, words) in [
        (ends, ErrorKind::ContainerError, "exit code 3"),
        (unchecked, ErrorKind::InvalidArgument, "no health check"),
    ] {
        let error = container.wait_healthy(&WaitHealthyParams::default()).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(words), "{error}");
        container.remove().await;
    }
    let slow = Scratch::run("sleep 1000", checked("false", 1000)).await;
    let error = slow.wait_healthy(&WaitHealthyParams::default().timeout(0.2)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    slow.remove().await;
}
