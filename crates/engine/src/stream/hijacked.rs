//! A connection that the engine gave up for a two-way stream (attach, exec, session).

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf, ReadHalf, WriteHalf};
use tokio_util::io::ReaderStream;

use super::ByteStream;
use crate::error::{Error, ErrorKind};
use futures_util::StreamExt;

/// A two-way stream. Shutting down its writing side tells the process that its input has ended and leaves the
/// reading side open.
pub struct Hijacked {
    io: TokioIo<Upgraded>,
    content_type: String,
}

impl Hijacked {
    pub(crate) fn new(upgraded: Upgraded, content_type: String) -> Self {
        Self { io: TokioIo::new(upgraded), content_type }
    }

    /// The content type of the answer, empty where none was given.
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// The reading side as a stream of bytes, and the writing side.
    pub fn split(self) -> (ByteStream, WriteHalf<Self>) {
        let (reader, writer) = tokio::io::split(self);
        (bytes(reader), writer)
    }
}

fn bytes(reader: ReadHalf<Hijacked>) -> ByteStream {
    Box::pin(ReaderStream::with_capacity(reader, 32 * 1024).map(|chunk: io::Result<Bytes>| {
        chunk.map_err(|error| Error::new(ErrorKind::ConnectionError, format!("the connection broke: {error}")))
    }))
}

impl AsyncRead for Hijacked {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_read(cx, buf)
    }
}

impl AsyncWrite for Hijacked {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
