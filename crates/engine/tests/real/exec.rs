//! Commands in containers.

use futures_util::StreamExt;
use moondock_engine::ErrorKind;
use moondock_engine::models::{
    CreateParams, ExecCreateParams, ExecOutput, ExecRunParams, ExecStartParams, ResizeParams,
};
use moondock_engine::stream::{collect, once};
use moondock_tests::engine::abilities;
use tokio::io::AsyncWriteExt;

use super::needs::needs;
use super::scratch::{Scratch, assert_megabytes, megabytes};

fn run(script: &str) -> ExecRunParams {
    ExecRunParams::default().cmd(["sh", "-c", script])
}

fn bytes(output: ExecOutput) -> Vec<u8> {
    match output {
        ExecOutput::Collected(bytes) => bytes,
        ExecOutput::Demuxed(..) | ExecOutput::Streaming(_) | ExecOutput::Socket(_) => panic!("not collected"),
    }
}

#[tokio::test]
async fn takes_input_while_its_output_is_read() {
    let container = Scratch::idle().await;
    let result = container.exec_run_with_input(&run("cat; exit 5"), megabytes(50)).await.unwrap();
    assert_eq!(result.exit_code, Some(5));
    assert_megabytes(&bytes(result.output), 50);

    let result =
        container.exec_run_with_input(&run("cat; echo x >&2").demux(true), once("in")).await.unwrap();
    let ExecOutput::Demuxed(stdout, stderr) = result.output else { panic!("not apart") };
    assert_eq!((stdout.unwrap(), stderr.unwrap()), (b"in".to_vec(), b"x\n".to_vec()));
    container.remove().await;
}

#[tokio::test]
async fn may_end_before_its_input() {
    let container = Scratch::idle().await;
    needs(&abilities::EXEC_INPUT_LEFT_OVER, async {
        let result =
            container.exec_run_with_input(&run("head -c 4 | wc -c; exit 2"), megabytes(20)).await.unwrap();
        assert_eq!((result.exit_code, bytes(result.output)), (Some(2), b"4\n".to_vec()));
    })
    .await;
    for params in [run("cat").detach(true), run("cat").socket(true)] {
        let error = container.exec_run_with_input(&params, once("x")).await.err().unwrap();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}");
    }
    container.remove().await;
}

#[tokio::test]
async fn a_stream_has_an_exit_code_when_it_has_ended() {
    let container = Scratch::idle().await;
    let result = container.exec_run(&run("read x; echo $x; exit 7").stream(true).stdin(true)).await.unwrap();
    assert_eq!(result.exit_code, None);
    let ExecOutput::Streaming(frames) = result.output else { panic!("no stream") };
    assert_eq!(collect(frames.bytes()).await.unwrap(), b"\n");
    assert_eq!(result.exec.exit_code().await.unwrap(), Some(7));
    assert_eq!(result.exec.inspect().await.unwrap()["Running"], false);
    container.remove().await;
}

#[tokio::test]
async fn is_prepared_then_started() {
    let container = Scratch::idle().await;
    let exec = container.exec_create(&ExecCreateParams::default().cmd("cat").stdin(true)).await.unwrap();
    assert_eq!(exec.inspect().await.unwrap()["ID"], exec.id());
    let output = exec.start_with_input(&ExecStartParams::default(), once("in")).await.unwrap();
    assert_eq!(bytes(output), b"in");
    assert_eq!(exec.exit_code().await.unwrap(), Some(0));
    container.remove().await;
}

#[tokio::test]
async fn a_terminal_has_the_size_that_it_is_given() {
    let container = Scratch::idle().await;
    let params = ExecCreateParams::default().cmd(["sh", "-c", "read x; stty size"]).stdin(true).tty(true);
    let exec = container.exec_create(&params).await.unwrap();
    let start = ExecStartParams::default().tty(true).socket(true);
    let ExecOutput::Socket(connection) = exec.start(&start).await.unwrap() else { panic!("no socket") };
    // The engine answers before the command runs, which alone has a terminal.
    let mut tries = 0;
    while let Err(error) = exec.resize(&ResizeParams::default().height(32).width(102)).await {
        tries += 1;
        assert!(tries < 100, "{error}");
    }
    let (frames, mut writer) = connection.frames();
    writer.write_all(b"\n").await.unwrap();
    let output = collect(frames.bytes()).await.unwrap();
    assert!(String::from_utf8_lossy(&output).contains("32 102"), "{output:?}");

    let params = run("stty size").tty(true).console_size(vec![33, 103]);
    let size = container.exec_run(&params).await;
    match size {
        Ok(result) => assert_eq!(bytes(result.output), b"33 103\r\n"),
        Err(error) => assert_eq!(error.kind(), ErrorKind::InvalidVersion, "{error}"),
    }
    container.remove().await;
}

#[tokio::test]
async fn keys_detach() {
    let container = Scratch::idle().await;
    let params = ExecRunParams::default().cmd("cat").stdin(true).tty(true).socket(true).detach_keys("ctrl-x");
    let result = container.exec_run(&params).await.unwrap();
    let ExecOutput::Socket(connection) = result.output else { panic!("no socket") };
    let (frames, mut writer) = connection.frames();
    let mut output = frames.bytes();
    writer.write_all(b"hello\n").await.unwrap();
    let first = output.next().await.unwrap().unwrap();
    assert!(first.starts_with(b"hello"), "{first:?}");
    writer.write_all(b"\x18").await.unwrap();
    // Not detached, it would show `^X` and go on. Engines may say why the output ends, each in its own words.
    let rest = String::from_utf8(collect(output).await.unwrap()).unwrap();
    let said = ["read escape sequence", "detached from container"].iter().any(|words| rest.contains(words));
    assert!(said || rest.is_empty() || rest == "hello\r\n", "{rest}");
    container.remove().await;
}

#[tokio::test]
async fn a_container_that_does_not_run_takes_none() {
    let container = Scratch::create(CreateParams::default().command("true")).await;
    needs(&abilities::CLIENT_ERRORS, async {
        let error = container.exec_run(&run("true")).await.err().unwrap();
        assert_eq!(error.status_code(), Some(409), "{error}");
    })
    .await;
    container.remove().await;
}
