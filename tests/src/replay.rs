//! An engine that answers from memory as fast as a socket takes it, for measurements.

use std::io;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::Arc;

use crate::listener::Listener;
use crate::wire::connection::Connection;

/// The API version that it speaks.
const VERSION: &str = "1.41";

/// What is sent for a request.
#[derive(Clone, Debug)]
pub enum Played {
    /// A body of this media type.
    Whole(&'static str, Arc<[u8]>),
    /// The same piece so many times, as a chunked body of this media type.
    Repeated(&'static str, Arc<[u8]>, usize),
    /// Pieces of a chunked body of this media type, a chunk each.
    Pieces(&'static str, Vec<Vec<u8>>),
    /// As pieces, but then the connection breaks.
    Broken(&'static str, Vec<Vec<u8>>),
}

impl Played {
    /// A body of JSON.
    pub fn json(value: &serde_json::Value) -> Self {
        Self::Whole("application/json", value.to_string().into_bytes().into())
    }
}

/// An engine on a unix socket of its own. It ends when it is dropped.
pub struct ReplayEngine(Listener);

impl ReplayEngine {
    /// Starts an engine that plays what a function gives for a method and a path without its version. What that does
    /// not know is answered with 404, and a ping always as an engine does.
    ///
    /// # Errors
    ///
    /// When no socket can be made in the folder for temporary files.
    pub fn start(play: impl Fn(&str, &str) -> Option<Played> + Send + Sync + 'static) -> io::Result<Self> {
        Ok(Self(Listener::start("moondock-replay-", move |stream| serve(stream, &play))?))
    }

    /// The socket's path.
    pub fn socket(&self) -> PathBuf {
        self.0.socket()
    }

    /// The address as `DOCKER_HOST` has it.
    pub fn host(&self) -> String {
        format!("unix://{}", self.socket().display())
    }
}

fn serve(stream: UnixStream, play: &impl Fn(&str, &str) -> Option<Played>) -> io::Result<()> {
    let mut connection = Connection::forgetful(stream)?;
    while let Some(received) = connection.read()? {
        let played = match received.path.as_str() {
            "/_ping" => Some(Played::Whole("text/plain", Arc::from(&b"OK"[..]))),
            "/version" => Some(Played::json(&serde_json::json!({"ApiVersion": VERSION}))),
            path => play(&received.method, path),
        };
        match played {
            None => connection.head("404 Not Found", &[("Content-Length", "0")], b"")?,
            Some(Played::Whole(kind, body)) => {
                let length = body.len().to_string();
                let headers =
                    [("Api-Version", VERSION), ("Content-Type", kind), ("Content-Length", length.as_str())];
                connection.head("200 OK", &headers, &body)?;
            }
            Some(Played::Repeated(kind, piece, times)) => {
                connection.head(
                    "200 OK",
                    &[("Content-Type", kind), ("Transfer-Encoding", "chunked")],
                    b"",
                )?;
                for _ in 0..times {
                    connection.chunk(&piece)?;
                }
                connection.chunk(b"")?;
            }
            Some(Played::Pieces(kind, pieces)) => {
                pour(&mut connection, kind, &pieces)?;
                connection.chunk(b"")?;
            }
            Some(Played::Broken(kind, pieces)) => return pour(&mut connection, kind, &pieces),
        }
    }
    Ok(())
}

/// Begins a chunked body.
fn pour(connection: &mut Connection, kind: &str, pieces: &[Vec<u8>]) -> io::Result<()> {
    connection.head("200 OK", &[("Content-Type", kind), ("Transfer-Encoding", "chunked")], b"")?;
    pieces.iter().try_for_each(|piece| connection.chunk(piece))
}

/// A chunk of a container's logs: whole frames with lines of 80 bytes, together at least as long as asked for.
pub fn log_lines(length: usize) -> Arc<[u8]> {
    let mut frames = Vec::with_capacity(length + 88);
    let line = format!("{}\n", "0123456789".repeat(8).split_at(79).0);
    while frames.len() < length {
        frames.extend_from_slice(&[1, 0, 0, 0, 0, 0, 0, 80]);
        frames.extend_from_slice(line.as_bytes());
    }
    frames.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plays_what_it_is_given_and_nothing_else() {
        let engine = ReplayEngine::start(|method, path| match (method, path) {
            ("GET", "/a") => Some(Played::json(&serde_json::json!({"b": 1}))),
            ("GET", "/long") => Some(Played::Repeated("text/plain", Arc::from(&b"xy"[..]), 3)),
            _ => None,
        })
        .unwrap();
        let ask = |path: &str| engine.0.ask(&format!("GET /v1.41{path} HTTP/1.1\r\n\r\n"));
        assert!(ask("/a").ends_with("\r\n\r\n{\"b\":1}"));
        assert!(ask("/long").ends_with(&("2\r\nxy\r\n".repeat(3) + "0\r\n\r\n")));
        assert!(ask("/b").starts_with("HTTP/1.1 404 "));
    }

    #[test]
    fn log_lines_are_whole_frames() {
        let frames = log_lines(1000);
        assert_eq!(frames.len() % 88, 0);
        assert_eq!((frames[7], frames[87]), (80, b'\n'));
    }
}
