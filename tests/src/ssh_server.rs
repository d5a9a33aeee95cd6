//! An ssh server of the tests' own, on loopback, with keys of its own.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};
use rustix::process::Signal;
use tempfile::TempDir;

use crate::engine::requirements;
use crate::process::{Running, run};

/// How long the server may take to start, or a key to be made.
const START: Duration = Duration::from_secs(30);

/// What starts the server: `sh -c START FOLDER SSHD`. The folder that sshd wants in `/run` is its own.
const INSIDE: &str =
    "mount -t tmpfs tmpfs /run && mkdir -m 755 /run/sshd && exec \"$1\" -D -e -f \"$0/sshd_config\"";

/// An ssh server that lets root in with one key; dropped, it is killed with all its sessions.
#[derive(Debug)]
pub struct SshServer {
    folder: TempDir,
    port: u16,
    server: Running,
}

impl SshServer {
    /// Starts a server where the `docker` program talks to the engine at a socket.
    ///
    /// # Errors
    /// A program is missing, this process is not root's, or the server does not start.
    pub fn start(socket: &Path) -> Result<Self> {
        Self::start_with(socket, "")
    }

    /// Does what [`start`](Self::start) does, with further lines for `sshd_config`.
    ///
    /// # Errors
    /// As [`start`](Self::start).
    pub fn start_with(socket: &Path, lines: &str) -> Result<Self> {
        let sshd = requirements::find("sshd");
        let sshd =
            sshd.context("sshd is missing; to install it on Debian, run apt-get install openssh-server")?;
        let folder = tempfile::Builder::new().prefix("moondock-sshd-").tempdir()?;
        let path = |name: &str| folder.path().join(name);
        for name in ["host_key", "key"] {
            let mut make = Command::new("ssh-keygen");
            run(make.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(path(name)), START)?.success()?;
        }
        // Free a moment ago; whoever takes it first makes the start fail, loudly.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let at = folder.path().display();
        let config = format!(
            "{lines}\nListenAddress 127.0.0.1\nPort {port}\nHostKey {at}/host_key\nPidFile none\nUsePAM no\n\
             AuthorizedKeysFile {at}/key.pub\nPasswordAuthentication no\nPermitRootLogin yes\nStrictModes no\n\
             SetEnv DOCKER_HOST=unix://{socket} DOCKER_CONFIG={at}/docker PATH={programs}\n",
            socket = socket.display(),
            programs = requirements::path().to_string_lossy(),
        );
        fs::write(path("sshd_config"), config)?;
        let host_key = fs::read_to_string(path("host_key.pub"))?;
        fs::write(path("known_hosts"), format!("[127.0.0.1]:{port} {host_key}"))?;
        let client = format!(
            "IdentityFile {at}/key\nIdentitiesOnly yes\nIdentityAgent none\nUserKnownHostsFile {at}/known_hosts\n\
             GlobalKnownHostsFile /dev/null\n"
        );
        fs::write(path("ssh_config"), client)?;
        let mut unshare = Command::new("unshare");
        // The sessions leave the server's process group, but not its namespace.
        unshare.args([
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
            "--propagation",
            "private",
        ]);
        let mut server = Running::start(unshare.args(["sh", "-c", INSIDE]).arg(folder.path()).arg(sshd))?;
        server.wait_for_stderr("Server listening on", START)?;
        Ok(Self { folder, port, server })
    }

    /// The server's address as `DOCKER_HOST` has it.
    pub fn host(&self) -> String {
        format!("ssh://root@127.0.0.1:{}", self.port)
    }

    /// The arguments with which `ssh` gets in.
    pub fn options(&self) -> Vec<String> {
        vec!["-F".to_owned(), self.configuration().display().to_string()]
    }

    /// The client's configuration, which belongs to the caller.
    pub fn configuration(&self) -> PathBuf {
        self.folder.path().join("ssh_config")
    }

    /// All that the server has logged.
    pub fn log(&self) -> String {
        self.server.stderr()
    }

    /// Kills the server and all its sessions.
    ///
    /// # Errors
    /// It has ended already.
    pub fn kill(&self) -> Result<()> {
        self.server.signal(Signal::KILL)
    }
}
