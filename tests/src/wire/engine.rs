//! An engine that has nothing, answers plausibly, and records what it is asked.

use std::io;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::case::Scenario;
use super::connection::{Connection, Received};
use super::control::Control;
use super::recorded::Recording;
use super::replies::{self, Reply};
use crate::listener::Listener;

/// The path below which a client tells of the next case: `POST /__case/NAME` with its scenario as the body.
const CASE: &str = "/__case/";

/// An engine on a unix socket of its own that answers from memory. It ends when it is dropped.
pub struct RecordingEngine {
    listener: Listener,
    control: Arc<Control>,
}

impl RecordingEngine {
    /// Starts an engine.
    ///
    /// # Errors
    ///
    /// When no socket can be made in the folder for temporary files.
    pub fn start() -> io::Result<Self> {
        let control = Arc::new(Control::default());
        let shared = Arc::clone(&control);
        let listener = Listener::start("moondock-wire-", move |stream| serve(stream, &shared))?;
        let engine = Self { listener, control };
        engine.begin(&Scenario::default());
        Ok(engine)
    }

    /// The socket's path.
    pub fn socket(&self) -> PathBuf {
        self.listener.socket()
    }

    /// A folder that goes away with the engine.
    pub fn folder(&self) -> &Path {
        self.listener.folder()
    }

    /// Begins a case: what was recorded before is forgotten.
    pub fn begin(&self, scenario: &Scenario) {
        self.control.begin(None, scenario.clone());
    }

    /// What was recorded since the case began.
    pub fn recording(&self) -> Recording {
        self.control.recording()
    }

    /// The recordings of all cases that a client told of by `POST /__case/NAME`, in order.
    pub fn told(&self) -> Vec<(String, Recording)> {
        self.control.finished()
    }
}

fn serve(stream: UnixStream, control: &Control) -> io::Result<()> {
    let mut connection = Connection::new(stream)?;
    while let Some(received) = connection.read()? {
        if let Some(name) = received.path.strip_prefix(CASE) {
            let scenario = serde_json::from_slice(&received.body)?;
            control.begin(Some(name.to_owned()), scenario);
            connection.head("204 No Content", &[], b"")?;
            continue;
        }
        let reply = control.receive(&received, |state| replies::answer(&received, state));
        if !send(&mut connection, &received, reply, control)? {
            break;
        }
    }
    Ok(())
}

/// Sends a reply; false when the connection is used up by it.
fn send(
    connection: &mut Connection,
    received: &Received,
    reply: Reply,
    control: &Control,
) -> io::Result<bool> {
    let json = ("Content-Type", "application/json");
    match reply {
        Reply::Whole { status, kind, body } => {
            let length = body.len().to_string();
            let version = control.api_version();
            let headers = [
                ("Api-Version", version.as_str()),
                ("Content-Type", kind),
                ("Content-Length", length.as_str()),
            ];
            // No body goes with 204 and 304, and then no length either.
            let headers = if body.is_empty() && matches!(&status[..3], "204" | "304") {
                &headers[..1]
            } else {
                &headers
            };
            let body = if received.method == "HEAD" { Vec::new() } else { body };
            connection.head(status, headers, &body)?;
        }
        Reply::Pieces { kind, pieces } => {
            connection.head("200 OK", &[("Content-Type", kind), ("Transfer-Encoding", "chunked")], b"")?;
            for piece in pieces.iter().filter(|piece| !piece.is_empty()) {
                connection.chunk(piece)?;
            }
            connection.chunk(b"")?;
        }
        Reply::Hijack { container, frames } => {
            let kind = ("Content-Type", "application/vnd.docker.raw-stream");
            let (status, headers) = match received.header("upgrade") {
                Some(_) => ("101 UPGRADED", vec![kind, ("Connection", "Upgrade"), ("Upgrade", "tcp")]),
                None => ("200 OK", vec![kind]),
            };
            connection.head(status, &headers, b"")?;
            if let Some(container) = container {
                control.until_started(&container);
            }
            connection.raw(&frames)?;
            return Ok(false);
        }
        Reply::Wait { container, body } => {
            // As the engine does: the headers at once, the body at the end.
            connection.head("200 OK", &[json, ("Transfer-Encoding", "chunked")], b"")?;
            if let Some(container) = container {
                control.until_started(&container);
            }
            connection.chunk(&body)?;
            connection.chunk(b"")?;
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(engine: &RecordingEngine, request: &str) -> String {
        engine.listener.ask(request)
    }

    #[test]
    fn answers_and_records_all_but_the_negotiation() {
        let engine = RecordingEngine::start().unwrap();
        assert!(ask(&engine, "GET /_ping HTTP/1.1\r\n\r\n").ends_with("OK"));
        let answer = ask(&engine, "GET /v1.41/containers/web/json HTTP/1.1\r\n\r\n");
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("/web"), "{answer}");
        let missing = ask(&engine, "GET /v1.41/containers/gone/json HTTP/1.1\r\n\r\n");
        assert!(missing.starts_with("HTTP/1.1 404 "), "{missing}");
        let recording = engine.recording();
        let lines: Vec<_> = recording.requests.iter().map(super::super::Request::line).collect();
        assert_eq!(lines, ["GET /containers/web/json", "GET /containers/gone/json"]);
        assert!(recording.versions.iter().eq(["1.41"]));
    }

    #[test]
    fn a_wait_ends_when_the_container_has_been_started() {
        let engine = RecordingEngine::start().unwrap();
        let created = ask(
            &engine,
            "POST /v1.41/containers/create?name=job HTTP/1.1\r\nContent-Length: 17\r\n\r\n{\"Image\":\"small\"}",
        );
        assert!(created.starts_with("HTTP/1.1 201 "), "{created}");
        let waiting = std::thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                ask(&engine, "POST /v1.41/containers/job/wait?condition=next-exit HTTP/1.1\r\n\r\n")
            });
            ask(&engine, "POST /v1.41/containers/job/start HTTP/1.1\r\n\r\n");
            waiting.join().unwrap()
        });
        assert!(waiting.contains(r#"{"StatusCode":0}"#), "{waiting}");
    }

    #[test]
    fn a_client_tells_of_cases() {
        let engine = RecordingEngine::start().unwrap();
        let tell = |name: &str| {
            let answer =
                ask(&engine, &format!("POST /__case/{name} HTTP/1.1\r\nContent-Length: 2\r\n\r\n{{}}"));
            assert!(answer.starts_with("HTTP/1.1 204 "), "{answer}");
        };
        tell("a/one");
        ask(&engine, "GET /v1.41/info HTTP/1.1\r\n\r\n");
        tell("a/two");
        let told = engine.told();
        let told: Vec<_> =
            told.iter().map(|(name, recording)| (name.as_str(), recording.requests.len())).collect();
        assert_eq!(told, [("a/one", 1), ("a/two", 0)]);
    }
}
