//! Running a container from its creation to its end.

use futures_util::{StreamExt, stream};
use serde_json::Value;

use super::{Container, ContainerRemoveParams, CreateParams, DockerClient, PullParams, WaitParams};
use crate::api::containers;
use crate::client::Answer;
use crate::error::{Error, ErrorKind, Result};
use crate::params;
use crate::stream::{ByteStream, Channel, Frames, collect};
use crate::types::Command;

params! {
    /// How to run a container: every keyword of docker-py's `containers.run`.
    pub struct RunParams {
        /// The command: a line or its words.
        command: Option<Command>,
        /// Give what it wrote to its standard output.
        stdout: bool = true,
        /// Give what it wrote to its standard error.
        stderr: bool = false,
        /// Remove the container when it has ended.
        remove: bool = false,
        /// Give the container at once instead of waiting for its end.
        detach: bool = false,
        /// Give a stream of the output instead of all of it at the end.
        stream: bool = false;
        /// How to create the container.
        ..create: CreateParams,
    }
}

/// What a run gives.
pub enum RunOutput {
    /// The container, with `detach`.
    Detached(Container),
    /// What the command wrote.
    Collected(Vec<u8>),
    /// What the command writes, with `stream`. The stream's last item is an error if the command fails.
    Streaming(ByteStream),
}

impl RunOutput {
    /// What the command wrote; empty if it was not collected.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Collected(bytes) => bytes,
            Self::Detached(_) | Self::Streaming(_) => &[],
        }
    }
}

/// How much of a failed command's standard error is kept for the error.
const KEPT: usize = 1 << 20;

pub(super) async fn run(client: &DockerClient, image: &str, mut params: RunParams) -> Result<RunOutput> {
    params.create.detach = params.detach;
    params.create.command = params.command.take().or(params.create.command.take());
    // Nobody may be left to remove it: a stream can be dropped before its end.
    if params.remove && (params.detach || params.stream) {
        params.create.host.auto_remove = true;
    }
    let containers = client.containers();
    let container = match containers.create(image, &params.create).await {
        Err(error) if error.kind() == ErrorKind::ImageNotFound => {
            let mut pull = PullParams::default();
            pull.platform.clone_from(&params.create.container.platform);
            client.images().pull(image, &pull).await?;
            containers.create(image, &params.create).await?
        }
        result => result?,
    };
    if params.detach {
        container.start().await?;
        return Ok(RunOutput::Detached(container));
    }
    let foreground = Foreground::start(container, image, &params).await?;
    if params.stream {
        return Ok(RunOutput::Streaming(foreground.stream()));
    }
    Ok(RunOutput::Collected(collect(foreground.stream()).await?))
}

/// A container that runs while its output is read.
struct Foreground {
    container: Container,
    image: String,
    command: String,
    stdout: bool,
    stderr: bool,
    remove: bool,
    frames: Frames,
    exit: Answer,
    errors: Vec<u8>,
}

impl Foreground {
    /// Attaches and begins to wait before it starts the container: a short command's output and exit code would be
    /// lost otherwise.
    async fn start(container: Container, image: &str, params: &RunParams) -> Result<Self> {
        let prepared = async {
            let frames = container.attach_output(params.create.container.tty).await?;
            let wait = WaitParams::default().condition("next-exit");
            let exit = container.client().api().send(containers::wait(container.id(), &wait)).await?;
            container.start().await?;
            Ok((frames, exit))
        };
        let (frames, exit) = match prepared.await {
            Ok(prepared) => prepared,
            Err(error) => {
                if params.remove {
                    // The first error tells more than one of the removal would.
                    let _ = container.remove(&ContainerRemoveParams::default().force(true)).await;
                }
                return Err(error);
            }
        };
        Ok(Self {
            container,
            image: image.to_owned(),
            command: params.create.command.as_ref().map(ToString::to_string).unwrap_or_default(),
            stdout: params.stdout,
            stderr: params.stderr,
            remove: params.remove && !params.create.host.auto_remove,
            frames,
            exit,
            errors: Vec::new(),
        })
    }

    /// The output that was asked for, then an error if the command failed.
    fn stream(self) -> ByteStream {
        Box::pin(stream::unfold(Some(self), |state| async move {
            let mut this = state?;
            while let Some(frame) = this.frames.next().await {
                let frame = match frame {
                    Ok(frame) => frame,
                    Err(error) => return Some((Err(error), None)),
                };
                let wanted = match frame.channel {
                    Channel::Stdout => this.stdout,
                    Channel::Stderr => {
                        this.keep(&frame.data);
                        this.stderr
                    }
                };
                if wanted {
                    return Some((Ok(frame.data), Some(this)));
                }
            }
            this.end().await.err().map(|error| (Err(error), None))
        }))
    }

    /// Keeps the end of the standard error.
    fn keep(&mut self, data: &[u8]) {
        self.errors.extend_from_slice(data);
        if self.errors.len() > 2 * KEPT {
            self.errors.drain(..self.errors.len() - KEPT);
        }
    }

    async fn end(self) -> Result<()> {
        let exit = self.exit.json_at_last().await?;
        let removed =
            if self.remove { self.container.remove(&ContainerRemoveParams::default()).await } else { Ok(()) };
        match exit.get("StatusCode").and_then(Value::as_i64) {
            Some(0) => removed,
            // That the command failed tells more than that its container could not be removed.
            Some(code) => {
                Err(Error::container_failed(self.container, &self.command, &self.image, code, self.errors))
            }
            None => {
                Err(Error::new(ErrorKind::StreamParseError, format!("the engine gave no exit code: {exit}")))
            }
        }
    }
}
