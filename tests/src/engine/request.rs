//! The few plain requests that preparing an engine takes, without the client that is under test.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How long a request may take unless told otherwise.
const DEADLINE: Duration = Duration::from_secs(60);
/// How long a ping may take.
const PING: Duration = Duration::from_secs(5);

/// Where an engine listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// A unix socket.
    Unix(PathBuf),
    /// A host and its port, spoken to without TLS.
    Tcp(String),
}

/// What an engine answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text, with each invalid sequence replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// It is none.
    pub fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_slice(&self.body).with_context(|| format!("no JSON in the answer: {}", self.text()))
    }

    /// Hands the answer on unless it tells of an error.
    ///
    /// # Errors
    /// The status is 400 or above; the error has the engine's words.
    pub fn success(self) -> Result<Self> {
        if self.status >= 400 {
            bail!("the engine answered {}: {}", self.status, self.text().trim());
        }
        Ok(self)
    }
}

impl Address {
    /// Reads a `DOCKER_HOST`.
    ///
    /// # Errors
    /// It is neither `unix://PATH` nor `tcp://HOST:PORT`.
    pub fn parse(host: &str) -> Result<Self> {
        if let Some(path) = host.strip_prefix("unix://") {
            return Ok(Self::Unix(path.into()));
        }
        match host.strip_prefix("tcp://").or_else(|| host.strip_prefix("http://")) {
            Some(address) => Ok(Self::Tcp(address.trim_end_matches('/').to_owned())),
            None => bail!("{host:?} is neither unix://PATH nor tcp://HOST:PORT"),
        }
    }

    /// The address as `DOCKER_HOST` has it.
    pub fn host(&self) -> String {
        match self {
            Self::Unix(path) => format!("unix://{}", path.display()),
            Self::Tcp(address) => format!("tcp://{address}"),
        }
    }

    /// Asks whether the engine is there.
    ///
    /// # Errors
    /// It is not, or it answers with an error.
    pub fn ping(&self) -> Result<()> {
        self.call_within("GET", "/_ping", "", &[], PING)?.success()?;
        Ok(())
    }

    /// Makes a request; `content` is the body's media type and may be empty when the body is.
    ///
    /// # Errors
    /// The engine is out of reach or has not answered within a minute. A status that tells of an error is none here.
    pub fn call(&self, method: &str, path: &str, content: &str, body: &[u8]) -> Result<Answer> {
        self.call_within(method, path, content, body, DEADLINE)
    }

    fn call_within(
        &self,
        method: &str,
        path: &str,
        content: &str,
        body: &[u8],
        limit: Duration,
    ) -> Result<Answer> {
        let exchange = || match self {
            Self::Unix(socket) => {
                let stream = UnixStream::connect(socket)?;
                stream.set_write_timeout(Some(limit))?;
                // The longest that one read waits; the loop that reads watches the whole.
                stream.set_read_timeout(Some(limit))?;
                exchange(stream, method, path, content, body, limit)
            }
            Self::Tcp(address) => {
                let found = address.to_socket_addrs()?.next().context("the name stands for no address")?;
                let stream = TcpStream::connect_timeout(&found, limit)?;
                stream.set_write_timeout(Some(limit))?;
                stream.set_read_timeout(Some(limit))?;
                exchange(stream, method, path, content, body, limit)
            }
        };
        exchange().with_context(|| format!("{method} {path} at {}", self.host()))
    }
}

fn exchange(
    mut stream: impl Read + Write,
    method: &str,
    path: &str,
    content: &str,
    body: &[u8],
    limit: Duration,
) -> Result<Answer> {
    // To 1.0 the engine answers unchunked and closes behind the answer.
    let kind = if content.is_empty() { String::new() } else { format!("Content-Type: {content}\r\n") };
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.0\r\nHost: docker\r\nContent-Length: {length}\r\n{kind}\r\n");
    stream.write_all(head.as_bytes())?;
    // An engine may answer, and close, before it has read everything: its answer says more than the broken pipe.
    let written = stream.write_all(body);
    let end = Instant::now() + limit;
    let mut bytes = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        match stream.read(&mut chunk) {
            Ok(0) => break,
            Ok(length) => bytes.extend_from_slice(&chunk[..length]),
            Err(error) if bytes.is_empty() => return written.and(Err(error)).context("no answer"),
            Err(error) => return Err(error).context("the answer is cut short"),
        }
        if Instant::now() >= end {
            bail!("the answer has not ended in {limit:?}");
        }
    }
    parse(&bytes)
}

fn parse(bytes: &[u8]) -> Result<Answer> {
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .context("the answer has no end of headers")?;
    let head = String::from_utf8_lossy(&bytes[..end]);
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
    let status = status.with_context(|| format!("no HTTP answer: {head:?}"))?;
    Ok(Answer { status, body: bytes[end + 4..].to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read() {
        assert_eq!(Address::parse("unix:///run/x.sock").unwrap(), Address::Unix("/run/x.sock".into()));
        assert_eq!(Address::parse("tcp://localhost:2375/").unwrap(), Address::Tcp("localhost:2375".into()));
        let error = Address::parse("ssh://box").unwrap_err().to_string();
        assert_eq!(error, "\"ssh://box\" is neither unix://PATH nor tcp://HOST:PORT");
    }

    #[test]
    fn answers_are_read() {
        let answer = parse(b"HTTP/1.0 404 Not Found\r\nA: b\r\n\r\n{\"message\":\"no\"}").unwrap();
        assert_eq!((answer.status, answer.json().unwrap()["message"].as_str()), (404, Some("no")));
        let error = answer.success().unwrap_err().to_string();
        assert_eq!(error, "the engine answered 404: {\"message\":\"no\"}");
        assert!(parse(b"HTTP/1.0 200 OK\r\n").is_err());
    }

    #[test]
    fn a_dead_socket_is_named() {
        let error = Address::Unix("/nowhere/docker.sock".into()).ping().unwrap_err();
        assert!(format!("{error:#}").starts_with("GET /_ping at unix:///nowhere/docker.sock: "), "{error:#}");
    }
}
