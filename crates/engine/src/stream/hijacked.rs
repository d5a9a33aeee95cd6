//! A connection that the engine gave up for a two-way stream (attach, exec, session).

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf, ReadHalf, WriteHalf};
use tokio_util::io::{ReaderStream, StreamReader};

use super::ByteStream;
use crate::error::{Error, ErrorKind};

/// A two-way stream. Shutting down its writing side tells the process that its input has ended and leaves the
/// reading side open.
pub struct Hijacked {
    io: Io,
    content_type: String,
}

enum Io {
    Both(TokioIo<Upgraded>),
    /// An engine that answers 200 keeps to HTTP: its output can be read, but nothing can be written.
    ReadOnly(StreamReader<Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>, Bytes>),
}

impl Hijacked {
    pub(crate) fn new(upgraded: Upgraded, content_type: String) -> Self {
        Self { io: Io::Both(TokioIo::new(upgraded)), content_type }
    }

    pub(crate) fn read_only(output: ByteStream, content_type: String) -> Self {
        let output = Box::pin(output.map(|chunk| chunk.map_err(io::Error::other)));
        Self { io: Io::ReadOnly(StreamReader::new(output)), content_type }
    }

    fn writer(&mut self) -> io::Result<&mut TokioIo<Upgraded>> {
        match &mut self.io {
            Io::Both(io) => Ok(io),
            Io::ReadOnly(_) => {
                Err(io::Error::new(io::ErrorKind::Unsupported, "the engine takes no input here"))
            }
        }
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
        chunk
            .map_err(|error| Error::new(ErrorKind::ConnectionError, format!("the connection broke: {error}")))
    }))
}

impl AsyncRead for Hijacked {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut self.io {
            Io::Both(io) => Pin::new(io).poll_read(cx, buf),
            Io::ReadOnly(reader) => Pin::new(reader).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Hijacked {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(self.writer()?).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(self.writer()?).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(self.writer()?).poll_shutdown(cx)
    }
}
