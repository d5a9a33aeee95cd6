//! What the tests of the ways to an engine share.

use std::time::{Duration, Instant};

use futures_util::TryStreamExt;
use moondock_engine::models::{CreateParams, DockerClient, ExecOutput, ExecRunParams};
use moondock_engine::stream::{Frames, collect};
use tokio::io::AsyncWriteExt;

use super::sleeper;

/// How long what must happen may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until something is so.
pub(super) async fn eventually(what: &str, mut so: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !so() {
        assert!(Instant::now() < end, "waited in vain for {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Writes to a command in a container with this name, ends its input, and reads what it then says.
pub(super) async fn echo_by_exec(client: &DockerClient, name: &str) {
    let container = sleeper::idle(client, name, CreateParams::default()).await;
    let params = ExecRunParams::default().cmd("sh -c 'cat; echo end'").stdin(true).socket(true);
    let ExecOutput::Socket(socket) = container.exec_run(&params).await.unwrap().output else {
        unreachable!("the output is a socket")
    };
    let (reader, mut writer) = socket.split();
    let input = vec![b'x'; 300_000];
    let write = async {
        writer.write_all(&input).await.unwrap();
        writer.shutdown().await.unwrap();
    };
    // It ends by itself, and only if the end of the input has come through.
    let frames = Frames::multiplexed(reader).map_ok(|frame| frame.data);
    let both = futures_util::future::join(write, collect(frames));
    let ((), output) = tokio::time::timeout(PATIENCE, both).await.unwrap();
    let expected = [&*input, b"end\n"].concat();
    assert!(output.unwrap() == expected, "what came back is not what was sent");
    sleeper::remove(&container).await;
}
