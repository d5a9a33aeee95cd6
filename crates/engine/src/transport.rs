//! Connections to an engine.

mod wire;

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use crate::host::Host;
use wire::Stream;
pub(crate) use wire::{WayBack, Wire};

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
    type Response = TokioIo<Wire>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Uri) -> Self::Future {
        let Self { host, limit } = self.clone();
        Box::pin(async move {
            let limited = tokio::time::timeout(limit, connect(&host)).await;
            let stream = limited.unwrap_or_else(|_| {
                Err(io::Error::new(
                    io::ErrorKind::TimedOut,
                    format!("no connection within {} s; a longer `timeout` allows more", limit.as_secs_f64()),
                ))
            })?;
            Ok(TokioIo::new(Wire::new(stream)))
        })
    }
}

async fn connect(host: &Host) -> io::Result<Stream> {
    match host {
        Host::Unix(path) => {
            let uri: Uri = hyperlocal::Uri::new(path, "/").into();
            Ok(Stream::Unix(hyperlocal::UnixConnector.call(uri).await?))
        }
        Host::Tcp { host, port } => {
            let stream = TcpStream::connect((host.as_str(), *port)).await?;
            stream.set_nodelay(true)?;
            Ok(Stream::Tcp(stream))
        }
    }
}
