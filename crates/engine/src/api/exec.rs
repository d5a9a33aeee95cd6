//! Commands run inside containers.
//!
//! ```
//! # moondock_tests::example!(|client, container| {
//! use moondock_engine::api::exec::{self, ExecCreateParams, ExecStartParams};
//! use moondock_engine::stream::{Frames, collect};
//!
//! let request = exec::create(container.id(), &ExecCreateParams::default().cmd("echo hi"))?;
//! let created = client.api().json(request).await?;
//! let id = created["Id"].as_str().unwrap_or_default();
//! let connection = client.api().upgrade(exec::start(id, &ExecStartParams::default())).await?;
//! let (output, _input) = connection.split();
//! assert_eq!(collect(Frames::multiplexed(output).bytes()).await?, b"hi\n");
//! assert_eq!(client.api().json(exec::inspect(id)).await?["ExitCode"], 0);
//! # });
//! ```

use serde_json::{Map, Value, json};

use super::containers::ResizeParams;
use super::newer::{Newer, version};
use crate::error::Result;
use crate::models::ExecRunParams;
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
    pub struct ExecCreateParams as exec_setters {
        /// The command: a line or its words.
        cmd: Option<Command> => required,
        /// Take its standard output.
        stdout: bool = true,
        /// Take its standard error.
        stderr: bool = true,
        /// Give it a standard input. `exec_run` gives the socket's with `socket`, else an empty one.
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
        /// The keys that detach from it, such as `ctrl-p,ctrl-q`; by default those of docker's configuration file.
        detach_keys: Option<String>,
        /// The size of its terminal: height and width in characters.
        #[since(1, 42)]
        console_size: Option<Vec<i64>>,
        /// Further fields of the body that prepares it, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

/// Options that a later version brought, of both requests.
const NEWER: [Newer; 1] = [("/ConsoleSize", "console_size", version(42))];

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
    if let Some(keys) = params.detach_keys.as_ref().filter(|keys| !keys.is_empty()) {
        body["detachKeys"] = keys.as_str().into();
    }
    if let Some(size) = &params.console_size {
        body["ConsoleSize"] = json!(size);
    }
    let request = Request::new(&CREATE).path("id", container).json(body);
    Ok(request.extra(params.extra.as_ref()).needs_of_body(&NEWER))
}

params! {
    /// What to give back of a command that is started.
    pub struct ExecOutputOptions as output_setters {
        /// Do not wait for its end.
        detach: bool = false,
        /// Give a stream of its output.
        stream: bool = false,
        /// Give the connection, to write to its standard input and read its output.
        socket: bool = false,
        /// Give standard output and standard error apart.
        demux: bool = false,
    }
}

params! {
    /// How to start a prepared command, and what to give back.
    pub struct ExecStartParams in [detach, tty, stream, socket, demux] {
        /// It has a terminal, as it was prepared.
        tty: bool = false,
        /// The size of its terminal: height and width in characters.
        #[since(1, 42)]
        console_size: Option<Vec<i64>>,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>;
        /// What to give back.
        ..output: ExecOutputOptions,
    }
}

exec_setters!(ExecRunParams, create);
output_setters!(ExecRunParams, output);
output_setters!(ExecStartParams, output);

/// Starts a prepared command. Unless it is detached, the connection becomes its input and output.
pub fn start(id: &str, params: &ExecStartParams) -> Request {
    let body = json!({"Tty": params.tty, "Detach": params.output.detach, "ConsoleSize": params.console_size});
    Request::new(&START).path("id", id).json(body).extra(params.extra.as_ref()).needs_of_body(&NEWER)
}

/// Asks for a command's state and exit code.
pub fn inspect(id: &str) -> Request {
    Request::new(&INSPECT).path("id", id)
}

/// Sets the size of a command's terminal.
pub fn resize(id: &str, params: &ResizeParams) -> Request {
    Request::new(&RESIZE).path("id", id).query("h", params.height).query("w", params.width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::newer::checks_all;
    use crate::params::{ParamList, Params};
    use crate::version::ApiVersion;

    #[test]
    fn requests_are_docker_pys() {
        let params = ExecCreateParams::default().cmd("ls -l").detach_keys("ctrl-x").user("daemon");
        let expected = json!({"Container": "c", "User": "daemon", "Privileged": false, "Tty": false,
            "AttachStdin": false, "AttachStdout": true, "AttachStderr": true, "Cmd": ["ls", "-l"],
            "detachKeys": "ctrl-x"});
        assert_eq!(create("c", &params).unwrap().shown(), ("POST /containers/c/exec".to_owned(), expected));
        let (line, body) = start("e", &ExecStartParams::default().tty(true)).shown();
        assert_eq!((line.as_str(), body), ("POST /exec/e/start", json!({"Tty": true, "Detach": false})));
        let (line, _) = resize("e", &ResizeParams::default().height(24).width(80)).shown();
        assert_eq!(line, "POST /exec/e/resize?h=24&w=80");
    }

    #[test]
    fn a_terminals_size_needs_a_newer_engine() {
        let size = vec![24, 80];
        let request = start("e", &ExecStartParams::default().console_size(size.clone()));
        assert_eq!(request.needs, [("console_size", ApiVersion::new(1, 42))]);
        assert_eq!(request.shown().1["ConsoleSize"], json!(size));
        let extra = json!({"ConsoleSize": size, "New": 1});
        let params = ExecCreateParams::default().cmd("a").extra(extra.as_object().cloned().unwrap());
        let request = create("c", &params).unwrap();
        assert_eq!(request.needs, [("console_size", ApiVersion::new(1, 42))]);
        assert_eq!(request.shown().1["New"], 1);
    }

    #[test]
    fn positions_are_docker_pys() {
        let names = |list: ParamList| list.all().iter().map(|param| param.name).collect::<Vec<_>>();
        let run = [
            "cmd",
            "stdout",
            "stderr",
            "stdin",
            "tty",
            "privileged",
            "user",
            "detach",
            "stream",
            "socket",
            "environment",
            "workdir",
            "demux",
        ];
        assert_eq!(names(ExecRunParams::LIST)[..13], run);
        assert_eq!(names(ExecStartParams::LIST)[..5], ["detach", "tty", "stream", "socket", "demux"]);
    }

    #[test]
    fn every_newer_parameter_is_checked() {
        checks_all(&NEWER, &[ExecCreateParams::LIST, ExecStartParams::LIST]);
    }
}
