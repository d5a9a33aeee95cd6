//! Running a command inside a container.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::{DockerClient, ExecCreateParams, ExecOutputOptions, ExecStartParams, ResizeParams, id_of};
use crate::api::exec;
use crate::error::{Error, ErrorKind, Result};
use crate::params;
use crate::stream::{ByteStream, Frames, Hijacked, collect};

params! {
    /// What to run inside a container, and what to give back.
    pub struct ExecRunParams in [
        cmd, stdout, stderr, stdin, tty, privileged, user, detach, stream, socket, environment, workdir, demux,
    ] {
        ;
        /// What to run.
        ..create: ExecCreateParams,
        /// What to give back.
        ..output: ExecOutputOptions,
    }
}

/// What a command in a container gave (docker-py: `ExecResult`).
pub struct ExecResult {
    /// The exit code; none while it runs.
    pub exit_code: Option<i64>,
    /// What it wrote.
    pub output: ExecOutput,
    /// The command, which tells its exit code when its stream has ended.
    pub exec: Exec,
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

/// A command in a container, prepared or started. docker-py has no such object, only `APIClient`'s methods with its id.
///
/// ```
/// # moondock_tests::example!(|client, container| {
/// use futures_util::StreamExt;
/// use moondock_engine::models::{ExecOutput, ExecRunParams};
///
/// let result = container.exec_run(&ExecRunParams::default().cmd("seq 3").stream(true)).await?;
/// let mut output = Vec::new();
/// if let ExecOutput::Streaming(mut frames) = result.output {
///     while let Some(frame) = frames.next().await {
///         output.extend_from_slice(&frame?.data);
///     }
/// }
/// assert_eq!(output, b"1\n2\n3\n");
/// assert_eq!(result.exec.exit_code().await?, Some(0));
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct Exec {
    client: DockerClient,
    id: Arc<str>,
}

/// How long an engine may take to learn that a command has ended whose output has.
const GRACE: Duration = Duration::from_secs(2);
/// How long to wait before asking again, at first.
const PAUSE: Duration = Duration::from_millis(5);

impl Exec {
    pub(super) async fn create(
        client: &DockerClient,
        container: &str,
        params: &ExecCreateParams,
    ) -> Result<Self> {
        let mut params = params.clone();
        if params.detach_keys.is_none() {
            params.detach_keys = client.api().detach_keys()?;
        }
        let created = client.api().json(exec::create(container, &params)?).await?;
        Ok(Self { client: client.clone(), id: id_of(&created).into() })
    }

    /// The command's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What the engine tells of it (docker-py: `APIClient.exec_inspect`).
    ///
    /// # Errors
    ///
    /// When the engine has forgotten it, as it does some time after its end.
    pub async fn inspect(&self) -> Result<Value> {
        self.client.api().json(exec::inspect(&self.id)).await
    }

    /// The exit code; none while it runs. An engine learns of the end a little later than who reads the output, so a
    /// command that seems to run is asked about for two seconds.
    ///
    /// # Errors
    ///
    /// As [`Exec::inspect`].
    pub async fn exit_code(&self) -> Result<Option<i64>> {
        let mut pause = PAUSE;
        let asking = async {
            loop {
                let state = self.inspect().await?;
                if state.get("Running").and_then(Value::as_bool) != Some(true) {
                    return Ok(code(&state));
                }
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(GRACE / 10);
            }
        };
        tokio::time::timeout(GRACE, asking).await.unwrap_or(Ok(None))
    }

    /// Sets the size of its terminal, in characters (docker-py: `APIClient.exec_resize`).
    ///
    /// # Errors
    ///
    /// When it does not run or has no terminal.
    pub async fn resize(&self, params: &ResizeParams) -> Result<()> {
        self.client.api().empty(exec::resize(&self.id, params)).await
    }

    /// Starts it (docker-py: `APIClient.exec_start`).
    ///
    /// # Errors
    ///
    /// When the container does not run, or it was started already.
    pub async fn start(&self, params: &ExecStartParams) -> Result<ExecOutput> {
        self.begin(params, None).await
    }

    /// Starts it and gives this to its standard input while its output is read. It must have been prepared with
    /// `stdin`.
    ///
    /// # Errors
    ///
    /// As [`Exec::start`]; with `detach` or `socket`, which leave nobody who could give it; the input's own.
    pub async fn start_with_input(&self, params: &ExecStartParams, input: ByteStream) -> Result<ExecOutput> {
        self.begin(params, Some(input)).await
    }

    async fn begin(&self, params: &ExecStartParams, input: Option<ByteStream>) -> Result<ExecOutput> {
        if input.is_some() && (params.output.detach || params.output.socket) {
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                "input goes with neither `detach` nor `socket`: with the one nobody gives it, with the other the caller does",
            ));
        }
        let request = exec::start(&self.id, params);
        if params.output.detach {
            return Ok(ExecOutput::Collected(self.client.api().whole(request).await?.to_vec()));
        }
        let connection = self.client.api().upgrade(request).await?.with_frames(!params.tty);
        if params.output.socket {
            return Ok(ExecOutput::Socket(connection));
        }
        let frames = match input {
            Some(input) => connection.feed(input),
            None => connection.frames().0,
        };
        if params.output.stream {
            return Ok(ExecOutput::Streaming(frames));
        }
        if params.output.demux {
            let (stdout, stderr) = frames.apart().await?;
            return Ok(ExecOutput::Demuxed(stdout, stderr));
        }
        Ok(ExecOutput::Collected(collect(frames.joined()).await?))
    }
}

fn code(state: &Value) -> Option<i64> {
    // Podman tells a code of what still runs.
    let runs = state.get("Running").and_then(Value::as_bool).unwrap_or(false);
    state.get("ExitCode").and_then(Value::as_i64).filter(|_| !runs)
}

pub(super) async fn run(
    client: &DockerClient,
    container: &str,
    params: &ExecRunParams,
    input: Option<ByteStream>,
) -> Result<ExecResult> {
    let ExecRunParams { create, output: asked } = params;
    let create = ExecCreateParams { stdin: create.stdin || input.is_some(), ..create.clone() };
    let start = ExecStartParams {
        tty: create.tty,
        console_size: create.console_size.clone(),
        output: asked.clone(),
        extra: None,
    };
    let exec = Exec::create(client, container, &create).await?;
    // Where nobody writes to it, a command that reads its input must see its end.
    let unread = create.stdin && !asked.socket && !asked.detach;
    let input = input.or_else(|| unread.then(|| Box::pin(futures_util::stream::empty()) as ByteStream));
    let output = exec.begin(&start, input).await?;
    let exit_code = match output {
        _ if asked.detach => code(&exec.inspect().await?),
        ExecOutput::Streaming(_) | ExecOutput::Socket(_) => None,
        ExecOutput::Collected(_) | ExecOutput::Demuxed(..) => exec.exit_code().await?,
    };
    Ok(ExecResult { exit_code, output, exec })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::code;

    #[test]
    fn what_runs_has_no_exit_code() {
        assert_eq!(code(&json!({"Running": false, "ExitCode": 3})), Some(3));
        assert_eq!(code(&json!({"Running": true, "ExitCode": 0})), None);
        assert_eq!(code(&json!({"Running": true, "ExitCode": null})), None);
    }
}
