//! What the recording engine answers.

mod containers;
mod images;
mod swarm;
mod system;

use serde_json::{Value, json};

use super::connection::Received;
use super::control::State;

/// An answer.
pub(super) enum Reply {
    /// With its length known.
    Whole { status: &'static str, kind: &'static str, body: Vec<u8> },
    /// In chunks.
    Pieces { kind: &'static str, pieces: Vec<Vec<u8>> },
    /// The connection becomes a stream, which begins when this container is started.
    Hijack { container: Option<String>, frames: Vec<u8> },
    /// The headers, and a body when this container is started.
    Wait { container: Option<String>, body: Vec<u8> },
}

impl Reply {
    fn json(status: &'static str, value: &Value) -> Self {
        Self::Whole { status, kind: "application/json", body: value.to_string().into_bytes() }
    }

    fn ok(value: &Value) -> Self {
        Self::json("200 OK", value)
    }

    fn empty() -> Self {
        Self::Whole { status: "204 No Content", kind: "text/plain", body: Vec::new() }
    }

    fn missing(words: &str) -> Self {
        Self::json("404 Not Found", &json!({ "message": words }))
    }

    fn lines(records: &[Value]) -> Self {
        let pieces = records.iter().map(|record| format!("{record}\r\n").into_bytes()).collect();
        Self::Pieces { kind: "application/json", pieces }
    }
}

/// What standard output and standard error get, as frames or, with a terminal, as they are.
fn output(tty: bool, stdout: bool, stderr: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (channel, wanted, text) in [(1, stdout, "out\n"), (2, stderr, "err\n")] {
        if wanted {
            if !tty {
                bytes.extend_from_slice(&[channel, 0, 0, 0, 0, 0, 0, 4]);
            }
            bytes.extend_from_slice(text.as_bytes());
        }
    }
    bytes
}

/// Answers a request.
pub(super) fn answer(received: &Received, state: &mut State) -> Reply {
    let path: Vec<_> = received.path.trim_matches('/').split('/').collect();
    let reply = match path.as_slice() {
        ["containers" | "commit" | "exec", ..] => containers::answer(received, &path, state),
        ["images" | "build", ..] => images::answer(received, &path, state),
        ["swarm" | "nodes" | "services" | "tasks" | "secrets" | "configs", ..] => {
            swarm::answer(received, &path, state)
        }
        _ => system::answer(received, &path, state),
    };
    reply.unwrap_or_else(|| Reply::missing("page not found"))
}
