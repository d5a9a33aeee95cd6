//! A connection that the engine gave up for a two-way stream (attach, exec, session).

mod feed;

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf, ReadHalf, WriteHalf};
use tokio::time::{Instant, Sleep};
use tokio_util::io::{ReaderStream, StreamReader};

use super::{ByteStream, Frames, WebSocket};
use crate::error::{Error, ErrorKind};
use crate::transport::Wire;

/// A two-way stream. Shutting down its writing side tells the process that its input has ended and leaves the
/// reading side open.
pub struct Hijacked {
    io: Io,
    content_type: String,
    multiplexed: bool,
    idle: Option<Idle>,
}

/// The limit between two pieces of a stream, and when it runs out.
struct Idle {
    limit: Duration,
    end: Pin<Box<Sleep>>,
}

impl Idle {
    fn new(limit: Duration) -> Self {
        Self { limit, end: Box::pin(tokio::time::sleep(limit)) }
    }

    fn start(&mut self) {
        let limit = self.limit;
        self.end.as_mut().reset(Instant::now() + limit);
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        self.end.as_mut().poll(cx).map(|()| {
            io::Error::new(io::ErrorKind::TimedOut, Error::timeout("further part of the stream", self.limit))
        })
    }
}

enum Io {
    /// The engine answered 101.
    Upgraded(TokioIo<Upgraded>),
    /// The engine answered 200: the output is the answer's body, the input goes past HTTP. What keeps to HTTP, such as
    /// a proxy, takes no input.
    Answered { output: Output, input: Option<Wire> },
    /// The engine speaks WebSocket.
    WebSocket(Box<WebSocket>),
}

type Output = StreamReader<Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>, Bytes>;

impl Hijacked {
    pub(crate) fn upgraded(upgraded: Upgraded, content_type: String, idle: Option<Duration>) -> Self {
        Self {
            io: Io::Upgraded(TokioIo::new(upgraded)),
            content_type,
            idle: idle.map(Idle::new),
            multiplexed: false,
        }
    }

    pub(crate) fn answered(
        output: ByteStream,
        input: Option<Wire>,
        content_type: String,
        idle: Option<Duration>,
    ) -> Self {
        let output: Pin<Box<dyn Stream<Item = _> + Send>> =
            Box::pin(output.map(|chunk| chunk.map_err(io::Error::other)));
        let io = Io::Answered { output: StreamReader::new(output), input };
        Self { io, content_type, idle: idle.map(Idle::new), multiplexed: false }
    }

    pub(crate) fn web_socket(socket: WebSocket, idle: Option<Duration>) -> Self {
        let io = Io::WebSocket(Box::new(socket));
        Self { io, content_type: String::new(), idle: idle.map(Idle::new), multiplexed: false }
    }

    /// Says whether the output is multiplexed, which nothing in it tells.
    pub(crate) fn with_frames(self, multiplexed: bool) -> Self {
        Self { multiplexed, ..self }
    }

    fn writer(&mut self) -> io::Result<&mut (dyn AsyncWrite + Send + Unpin)> {
        match &mut self.io {
            Io::Upgraded(io) => Ok(io),
            Io::WebSocket(io) => Ok(io),
            Io::Answered { input: Some(io), .. } => Ok(io),
            Io::Answered { input: None, .. } => {
                Err(io::Error::new(io::ErrorKind::Unsupported, "the engine takes no input here"))
            }
        }
    }

    /// The content type of the answer, empty where none was given.
    pub fn content_type(&self) -> &str {
        &self.content_type
    }

    /// Whether standard output and standard error come in frames, as they do without a terminal.
    pub fn is_multiplexed(&self) -> bool {
        self.multiplexed
    }

    /// The output as frames, and the writing side.
    pub fn frames(self) -> (Frames, WriteHalf<Self>) {
        let multiplexed = self.multiplexed;
        let (reader, writer) = self.split();
        (if multiplexed { Frames::multiplexed(reader) } else { Frames::raw(reader) }, writer)
    }

    /// Writes all of a stream, then ends the input; gives the output, whose reader drives the writing, so that neither
    /// waits for the other. A process that takes no more input is no error.
    pub fn feed(self, input: ByteStream) -> Frames {
        let multiplexed = self.multiplexed;
        let (reader, writer) = tokio::io::split(self);
        let output = feed::fed(reader, writer, input);
        if multiplexed { Frames::multiplexed(output) } else { Frames::raw(output) }
    }

    /// The reading side as a stream of bytes as they come, and the writing side.
    pub fn split(self) -> (ByteStream, WriteHalf<Self>) {
        let (reader, writer) = tokio::io::split(self);
        (bytes(reader), writer)
    }
}

/// How much is read at a time.
const CAPACITY: usize = 32 * 1024;

fn bytes(reader: ReadHalf<Hijacked>) -> ByteStream {
    let chunks = ReaderStream::with_capacity(reader, CAPACITY);
    Box::pin(chunks.map(|chunk: io::Result<Bytes>| chunk.map_err(|error| broken(&error))))
}

fn broken(error: &io::Error) -> Error {
    match error.get_ref().and_then(|own| own.downcast_ref::<Error>()) {
        Some(own) => own.clone(),
        None => Error::new(ErrorKind::ConnectionError, format!("the connection broke: {error}")),
    }
}

impl AsyncRead for Hijacked {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = match &mut self.io {
            Io::Upgraded(io) => Pin::new(io).poll_read(cx, buf),
            Io::Answered { output, .. } => Pin::new(output).poll_read(cx, buf),
            Io::WebSocket(io) => Pin::new(io).poll_read(cx, buf),
        };
        let Some(idle) = &mut self.idle else { return read };
        if read.is_pending() {
            return idle.poll(cx).map(Err);
        }
        idle.start();
        read
    }
}

impl AsyncWrite for Hijacked {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = ready!(Pin::new(self.writer()?).poll_write(cx, buf));
        self.idle.iter_mut().for_each(Idle::start);
        Poll::Ready(written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(self.writer()?).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(self.writer()?).poll_shutdown(cx)
    }
}
