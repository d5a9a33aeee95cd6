//! Running a command inside a container.

use serde_json::Value;
use tokio::io::AsyncWriteExt;

use super::{DockerClient, id_of};
use crate::api::exec::{self, ExecCreateParams};
use crate::error::{Error, ErrorKind, Result};
use crate::params;
use crate::stream::{Channel, Frames, Hijacked};
use crate::types::{Command, Pairs};
use futures_util::StreamExt;

params! {
    /// What to run inside a container, and what to give back.
    pub struct ExecRunParams {
        /// The command: a line or its words.
        cmd: Option<Command> => required,
        /// Take its standard output.
        stdout: bool = true,
        /// Take its standard error.
        stderr: bool = true,
        /// Give it a standard input: the socket's with `socket`, else an empty one.
        stdin: bool = false,
        /// Give it a terminal.
        tty: bool = false,
        /// Run it with extended privileges.
        privileged: bool = false,
        /// The user, and perhaps the group, to run it as: `name`, `uid`, `user:group`.
        user: String = String::new(),
        /// Do not wait for its end.
        detach: bool = false,
        /// Give a stream of its output.
        stream: bool = false,
        /// Give the connection, to write to its standard input and read its output.
        socket: bool = false,
        /// Environment variables, as a map or as a list of `NAME=value`.
        environment: Option<Pairs>,
        /// The folder to run it in.
        workdir: Option<String>,
        /// Give standard output and standard error apart.
        demux: bool = false,
    }
}

/// What a command in a container gave (docker-py: `ExecResult`).
pub struct ExecResult {
    /// The exit code; none while it runs.
    pub exit_code: Option<i64>,
    /// What it wrote.
    pub output: ExecOutput,
}

/// The output of a command in a container, in the form that was asked for.
pub enum ExecOutput {
    /// Standard output and standard error as they came.
    Collected(Vec<u8>),
    /// Standard output and standard error apart; none where nothing was written.
    Demuxed(Option<Vec<u8>>, Option<Vec<u8>>),
    /// A stream.
    Streaming(Frames),
    /// The connection.
    Socket(Hijacked),
}

pub(super) async fn run(
    client: &DockerClient,
    container: &str,
    params: &ExecRunParams,
) -> Result<ExecResult> {
    let create = ExecCreateParams {
        cmd: params.cmd.clone(),
        stdout: params.stdout,
        stderr: params.stderr,
        stdin: params.stdin,
        tty: params.tty,
        privileged: params.privileged,
        user: params.user.clone(),
        environment: params.environment.clone(),
        workdir: params.workdir.clone(),
        detach_keys: client.api().detach_keys()?,
    };
    let api = client.api();
    let created = api.json(exec::create(container, &create)?).await?;
    let id = id_of(&created);
    let start = exec::start(id, params.tty, params.detach);
    if params.detach {
        api.empty(start).await?;
        return Ok(ExecResult {
            exit_code: exit_code(client, id).await?,
            output: ExecOutput::Collected(Vec::new()),
        });
    }
    let connection = api.upgrade(start).await?;
    if params.socket {
        return Ok(ExecResult { exit_code: None, output: ExecOutput::Socket(connection) });
    }
    let (reader, mut writer) = connection.split();
    if params.stdin {
        // Nobody will write to it: a command that reads its input must see its end.
        writer.shutdown().await.map_err(|error| Error::new(ErrorKind::ConnectionError, error.to_string()))?;
    }
    let mut frames = if params.tty { Frames::raw(reader) } else { Frames::multiplexed(reader) };
    if params.stream {
        return Ok(ExecResult { exit_code: None, output: ExecOutput::Streaming(frames) });
    }
    let (mut both, mut stdout, mut stderr) = (Vec::new(), None, None);
    while let Some(frame) = frames.next().await {
        let frame = frame?;
        let target = match (params.demux, frame.channel) {
            (false, _) => &mut both,
            (true, Channel::Stdout) => stdout.get_or_insert_default(),
            (true, Channel::Stderr) => stderr.get_or_insert_default(),
        };
        target.extend_from_slice(&frame.data);
    }
    let output = if params.demux { ExecOutput::Demuxed(stdout, stderr) } else { ExecOutput::Collected(both) };
    Ok(ExecResult { exit_code: exit_code(client, id).await?, output })
}

async fn exit_code(client: &DockerClient, id: &str) -> Result<Option<i64>> {
    let state = client.api().json(exec::inspect(id)).await?;
    Ok(state.get("ExitCode").and_then(Value::as_i64))
}
