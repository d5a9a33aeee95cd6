//! Lines of a byte stream.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};

use super::ByteStream;
use crate::error::Result;

/// Lines longer than this are handed over in pieces, so that memory stays bounded.
const LONGEST: usize = 16 << 20;

/// Splits a byte stream into lines without their line ends (`\n` or `\r\n`). The last one needs no line end.
pub struct Lines {
    source: ByteStream,
    buffer: BytesMut,
    searched: usize,
    ended: bool,
}

impl Lines {
    /// Reads the lines of a byte stream.
    pub fn new(source: ByteStream) -> Self {
        Self { source, buffer: BytesMut::new(), searched: 0, ended: false }
    }

    fn buffered(&mut self) -> Option<Bytes> {
        if let Some(offset) = self.buffer[self.searched..].iter().position(|byte| *byte == b'\n') {
            let mut line = self.buffer.split_to(self.searched + offset + 1);
            self.searched = 0;
            line.truncate(line.len() - 1);
            if line.last() == Some(&b'\r') {
                line.truncate(line.len() - 1);
            }
            return Some(line.freeze());
        }
        self.searched = self.buffer.len();
        (self.buffer.len() >= LONGEST).then(|| self.rest())
    }

    fn rest(&mut self) -> Bytes {
        self.searched = 0;
        self.buffer.split().freeze()
    }
}

impl Stream for Lines {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(line) = this.buffered() {
                return Poll::Ready(Some(Ok(line)));
            }
            if this.ended {
                let rest = this.rest();
                return Poll::Ready((!rest.is_empty()).then_some(Ok(rest)));
            }
            match ready!(this.source.poll_next_unpin(cx)) {
                Some(Ok(data)) => this.buffer.extend_from_slice(&data),
                Some(Err(error)) => {
                    this.ended = true;
                    this.rest();
                    return Poll::Ready(Some(Err(error)));
                }
                None => this.ended = true,
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

    #[test]
    fn a_line_of_ten_megabytes_is_one_line() {
        let mut wire = vec![b'x'; 10_000_000];
        wire.extend(b"\nnext\n");
        let lines = read(&wire, 16_384);
        assert_eq!((lines.len(), lines[0].len()), (2, 10_000_000));
    }
}
