//! Commands run inside containers.

use serde_json::{Map, Value, json};

use crate::error::Result;
use crate::params;
use crate::request::{Request, endpoints};
use crate::types::{Command, Pairs};

endpoints! {
    CREATE = "ContainerExec" POST "/containers/{id}/exec";
    START = "ExecStart" POST "/exec/{id}/start";
    INSPECT = "ExecInspect" GET "/exec/{id}/json";
    RESIZE = "ExecResize" POST "/exec/{id}/resize";
}

params! {
    /// What to run inside a container.
    pub struct ExecCreateParams {
        /// The command: a line or its words.
        cmd: Option<Command> => required,
        /// Take its standard output.
        stdout: bool = true,
        /// Take its standard error.
        stderr: bool = true,
        /// Give it a standard input.
        stdin: bool = false,
        /// Give it a terminal.
        tty: bool = false,
        /// Run it with extended privileges.
        privileged: bool = false,
        /// The user, and perhaps the group, to run it as: `name`, `uid`, `user:group`.
        user: String = String::new(),
        /// Environment variables, as a map or as a list of `NAME=value`.
        environment: Option<Pairs>,
        /// The folder to run it in.
        workdir: Option<String>,
        /// The keys that detach from it, such as `ctrl-p,ctrl-q`.
        detach_keys: Option<String>,
    }
}

/// Prepares a command in a container.
///
/// # Errors
///
/// When the command cannot be split into words.
pub fn create(container: &str, params: &ExecCreateParams) -> Result<Request> {
    let mut body = json!({
        "Container": container,
        "User": params.user,
        "Privileged": params.privileged,
        "Tty": params.tty,
        "AttachStdin": params.stdin,
        "AttachStdout": params.stdout,
        "AttachStderr": params.stderr,
        "Cmd": params.cmd.as_ref().map(Command::words).transpose()?,
        "Env": params.environment.as_ref().map(Pairs::environment),
    });
    if let Some(workdir) = &params.workdir {
        body["WorkingDir"] = workdir.as_str().into();
    }
    if let Some(keys) = &params.detach_keys {
        body["detachKeys"] = keys.as_str().into();
    }
    Ok(Request::new(&CREATE).path("id", container).json(body))
}

/// Starts a prepared command.
pub fn start(id: &str, tty: bool, detach: bool) -> Request {
    let mut body = Map::new();
    body.insert("Tty".to_owned(), tty.into());
    body.insert("Detach".to_owned(), detach.into());
    Request::new(&START).path("id", id).json(Value::Object(body))
}

/// Asks for a command's state and exit code.
pub fn inspect(id: &str) -> Request {
    Request::new(&INSPECT).path("id", id)
}

/// Sets the size of a command's terminal, in characters.
pub fn resize(id: &str, height: u64, width: u64) -> Request {
    Request::new(&RESIZE).path("id", id).query("h", height).query("w", width)
}
