//! The program `ssh`, which runs `docker system dial-stdio` on another machine.

mod stream;

use std::ffi::OsString;
use std::io;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use tokio::process::Command;
use tokio::sync::{OnceCell, Semaphore};

use crate::client::SshSettings;

pub(super) use stream::SshStream as Stream;

/// How long the connection that others share is kept when the last of them has ended, in seconds.
const PERSIST: u32 = 10;

/// The machine to reach and the engine's socket there.
pub(super) struct Target {
    pub(super) user: Option<String>,
    pub(super) host: String,
    pub(super) port: Option<u16>,
    pub(super) socket: Option<String>,
}

impl Target {
    /// The arguments that name the machine. Behind `--`, for a name is no option.
    fn arguments(&self) -> Vec<OsString> {
        let mut arguments = Vec::new();
        if let Some(user) = &self.user {
            arguments.extend(["-l".into(), user.into()]);
        }
        if let Some(port) = self.port {
            arguments.extend(["-p".into(), port.to_string().into()]);
        }
        arguments.extend(["--".into(), OsString::from(&self.host)]);
        arguments
    }

    /// What the other machine's shell runs.
    fn command(&self) -> String {
        match &self.socket {
            None => "docker system dial-stdio".to_owned(),
            Some(socket) => {
                let host = format!("unix://{socket}");
                format!("docker --host {} system dial-stdio", shell_words::quote(&host))
            }
        }
    }
}

/// Starts `ssh` for each connection, no more than so many at a time.
pub(super) struct Dialer {
    target: Target,
    settings: SshSettings,
    limit: Duration,
    permits: Arc<Semaphore>,
    /// Where the socket of the shared connection is, if there is to be one.
    shared: OnceCell<Option<TempDir>>,
}

impl Dialer {
    pub(super) fn new(target: Target, settings: SshSettings, limit: Duration) -> Self {
        let permits = Arc::new(Semaphore::new(settings.connections.max(1)));
        Self { target, settings, limit, permits, shared: OnceCell::new() }
    }

    pub(super) async fn connect(&self) -> io::Result<Stream> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(io::Error::other)?;
        let mut command = self.command();
        for option in ["BatchMode=yes".to_owned(), format!("ConnectTimeout={}", self.limit.as_secs().max(1))]
        {
            command.args(["-o", &option]);
        }
        if let Some(folder) = self.shared.get_or_try_init(|| self.share()).await? {
            command.args(["-o", "ControlMaster=auto", "-o", &format!("ControlPersist={PERSIST}"), "-o"]);
            let mut path = OsString::from("ControlPath=");
            path.push(folder.path().join("%C"));
            command.arg(path);
        }
        command.arg("-T").args(self.target.arguments()).arg(self.target.command());
        Stream::start(&mut command, permit)
    }

    /// Why no connection could be had for so long.
    pub(super) fn why_late(&self) -> String {
        let most = self.settings.connections;
        if self.permits.available_permits() == 0 {
            format!(": all {most} ssh connections are in use, each by a stream or a call")
        } else {
            String::new()
        }
    }

    /// The user's own options come first, for ssh takes the first value that it is given.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.settings.program);
        command.args(&self.settings.options).kill_on_drop(true);
        // A Ctrl-C at the terminal is for the program, which may want to talk to the engine before it ends.
        #[cfg(unix)]
        command.process_group(0);
        command
    }

    /// Decides whether connections share one, as ssh's `ControlMaster` lets them. Who has configured that for the
    /// machine is left to it.
    async fn share(&self) -> io::Result<Option<TempDir>> {
        if cfg!(windows) {
            return Ok(None);
        }
        let mut command = self.command();
        command.arg("-G").args(self.target.arguments());
        command.stdin(Stdio::null()).stderr(Stdio::null());
        let output = command.output().await.map_err(|error| not_started(&command, &error))?;
        let configuration = String::from_utf8_lossy(&output.stdout);
        let own = configuration.lines().any(|line| match line.split_once(' ') {
            Some(("controlmaster", value)) => !matches!(value, "false" | "no"),
            Some(("controlpath", value)) => value != "none",
            _ => false,
        });
        // What is wrong with the configuration is better said by the command that connects.
        if own || !output.status.success() {
            return Ok(None);
        }
        tempfile::Builder::new().prefix("moondock-ssh-").tempdir().map(Some)
    }
}

fn not_started(command: &Command, error: &io::Error) -> io::Error {
    let program = command.as_std().get_program().to_string_lossy();
    io::Error::new(error.kind(), format!("the program `{program}` cannot be run: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(address: &str) -> Target {
        let Ok(crate::Host::Ssh { user, host, port, socket }) = address.parse() else {
            panic!("{address} is no address of ssh's");
        };
        Target { user, host, port, socket }
    }

    #[test]
    fn names_the_machine_behind_the_options() {
        assert_eq!(target("ssh://box").arguments(), ["--", "box"]);
        assert_eq!(target("ssh://me@[::1]:22").arguments(), ["-l", "me", "-p", "22", "--", "::1"]);
    }

    #[test]
    fn quotes_what_the_other_shell_reads() {
        assert_eq!(target("ssh://box").command(), "docker system dial-stdio");
        let command = target("ssh://box/run/a b;x.sock").command();
        assert_eq!(command, "docker --host 'unix:///run/a b;x.sock' system dial-stdio");
    }
}
