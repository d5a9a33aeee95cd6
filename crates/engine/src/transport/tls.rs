//! TLS over TCP.

use std::io;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;

use super::tcp;
use crate::tls::Tls;

/// Shutting down its writing half sends the alert that says so, then shuts down the socket's.
pub(super) type Stream = Box<TlsStream<TcpStream>>;

pub(super) async fn connect(host: &str, port: u16, tls: &Tls) -> io::Result<Stream> {
    let name = ServerName::try_from(host.to_owned())
        .map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, format!("`{host}` is no name of a host")))?;
    let stream = tcp::connect(host, port).await?;
    let stream = TlsConnector::from(Arc::clone(&tls.config)).connect(name, stream).await?;
    Ok(Box::new(stream))
}
