//! A running `ssh` as a two-way stream.

use std::io;
use std::pin::Pin;
use std::process::Stdio;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, MaybeDone, Shared};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::AbortHandle;

/// How much of what ssh says last an error shows, in bytes.
const LAST_WORDS: usize = 1024;
/// How long ssh's words may be awaited after its end, which a process of its own may delay.
const PATIENCE: Duration = Duration::from_secs(1);

/// What went wrong when ssh has ended, if anything.
type End = MaybeDone<Shared<BoxFuture<'static, Option<String>>>>;

/// The input and output of a running `ssh`, which is killed when this is dropped.
pub(in crate::transport) struct SshStream {
    input: Input,
    output: ChildStdout,
    /// One for each half, which may be polled by different tasks.
    ends: [End; 2],
    /// The task that holds the process.
    watch: AbortHandle,
    _permit: OwnedSemaphorePermit,
}

enum Input {
    Open(ChildStdin),
    /// Closed from this side.
    Shut,
    /// Closed from the other side.
    Broken,
}

impl SshStream {
    pub(super) fn start(command: &mut Command, permit: OwnedSemaphorePermit) -> io::Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| super::not_started(command, &error))?;
        let (Some(input), Some(output), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::Error::other("ssh has no pipes"));
        };
        let task = tokio::spawn(watch(child, errors));
        let watch = task.abort_handle();
        let end = task.map(|end| end.unwrap_or_else(|error| Some(error.to_string()))).boxed().shared();
        let ends = [MaybeDone::Future(end.clone()), MaybeDone::Future(end)];
        Ok(Self { input: Input::Open(input), output, ends, watch, _permit: permit })
    }
}

impl Drop for SshStream {
    fn drop(&mut self) {
        self.watch.abort();
    }
}

/// Waits until ssh has ended. That it failed is an error.
fn poll_end(end: &mut End, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
    ready!(end.poll_unpin(cx));
    Poll::Ready(match Pin::new(end).output_mut() {
        Some(Some(words)) => Err(io::Error::new(io::ErrorKind::ConnectionAborted, words.clone())),
        _ => Ok(()),
    })
}

/// Waits for ssh's end, reading what it says so that it never waits for that.
async fn watch(mut child: Child, mut errors: ChildStderr) -> Option<String> {
    let mut words = Vec::new();
    let status = tokio::select! {
        status = child.wait() => status,
        () = listen(&mut errors, &mut words) => child.wait().await,
    };
    let status = match status {
        Ok(status) if status.success() => return None,
        Ok(status) => status,
        Err(error) => return Some(error.to_string()),
    };
    // A limit that runs out leaves what was said until then.
    let _ = tokio::time::timeout(PATIENCE, listen(&mut errors, &mut words)).await;
    let words = String::from_utf8_lossy(&words);
    let words = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ");
    Some(format!("ssh ended with {status}: {}", if words.is_empty() { "it said nothing" } else { &words }))
}

/// Reads to the end and keeps the last of it.
async fn listen(errors: &mut ChildStderr, words: &mut Vec<u8>) {
    while let Ok(1..) = errors.read_buf(words).await {
        let surplus = words.len().saturating_sub(LAST_WORDS);
        words.drain(..surplus);
    }
}

impl AsyncRead for SshStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.output).poll_read(cx, buf))?;
        if buf.filled().len() > before || buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        // The other side may wait for the end of its input before it ends.
        self.input = Input::Broken;
        poll_end(&mut self.ends[0], cx)
    }
}

impl AsyncWrite for SshStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match &mut self.input {
            Input::Open(input) => match ready!(Pin::new(input).poll_write(cx, buf)) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => self.input = Input::Broken,
                result => return Poll::Ready(result),
            },
            Input::Shut => return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
            Input::Broken => {}
        }
        // ssh's own words say more than the broken pipe.
        ready!(poll_end(&mut self.ends[1], cx))?;
        Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.input {
            Input::Open(input) => Pin::new(input).poll_flush(cx),
            Input::Shut | Input::Broken => Poll::Ready(Ok(())),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.as_mut().poll_flush(cx))?;
        self.input = Input::Shut;
        Poll::Ready(Ok(()))
    }
}
