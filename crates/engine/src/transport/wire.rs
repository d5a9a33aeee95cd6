//! One open connection.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Waker, ready};
use std::time::Instant;

use hyper_util::client::legacy::connect::{Connected, Connection};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;

/// An open connection. Shutting down its writing half reaches the other side and leaves the reading half open.
pub(crate) struct Wire(Arc<Mutex<Socket>>);

/// The way back to the connection that a request went by. It does not keep the connection open.
#[derive(Clone)]
pub(crate) struct WayBack(Arc<Known>);

/// What is known of a connection, even if it is closed.
struct Known {
    socket: Weak<Mutex<Socket>>,
    closed: watch::Receiver<()>,
    opened: Instant,
    kept: AtomicBool,
}

struct Socket {
    stream: Stream,
    /// An engine may answer before an upload ends and take no more of it. HTTP would drop the answer for a write that
    /// fails, so none does until HTTP has read to the end.
    hides_failed_writes: bool,
    abandoned: bool,
    /// Who is to be told when the connection is abandoned.
    user: Option<Waker>,
    /// Dropped with the socket, which tells that it is closed.
    open: watch::Sender<()>,
}

pub(super) enum Stream {
    #[cfg(unix)]
    Unix(super::unix::Stream),
    Tcp(TcpStream),
    Tls(super::tls::Stream),
    Ssh(super::ssh::Stream),
    #[cfg(windows)]
    Npipe(super::npipe::Stream),
}

macro_rules! each_stream {
    ($socket:expr, $io:ident => $call:expr) => {
        match &mut $socket.stream {
            #[cfg(unix)]
            Stream::Unix($io) => $call,
            Stream::Tcp($io) => $call,
            Stream::Tls($io) => $call,
            Stream::Ssh($io) => $call,
            #[cfg(windows)]
            Stream::Npipe($io) => $call,
        }
    };
}

impl Wire {
    pub(super) fn new(stream: Stream) -> Self {
        let socket = Socket {
            stream,
            hides_failed_writes: true,
            abandoned: false,
            user: None,
            open: watch::Sender::new(()),
        };
        Self(Arc::new(Mutex::new(socket)))
    }

    fn way_back(&self) -> WayBack {
        let closed = self.socket().open.subscribe();
        let known = Known {
            socket: Arc::downgrade(&self.0),
            closed,
            opened: Instant::now(),
            kept: AtomicBool::new(false),
        };
        WayBack(Arc::new(known))
    }

    fn socket(&self) -> MutexGuard<'_, Socket> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The socket for one more try to read or write.
    fn used(&self, cx: &Context<'_>) -> io::Result<MutexGuard<'_, Socket>> {
        let mut socket = self.socket();
        if socket.abandoned {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        socket.user.get_or_insert_with(|| cx.waker().clone()).clone_from(cx.waker());
        Ok(socket)
    }
}

impl WayBack {
    /// The connection, which HTTP has given up. None if it is closed.
    pub(crate) fn take_over(&self) -> Option<Wire> {
        let wire = Wire(self.0.socket.upgrade()?);
        wire.socket().hides_failed_writes = false;
        Some(wire)
    }

    /// Waits until the connection is closed.
    pub(crate) async fn closed(&self) {
        let mut closed = self.0.closed.clone();
        while closed.changed().await.is_ok() {}
    }

    /// Whether both lead to the same connection.
    pub(crate) fn is(&self, other: &Self) -> bool {
        self.0.socket.ptr_eq(&other.0.socket)
    }

    /// Takes note that the connection has carried a request.
    pub(crate) fn keep(&self) {
        self.0.kept.store(true, Ordering::Relaxed);
    }

    /// Whether the connection had carried a request, even if it is closed now.
    pub(crate) fn is_kept(&self) -> bool {
        self.0.kept.load(Ordering::Relaxed)
    }

    /// When the connection was opened.
    pub(crate) fn opened(&self) -> Instant {
        self.0.opened
    }

    /// Has the connection closed at once, even if it is stuck in a write.
    pub(crate) fn abandon(&self) {
        if let Some(wire) = self.0.socket.upgrade().map(Wire) {
            let mut socket = wire.socket();
            socket.abandoned = true;
            if let Some(user) = socket.user.take() {
                user.wake();
            }
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let mut socket = self.used(cx)?;
        let before = buf.filled().len();
        let result = ready!(each_stream!(socket, io => Pin::new(io).poll_read(cx, buf)));
        let ended = result.is_err() || buf.filled().len() == before;
        socket.hides_failed_writes &= !ended;
        Poll::Ready(result)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let mut socket = self.used(cx)?;
        match ready!(each_stream!(socket, io => Pin::new(io).poll_write(cx, buf))) {
            // Reading wakes HTTP when the answer, or the end of the connection, is there.
            Err(_) if socket.hides_failed_writes => Poll::Pending,
            result => Poll::Ready(result),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        each_stream!(self.used(cx)?, io => Pin::new(io).poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        each_stream!(self.used(cx)?, io => Pin::new(io).poll_shutdown(cx))
    }
}

impl Connection for Wire {
    fn connected(&self) -> Connected {
        Connected::new().extra(self.way_back())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures_util::FutureExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// A connection whose other end has answered, and closed with something left unread.
    async fn refused() -> Wire {
        let (mut wire, mut other) = pair().await;
        wire.write_all(b"request").await.unwrap();
        other.write_all(b"answer").await.unwrap();
        let mut first = [0];
        other.read_exact(&mut first).await.unwrap();
        drop(other);
        wire
    }

    async fn pair() -> (Wire, TcpStream) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        (Wire::new(Stream::Tcp(stream)), listener.accept().await.unwrap().0)
    }

    /// Writes until that fails.
    async fn overfill(wire: &mut Wire) -> io::Error {
        let filling = async {
            loop {
                if let Err(error) = wire.write_all(&[0; 1 << 14]).await {
                    return error;
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(30), filling).await.unwrap()
    }

    #[tokio::test]
    async fn a_failed_write_shows_when_all_is_read() {
        let mut wire = refused().await;
        while let Some(written) = wire.write(&[0; 1 << 14]).now_or_never() {
            written.unwrap();
        }
        let mut answer = Vec::new();
        // The end shows as a reset, since something was left unread.
        let _ = wire.read_to_end(&mut answer).await;
        assert_eq!(answer, b"answer");
        overfill(&mut wire).await;
    }

    #[tokio::test]
    async fn a_failed_write_shows_at_once_on_a_connection_that_http_gave_up() {
        let wire = refused().await;
        let mut raw = wire.way_back().take_over().unwrap();
        overfill(&mut raw).await;
    }

    #[tokio::test]
    async fn abandoning_reaches_who_is_stuck() {
        let (mut wire, other) = pair().await;
        let way_back = wire.way_back();
        let stuck = tokio::spawn(async move { wire.read(&mut [0]).await });
        tokio::task::yield_now().await;
        way_back.abandon();
        let result = tokio::time::timeout(Duration::from_secs(30), stuck).await.unwrap();
        assert_eq!(result.unwrap().unwrap_err().kind(), io::ErrorKind::ConnectionAborted);
        assert!(way_back.take_over().is_none(), "nothing keeps it open");
        drop(other);
    }
}
