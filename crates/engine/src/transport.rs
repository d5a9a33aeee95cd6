//! Connections to an engine.

#[cfg(windows)]
mod npipe;
mod ssh;
mod tcp;
mod tls;
#[cfg(unix)]
mod unix;
mod wire;

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_util::rt::TokioIo;
use tower_service::Service;

use crate::client::Settings;
use crate::error::Error;
use crate::host::Host;
use crate::tls::{Tls, TlsConfig};
use wire::Stream;
pub(crate) use wire::{WayBack, Wire};

/// Opens connections to one engine, whatever the URL says.
#[derive(Clone)]
pub(crate) struct Connector {
    way: Arc<Way>,
    limit: Duration,
}

/// The way to an engine.
enum Way {
    #[cfg(unix)]
    Unix(std::path::PathBuf),
    Tcp(String, u16),
    Tls(String, u16, Result<Tls, Error>),
    Ssh(ssh::Dialer),
    #[cfg(windows)]
    Npipe(String),
    #[cfg(not(unix))]
    None(Host),
}

impl Connector {
    pub(crate) fn new(settings: &Settings) -> Self {
        let limit = settings.timeouts.connect;
        let tls = settings.tls.clone();
        let way = match (settings.host.clone(), tls) {
            (Host::Tcp { host, port }, None) => Way::Tcp(host, port),
            (Host::Tcp { host, port } | Host::Https { host, port }, Some(tls)) => {
                Way::Tls(host, port, Ok(tls))
            }
            (Host::Https { host, port }, None) => Way::Tls(host, port, TlsConfig::default().load()),
            (Host::Ssh { user, host, port, socket }, _) => {
                let target = ssh::Target { user, host, port, socket };
                Way::Ssh(ssh::Dialer::new(target, settings.ssh.clone(), limit))
            }
            #[cfg(unix)]
            (Host::Unix(path), _) => Way::Unix(path),
            #[cfg(windows)]
            (Host::Npipe(path), _) => Way::Npipe(path),
            #[cfg(not(unix))]
            (host @ Host::Unix(_), _) => Way::None(host),
        };
        Self { way: Arc::new(way), limit }
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
        let Self { way, limit } = self.clone();
        Box::pin(async move {
            let limited = tokio::time::timeout(limit, connect(&way)).await;
            let stream = limited.unwrap_or_else(|_| Err(late(limit, &way)))?;
            Ok(TokioIo::new(Wire::new(stream)))
        })
    }
}

async fn connect(way: &Way) -> io::Result<Stream> {
    match way {
        #[cfg(unix)]
        Way::Unix(path) => unix::connect(path).await.map(Stream::Unix),
        Way::Tcp(host, port) => tcp::connect(host, *port).await.map(Stream::Tcp),
        Way::Tls(host, port, Ok(tls)) => tls::connect(host, *port, tls).await.map(Stream::Tls),
        Way::Tls(_, _, Err(error)) => Err(io::Error::other(error.clone())),
        Way::Ssh(dialer) => dialer.connect().await.map(Stream::Ssh),
        #[cfg(windows)]
        Way::Npipe(path) => npipe::connect(path).await.map(Stream::Npipe),
        #[cfg(not(unix))]
        Way::None(host) => Err(io::Error::new(
            io::ErrorKind::Unsupported,
            format!("{host} cannot be reached from this system"),
        )),
    }
}

fn late(limit: Duration, way: &Way) -> io::Error {
    let why = match way {
        Way::Ssh(dialer) => dialer.why_late(),
        _ => String::new(),
    };
    let limit = limit.as_secs_f64();
    let words = format!("no connection within {limit} s{why}; a longer `timeout` allows more");
    io::Error::new(io::ErrorKind::TimedOut, words)
}
