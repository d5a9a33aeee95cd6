//! The process that keeps an engine, and removes all of it when nobody holds it any more.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::request::Address;
use super::system::System;

/// The keeper's program and its parts.
const SCRIPTS: [(&str, &str); 5] = [
    ("keeper.sh", include_str!("keeper.sh")),
    ("inside.sh", include_str!("inside.sh")),
    ("dockerd.sh", include_str!("dockerd.sh")),
    ("podman.sh", include_str!("podman.sh")),
    ("podman_service.sh", include_str!("podman_service.sh")),
];

/// How long an engine may take to answer its first ping.
const START: Duration = Duration::from_secs(60);
/// How long an engine may take to vanish.
const END: Duration = Duration::from_secs(60);
/// How long to sleep between two looks.
const TICK: Duration = Duration::from_millis(20);
/// How much of the engine's log an error shows, in lines.
const LOG_LINES: usize = 25;

/// The folder that holds all of an engine.
#[derive(Debug, Clone)]
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The socket that the engine listens on.
    pub(super) fn socket(&self) -> PathBuf {
        self.file("docker.sock")
    }

    /// The pipe with the orders of a keeper that outlives who started it.
    pub(super) fn orders(&self) -> PathBuf {
        self.file("orders")
    }

    /// All that the engine and the keeper have logged.
    pub(super) fn log(&self) -> String {
        let bytes = std::fs::read(self.file("log")).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The id of the process whose namespaces are the engine's.
    pub(super) fn process(&self) -> Result<String> {
        let id = std::fs::read_to_string(self.file("namespaces")).context("the engine does not run")?;
        Ok(id.trim().to_owned())
    }

    /// The name of the control group that holds the engine's containers.
    pub(super) fn cgroup(&self) -> String {
        self.0.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    fn log_tail(&self) -> String {
        let log = self.log();
        let lines = log.lines().collect::<Vec<_>>();
        lines[lines.len().saturating_sub(LOG_LINES)..].join("\n")
    }

    /// Starts a keeper of an engine of `system`, which waits for orders on `orders` and outlives a closed terminal.
    pub(super) fn keep(&self, orders: Stdio, system: &System, arguments: &[&str]) -> Result<Child> {
        for (name, text) in SCRIPTS {
            std::fs::write(self.file(name), text)?;
        }
        let log = File::create(self.file("log"))?;
        Command::new("setsid")
            .arg("sh")
            .arg(self.file("keeper.sh"))
            .arg(&self.0)
            .arg(self.cgroup())
            .arg(system.to_string())
            .args(arguments)
            .current_dir("/")
            .env("PATH", super::requirements::path())
            // The daemon's own settings, which would otherwise come from who runs the tests.
            .env_remove("DOCKER_HOST")
            .env_remove("DOCKER_TMPDIR")
            .env_remove("NOTIFY_SOCKET")
            .env_remove("CONTAINERS_CONF")
            .env_remove("CONTAINERS_STORAGE_CONF")
            .stdin(orders)
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("`setsid`, which starts a throwaway engine, cannot be run")
    }

    /// Runs a program of the machine's in the namespaces of the engine's network and processes.
    pub(super) fn run_inside(&self, program: &str, arguments: &[&OsStr], log: &Path) -> Result<Child> {
        let namespaces = format!("/proc/{}/ns", self.process()?);
        let log = File::create(log)?;
        Command::new("nsenter")
            .arg(format!("--net={namespaces}/net"))
            .arg(format!("--pid={namespaces}/pid_for_children"))
            .arg(super::requirements::find(program).with_context(|| format!("{program} is not installed"))?)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()
            .context("`nsenter`, which runs a program beside an engine, cannot be run")
    }

    /// Orders the engine to be started and waits until it answers.
    pub(super) fn start(&self, orders: &mut impl Write) -> Result<()> {
        let died = self.file("died");
        remove_file(&died)?;
        orders.write_all(b"start\n").context("the engine's keeper takes no orders")?;
        let end = Instant::now() + START;
        loop {
            if let Ok(code) = std::fs::read_to_string(&died) {
                bail!("the engine ended with code {}; its log ends with\n{}", code.trim(), self.log_tail());
            }
            if self.answers() {
                return Ok(());
            }
            if Instant::now() >= end {
                bail!("the engine does not answer after {START:?}; its log ends with\n{}", self.log_tail());
            }
            std::thread::sleep(TICK);
        }
    }

    /// Whether the engine answers a ping.
    pub(super) fn answers(&self) -> bool {
        self.socket().exists() && Address::Unix(self.socket()).ping().is_ok()
    }

    /// Orders every process of the engine to be killed and waits until the last is gone.
    pub(super) fn kill(&self, orders: &mut impl Write) -> Result<()> {
        let killed = self.file("killed");
        remove_file(&killed)?;
        orders.write_all(b"kill\n").context("the engine's keeper takes no orders")?;
        let end = Instant::now() + END;
        while !killed.exists() {
            if Instant::now() >= end {
                bail!(
                    "the engine in {} cannot be killed; its log ends with\n{}",
                    self.0.display(),
                    self.log_tail()
                );
            }
            std::thread::sleep(TICK);
        }
        Ok(())
    }

    /// Waits until the keeper has removed the folder, which it does last.
    pub(super) fn await_removal(&self) -> Result<()> {
        let end = Instant::now() + END;
        while self.0.exists() {
            if Instant::now() >= end {
                bail!(
                    "the engine in {} cannot be removed; its log ends with\n{}",
                    self.0.display(),
                    self.log_tail()
                );
            }
            std::thread::sleep(TICK);
        }
        Ok(())
    }

    /// Removes what an engine without a keeper has left.
    pub(super) fn sweep(&self) -> Result<()> {
        // A keeper whose orders have ended before the first one removes everything.
        let mut keeper = self.keep(Stdio::null(), &System::Machine, &[])?;
        self.await_removal()?;
        keeper.wait()?;
        Ok(())
    }

    /// Opens the pipe to a keeper that outlives who started it; nothing when no keeper reads it.
    pub(super) fn keeper(&self) -> Option<File> {
        let nonblock = rustix::fs::OFlags::NONBLOCK.bits();
        // Without a reader, opening a pipe for writing alone is refused.
        OpenOptions::new().write(true).custom_flags(nonblock.cast_signed()).open(self.orders()).ok()
    }
}

fn remove_file(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
