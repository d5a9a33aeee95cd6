//! Connections to an engine.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use crate::host::Host;

/// Opens connections to one engine, whatever the URL says.
#[derive(Clone)]
pub(crate) struct Connector {
    host: Arc<Host>,
    limit: Duration,
}

impl Connector {
    pub(crate) fn new(host: Arc<Host>, limit: Duration) -> Self {
        Self { host, limit }
    }
}

impl Service<Uri> for Connector {
    type Response = Wire;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Wire>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let Self { host, limit } = self.clone();
        Box::pin(async move {
            let limited = tokio::time::timeout(limit, connect(&host)).await;
            limited.unwrap_or_else(|_| {
                Err(io::Error::new(
                    io::ErrorKind::TimedOut,
                    format!("no connection within {} s; a longer `timeout` allows more", limit.as_secs_f64()),
                ))
            })
        })
    }
}

async fn connect(host: &Host) -> io::Result<Wire> {
    match host {
        Host::Unix(path) => {
            let uri: Uri = hyperlocal::Uri::new(path, "/").into();
            Ok(Wire::Unix(hyperlocal::UnixConnector.call(uri).await?))
        }
        Host::Tcp { host, port } => {
            let stream = TcpStream::connect((host.as_str(), *port)).await?;
            stream.set_nodelay(true)?;
            Ok(Wire::Tcp(TokioIo::new(stream)))
        }
    }
}

/// An open connection. Shutting down its writing half reaches the socket.
pub(crate) enum Wire {
    Unix(hyperlocal::UnixStream),
    Tcp(TokioIo<TcpStream>),
}

macro_rules! each_wire {
    ($self:ident, $io:ident => $call:expr) => {
        match $self.get_mut() {
            Wire::Unix($io) => $call,
            Wire::Tcp($io) => $call,
        }
    };
}

impl Read for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        each_wire!(self, io => Pin::new(io).poll_read(cx, buf))
    }
}

impl Write for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        each_wire!(self, io => Pin::new(io).poll_write(cx, buf))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        each_wire!(self, io => Pin::new(io).poll_flush(cx))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        each_wire!(self, io => Pin::new(io).poll_shutdown(cx))
    }
}

impl Connection for Wire {
    fn connected(&self) -> Connected {
        Connected::new()
    }
}
