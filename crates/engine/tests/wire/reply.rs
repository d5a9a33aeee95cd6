//! What the server does about a request, step by step.

use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use super::gate::Gate;

#[derive(Clone)]
pub(crate) enum Step {
    /// Read the request's body to its end.
    ReadBody,
    /// Read so many bytes of whatever comes, unless the client ends first.
    Read(usize),
    /// Read until the client ends its side.
    ReadToEnd,
    Send(Bytes),
    Wait(Gate),
    Open(Gate),
    /// Open the gate when the connection closes, for whatever reason.
    OpenWhenClosed(Gate),
    Sleep(Duration),
    /// Close the connection, whatever is left unread.
    Close,
}

/// A script. Unless it is an early one, the request is read whole before it begins.
#[derive(Clone)]
pub(crate) struct Reply {
    pub(super) steps: Vec<Step>,
}

impl Reply {
    /// Does nothing yet.
    pub(crate) fn begin() -> Self {
        Self { steps: vec![Step::ReadBody] }
    }

    /// Does nothing yet, and leaves the request's body where it is.
    pub(crate) fn early() -> Self {
        Self { steps: Vec::new() }
    }

    /// A status, a content type and a whole body.
    pub(crate) fn whole(status: &str, kind: &str, body: impl AsRef<[u8]>) -> Self {
        Self::begin().answer(status, kind, body)
    }

    /// 200 with JSON.
    pub(crate) fn json(value: &Value) -> Self {
        Self::whole("200 OK", "application/json", value.to_string())
    }

    /// An error as the engine words it.
    pub(crate) fn error(status: &str, message: &str) -> Self {
        Self::begin().refuse(status, message)
    }

    /// A status that no body goes with.
    pub(crate) fn bare(status: &str) -> Self {
        Self::begin().head(status, &[])
    }

    /// 200 with a body whose chunks follow.
    pub(crate) fn chunked(kind: &str) -> Self {
        Self::begin().head("200 OK", &[("Content-Type", kind), ("Transfer-Encoding", "chunked")])
    }

    /// A 200 of JSON values in chunks, complete.
    pub(crate) fn stream(chunks: &[&str]) -> Self {
        let stream = Self::chunked("application/json");
        chunks.iter().fold(stream, Reply::chunk).end()
    }

    /// The answer to an upgrade: the status line and headers of a hijacked connection.
    pub(crate) fn hijacked(status: &str, then: &[u8]) -> Self {
        let mut headers = vec![("Content-Type", "application/vnd.docker.raw-stream")];
        if status.starts_with("101") {
            headers.extend([("Connection", "Upgrade"), ("Upgrade", "tcp")]);
        }
        let mut head = head(status, &headers).into_bytes();
        head.extend_from_slice(then);
        Self::begin().raw(head)
    }

    fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    pub(crate) fn answer(self, status: &str, kind: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let length = body.len().to_string();
        let mut answer = head(status, &[("Content-Type", kind), ("Content-Length", &length)]).into_bytes();
        answer.extend_from_slice(body);
        self.raw(answer)
    }

    pub(crate) fn refuse(self, status: &str, message: &str) -> Self {
        self.answer(status, "application/json", serde_json::json!({ "message": message }).to_string())
    }

    pub(crate) fn head(self, status: &str, headers: &[(&str, &str)]) -> Self {
        self.raw(head(status, headers))
    }

    pub(crate) fn raw(self, bytes: impl Into<Bytes>) -> Self {
        self.step(Step::Send(bytes.into()))
    }

    pub(crate) fn chunk(self, data: impl AsRef<[u8]>) -> Self {
        let data = data.as_ref();
        let mut chunk = format!("{:x}\r\n", data.len()).into_bytes();
        chunk.extend_from_slice(data);
        chunk.extend_from_slice(b"\r\n");
        self.raw(chunk)
    }

    /// Ends a chunked body.
    pub(crate) fn end(self) -> Self {
        self.raw("0\r\n\r\n")
    }

    pub(crate) fn read(self, bytes: usize) -> Self {
        self.step(Step::Read(bytes))
    }

    pub(crate) fn read_body(self) -> Self {
        self.step(Step::ReadBody)
    }

    pub(crate) fn read_to_end(self) -> Self {
        self.step(Step::ReadToEnd)
    }

    pub(crate) fn wait(self, gate: &Gate) -> Self {
        self.step(Step::Wait(gate.clone()))
    }

    pub(crate) fn open(self, gate: &Gate) -> Self {
        self.step(Step::Open(gate.clone()))
    }

    pub(crate) fn open_when_closed(self, gate: &Gate) -> Self {
        self.step(Step::OpenWhenClosed(gate.clone()))
    }

    pub(crate) fn sleep(self, time: Duration) -> Self {
        self.step(Step::Sleep(time))
    }

    pub(crate) fn close(self) -> Self {
        self.step(Step::Close)
    }
}

fn head(status: &str, headers: &[(&str, &str)]) -> String {
    let mut head = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    head.push_str("\r\n");
    head
}
