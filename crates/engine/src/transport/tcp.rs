//! TCP without encryption.

use std::io;

use tokio::net::TcpStream;

/// Opens a connection that sends small pieces at once.
pub(super) async fn connect(host: &str, port: u16) -> io::Result<TcpStream> {
    let stream = TcpStream::connect((host, port)).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}
