//! One connection of the server: HTTP/1.1 as far as clients of the Engine API speak it.

use std::io;
use std::sync::Arc;

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::gate::Gate;
use super::reply::Step;
use super::server::Shared;

pub(super) trait Socket: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Socket for T {}

/// A request as it arrived.
#[derive(Clone, Debug, Default)]
pub(crate) struct Received {
    pub(crate) method: String,
    /// The version that the path began with, such as `1.41`; empty without one.
    pub(crate) version: String,
    /// The path behind the version.
    pub(crate) path: String,
    pub(crate) query: String,
    /// Names in small letters.
    headers: Vec<(String, String)>,
    /// The body, and what was read behind it on a connection that was given up.
    pub(crate) body: Vec<u8>,
    /// The connection that it came by, counted from 0.
    pub(crate) connection: usize,
}

impl Received {
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

// A connection that the client breaks off is what some tests are about.
pub(super) async fn serve(socket: Box<dyn Socket>, connection: usize, shared: Arc<Shared>) {
    let mut peer = Peer { socket, buffer: BytesMut::new(), shared, request: 0, closing: Vec::new() };
    while let Ok(Some(received)) = peer.head(connection).await {
        let reply = peer.shared.reply(&received.line());
        for step in reply.steps {
            match peer.play(step, &received).await {
                Ok(true) => {}
                Ok(false) | Err(_) => return,
            }
        }
    }
}

struct Peer {
    socket: Box<dyn Socket>,
    buffer: BytesMut,
    shared: Arc<Shared>,
    /// The place of the current request among all.
    request: usize,
    /// What opens when the connection closes.
    closing: Vec<Gate>,
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.closing.iter().for_each(Gate::open);
    }
}

impl Peer {
    /// Reads more; false at the end.
    async fn more(&mut self) -> io::Result<bool> {
        Ok(self.socket.read_buf(&mut self.buffer).await? > 0)
    }

    async fn line(&mut self) -> io::Result<String> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|pair| pair == b"\r\n") {
                let line = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
                self.buffer.advance(end + 2);
                return Ok(line);
            }
            if !self.more().await? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
    }

    async fn head(&mut self, connection: usize) -> io::Result<Option<Received>> {
        if self.buffer.is_empty() && !self.more().await? {
            return Ok(None);
        }
        let line = self.line().await?;
        let mut words = line.split(' ').map(str::to_owned);
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let versioned = path.strip_prefix("/v").and_then(|rest| rest.split_once('/'));
        let versioned = versioned.filter(|(version, _)| version.starts_with(|c: char| c.is_ascii_digit()));
        let (version, path) = versioned.map_or(("", path.to_owned()), |(v, path)| (v, format!("/{path}")));
        let mut received = Received { method, path, connection, ..Received::default() };
        (received.version, received.query) = (version.to_owned(), query.to_owned());
        loop {
            let line = self.line().await?;
            let Some((name, value)) = line.split_once(": ") else { break };
            received.headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let mut requests = self.shared.requests.lock().unwrap();
        self.request = requests.len();
        requests.push(received.clone());
        Ok(Some(received))
    }

    /// Records so many of the bytes that have come.
    fn record(&mut self, length: usize) {
        let data = self.buffer.split_to(length);
        self.shared.requests.lock().unwrap()[self.request].body.extend_from_slice(&data);
    }

    async fn exactly(&mut self, length: usize) -> io::Result<()> {
        while self.buffer.len() < length {
            if !self.more().await? {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        self.record(length);
        Ok(())
    }

    async fn body(&mut self, received: &Received) -> io::Result<()> {
        if received.header("transfer-encoding") == Some("chunked") {
            loop {
                let size = usize::from_str_radix(&self.line().await?, 16).map_err(io::Error::other)?;
                self.exactly(size).await?;
                self.line().await?;
                if size == 0 {
                    return Ok(());
                }
            }
        }
        let length = received.header("content-length").map_or(Ok(0), str::parse);
        self.exactly(length.map_err(io::Error::other)?).await
    }

    /// Plays a step; false when the connection is to be closed.
    async fn play(&mut self, step: Step, received: &Received) -> io::Result<bool> {
        match step {
            Step::ReadBody => self.body(received).await?,
            Step::Read(bytes) => {
                while self.buffer.len() < bytes && self.more().await? {}
                self.record(self.buffer.len().min(bytes));
            }
            Step::ReadToEnd => {
                while self.more().await.unwrap_or(false) {
                    self.record(self.buffer.len());
                }
                self.record(self.buffer.len());
            }
            Step::Send(bytes) => self.socket.write_all(&bytes).await?,
            Step::Wait(gate) => gate.opened().await,
            Step::Open(gate) => gate.open(),
            Step::OpenWhenClosed(gate) => self.closing.push(gate),
            Step::Sleep(time) => tokio::time::sleep(time).await,
            Step::Close => return Ok(false),
        }
        Ok(true)
    }
}
