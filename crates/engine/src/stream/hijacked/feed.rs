//! Writing to a connection while it is read.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::{FutureExt, Stream, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt};
use tokio_util::io::ReaderStream;

use super::ByteStream;
use crate::error::{Error, ErrorKind, Result};

/// The output of a connection. Whoever reads it drives the input too.
struct Fed<R> {
    output: ReaderStream<R>,
    input: Option<Pin<Box<dyn Future<Output = Result<bool>> + Send>>>,
    /// All of the input was taken.
    delivered: bool,
}

pub(super) fn fed(
    reader: impl AsyncRead + Send + Unpin + 'static,
    writer: impl AsyncWrite + Send + Unpin + 'static,
    input: ByteStream,
) -> ByteStream {
    let output = ReaderStream::with_capacity(reader, super::CAPACITY);
    Box::pin(Fed { output, input: Some(Box::pin(write(writer, input))), delivered: false })
}

/// Writes all of the input; tells whether the other side took it.
async fn write(mut writer: impl AsyncWrite + Unpin, mut input: ByteStream) -> Result<bool> {
    while let Some(chunk) = input.next().await {
        if ended(writer.write_all(&chunk?).await)? {
            return Ok(false);
        }
    }
    ended(writer.shutdown().await).map(|ended| !ended)
}

/// Whether the other side takes no more.
fn ended(result: io::Result<()>) -> Result<bool> {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected};

    match result {
        Ok(()) => Ok(false),
        Err(error)
            if matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | NotConnected) =>
        {
            Ok(true)
        }
        Err(error) => {
            Err(Error::new(ErrorKind::ConnectionError, format!("the input could not be written: {error}")))
        }
    }
}

impl<R: AsyncRead + Unpin> Stream for Fed<R> {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(Poll::Ready(result)) = self.input.as_mut().map(|input| input.poll_unpin(cx)) {
            self.input = None;
            match result {
                Ok(delivered) => self.delivered = delivered,
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
        Poll::Ready(match ready!(self.output.poll_next_unpin(cx)) {
            // Who closes a connection before it has read everything, resets it.
            Some(Err(error)) if error.kind() == io::ErrorKind::ConnectionReset && !self.delivered => None,
            chunk => chunk.map(|chunk| chunk.map_err(|error| super::broken(&error))),
        })
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;
    use tokio::io::{AsyncReadExt, duplex, split};

    use super::*;
    use crate::stream::collect;

    fn megabytes(count: usize) -> ByteStream {
        Box::pin(stream::iter((0..count).map(|_| Ok(Bytes::from(vec![7; 1 << 20])))))
    }

    #[tokio::test]
    async fn neither_side_waits_for_the_other() {
        let (ours, theirs) = duplex(1000);
        let echo = tokio::spawn(async move {
            let (mut reader, mut writer) = split(theirs);
            tokio::io::copy(&mut reader, &mut writer).await.unwrap();
            writer.shutdown().await.unwrap();
        });
        let (reader, writer) = split(ours);
        assert_eq!(collect(fed(reader, writer, megabytes(5))).await.unwrap(), vec![7; 5 << 20]);
        echo.await.unwrap();
    }

    #[tokio::test]
    async fn who_takes_no_more_still_answers() {
        let (ours, mut theirs) = duplex(1000);
        tokio::spawn(async move {
            theirs.read_exact(&mut [0; 10]).await.unwrap();
            theirs.write_all(b"enough").await.unwrap();
        });
        let (reader, writer) = split(ours);
        assert_eq!(collect(fed(reader, writer, megabytes(1))).await.unwrap(), b"enough");
    }

    #[tokio::test]
    async fn a_reset_with_input_left_is_an_end() {
        let (mut theirs, ours) = tokio::net::UnixStream::pair().unwrap();
        theirs.write_all(b"enough").await.unwrap();
        let (reader, writer) = ours.into_split();
        let mut fed = fed(reader, writer, megabytes(10));
        // Until the other side's buffer is full.
        assert_eq!(fed.next().await.unwrap().unwrap(), "enough");
        assert!(fed.next().now_or_never().is_none());
        drop(theirs);
        assert!(fed.next().await.is_none());
    }

    #[tokio::test]
    async fn the_inputs_error_is_one() {
        let (ours, _theirs) = duplex(1000);
        let (reader, writer) = split(ours);
        let lost: ByteStream = Box::pin(stream::iter([Err(Error::new(ErrorKind::IOError, "lost"))]));
        assert_eq!(collect(fed(reader, writer, lost)).await.unwrap_err().to_string(), "lost");
    }
}
