//! Attaching to a container, and the size of its terminal.

use serde_json::{Map, Value};

use super::{ATTACH, ATTACH_WEBSOCKET, RESIZE};
use crate::params;
use crate::request::{Patience, Request};
use crate::types::plain;

params! {
    /// Which of a container's output to take part in.
    pub struct AttachParams {
        /// What it writes to its standard output.
        stdout: bool = true,
        /// What it writes to its standard error.
        stderr: bool = true,
        /// Go on with what it writes from now on.
        stream: bool = false,
        /// Begin with what it has written already, as far as its log driver keeps it.
        logs: bool = false,
        /// Give standard output and standard error apart.
        demux: bool = false,
    }
}

/// Takes part in a container's output.
pub fn attach(id: &str, params: &AttachParams) -> Request {
    Request::new(&ATTACH)
        .path("id", id)
        .flag("logs", params.logs)
        .flag("stdout", params.stdout)
        .flag("stderr", params.stderr)
        .flag("stream", params.stream)
        .patience(Patience::Forever)
}

params! {
    /// How to connect to a container's input and output.
    pub struct AttachSocketParams {
        /// All of the request's query in the Engine API's own names, for example `{stdin: 1, stream: 1}`, instead of
        /// what stands below.
        params: Option<Map<String, Value>>,
        /// Connect by WebSocket. Standard output and standard error are not told apart then.
        ws: bool = false,
        /// Connect to its standard input, which the container must have kept open.
        stdin: bool = false,
        /// Connect to its standard output.
        stdout: bool = true,
        /// Connect to its standard error.
        stderr: bool = true,
        /// Go on with what it writes from now on.
        stream: bool = true,
        /// Begin with what it has written already, as far as its log driver keeps it.
        logs: bool = false,
        /// The keys that detach, such as `ctrl-p,ctrl-q`; by default those of docker's configuration file.
        detach_keys: Option<String>,
    }
}

/// Connects to a container's input and output. The connection becomes a two-way stream.
pub fn attach_socket(id: &str, params: &AttachSocketParams) -> Request {
    let endpoint = if params.ws { &ATTACH_WEBSOCKET } else { &ATTACH };
    let mut request = Request::new(endpoint).path("id", id).patience(Patience::Forever);
    let keys = params.detach_keys.as_deref().filter(|keys| !keys.is_empty());
    if let Some(query) = &params.params {
        for (name, value) in query.iter().filter(|(_, value)| !value.is_null()) {
            let on = value.as_bool().map(|on| u8::from(on).to_string());
            request = request.query(name, on.unwrap_or_else(|| plain(value)));
        }
        return request.query_opt("detachKeys", keys.filter(|_| !query.contains_key("detachKeys")));
    }
    let given = |on: bool| on.then_some(1);
    request
        .query_opt("stdin", given(params.stdin))
        .flag("stdout", params.stdout)
        .flag("stderr", params.stderr)
        .flag("stream", params.stream)
        .query_opt("logs", given(params.logs))
        .query_opt("detachKeys", keys)
}

params! {
    /// The size of a terminal.
    pub struct ResizeParams {
        /// Its height in characters.
        height: i64 => required,
        /// Its width in characters.
        width: i64 => required,
    }
}

/// Sets the size of a container's terminal.
pub fn resize(id: &str, params: &ResizeParams) -> Request {
    Request::new(&RESIZE).path("id", id).query("h", params.height).query("w", params.width)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn requests_are_docker_pys() {
        let (line, _) = attach("c", &AttachParams::default().logs(true)).shown();
        assert_eq!(line, "POST /containers/c/attach?logs=1&stdout=1&stderr=1&stream=0");
        let (line, _) = attach_socket("c", &AttachSocketParams::default()).shown();
        assert_eq!(line, "POST /containers/c/attach?stdout=1&stderr=1&stream=1");
        let query = json!({"stdin": 1, "stream": true, "logs": null, "detachKeys": "ctrl-x"});
        let params = AttachSocketParams::default().params(query.as_object().cloned().unwrap()).ws(true);
        let (line, _) = attach_socket("c", &params).shown();
        assert_eq!(line, "GET /containers/c/attach/ws?stdin=1&stream=1&detachKeys=ctrl-x");
        let params = AttachSocketParams::default().stdin(true).stderr(false).detach_keys("ctrl-a");
        let (line, _) = attach_socket("c", &params).shown();
        assert_eq!(line, "POST /containers/c/attach?stdin=1&stdout=1&stderr=0&stream=1&detachKeys=ctrl-a");
        let (line, _) = resize("c", &ResizeParams::default().height(24).width(80)).shown();
        assert_eq!(line, "POST /containers/c/resize?h=24&w=80");
    }
}
