//! Lines of a byte stream.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};

use super::ByteStream;
use crate::error::{Error, Result};

/// Lines longer than this are handed over in pieces, so that memory stays bounded.
const LONGEST: usize = 16 << 20;

/// Splits a byte stream into lines without their line ends (`\n` or `\r\n`). The last one needs no line end.
pub struct Lines {
    source: ByteStream,
    /// What has come and was not read yet.
    chunk: Bytes,
    /// The beginning of a line whose end has not come.
    begun: BytesMut,
    ended: bool,
    /// What the source ended with, told of behind the last line.
    error: Option<Error>,
}

impl Lines {
    /// Reads the lines of a byte stream.
    pub fn new(source: ByteStream) -> Self {
        Self { source, chunk: Bytes::new(), begun: BytesMut::new(), ended: false, error: None }
    }

    /// The next line of what is here.
    fn here(&mut self) -> Option<Bytes> {
        let Some(end) = memchr::memchr(b'\n', &self.chunk) else {
            self.begun.extend_from_slice(&std::mem::take(&mut self.chunk));
            return (self.begun.len() >= LONGEST).then(|| self.begun.split().freeze());
        };
        let mut line = self.chunk.split_to(end + 1);
        if !self.begun.is_empty() {
            self.begun.extend_from_slice(&line);
            line = self.begun.split().freeze();
        }
        line.truncate(line.len() - 1);
        if line.last() == Some(&b'\r') {
            line.truncate(line.len() - 1);
        }
        Some(line)
    }
}

impl Stream for Lines {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(line) = this.here() {
                return Poll::Ready(Some(Ok(line)));
            }
            if this.ended {
                let rest = this.begun.split().freeze();
                let rest = (!rest.is_empty()).then_some(Ok(rest));
                return Poll::Ready(rest.or_else(|| this.error.take().map(Err)));
            }
            match ready!(this.source.poll_next_unpin(cx)) {
                Some(Ok(data)) => this.chunk = data,
                end => {
                    this.ended = true;
                    this.error = end.and_then(Result::err);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;

    use super::*;

    fn read(wire: &[u8], size: usize) -> Vec<Vec<u8>> {
        let chunks: Vec<_> = wire.chunks(size).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
        let lines = Lines::new(Box::pin(stream::iter(chunks))).map(|line| line.unwrap().to_vec()).collect();
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(lines)
    }

    #[test]
    fn a_chunk_is_not_a_line() {
        let wire = b"one\ntwo\r\n\nthr\xffee";
        for size in 1..wire.len() {
            assert_eq!(read(wire, size), [&b"one"[..], b"two", b"", b"thr\xffee"], "chunks of {size}");
        }
    }

    #[tokio::test]
    async fn what_came_before_an_error_is_a_line() {
        let broken = Error::new(crate::error::ErrorKind::ConnectionError, "broken");
        let pieces = [Ok(Bytes::from_static(b"one\ntw")), Ok(Bytes::from_static(b"o")), Err(broken)];
        let read: Vec<_> = Lines::new(Box::pin(stream::iter(pieces))).collect().await;
        let lines: Vec<_> = read.iter().map(|line| line.as_ref().ok().map(|line| &line[..])).collect();
        assert_eq!(lines, [Some(&b"one"[..]), Some(b"two"), None]);
    }

    #[test]
    fn a_line_of_ten_megabytes_is_one_line() {
        let mut wire = vec![b'x'; 10_000_000];
        wire.extend(b"\nnext\n");
        let lines = read(&wire, 16_384);
        assert_eq!((lines.len(), lines[0].len()), (2, 10_000_000));
    }
}
