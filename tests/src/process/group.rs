//! A command and all that it starts, as one group.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid};

use super::TICK;

/// A command in a process group of its own; dropped, the whole group is killed.
#[derive(Debug)]
pub struct Group {
    child: Child,
    id: Pid,
    status: Option<ExitStatus>,
}

impl Group {
    /// Starts a command as the leader of a new process group.
    ///
    /// # Errors
    /// The command cannot be run.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        let child =
            command.process_group(0).spawn().with_context(|| format!("`{}` cannot be run", line(command)))?;
        let id = Pid::from_child(&child);
        Ok(Self { child, id, status: None })
    }

    /// The id of the leader.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The leader, for its pipes.
    pub(super) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Whether the leader has ended.
    ///
    /// # Errors
    /// The system does not tell.
    pub fn ended(&self) -> Result<bool> {
        if self.status.is_some() {
            return Ok(true);
        }
        // The leader stays a zombie, so that its id cannot become that of a stranger's group.
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        Ok(waitid(WaitId::Pid(self.id), options)?.is_some())
    }

    /// Waits until the leader ends, then kills the rest of the group; nothing when `deadline` passed.
    ///
    /// # Errors
    /// The system refuses to signal or to wait.
    pub fn wait(&mut self, deadline: Duration) -> Result<Option<ExitStatus>> {
        let end = Instant::now() + deadline;
        while !self.ended()? {
            if Instant::now() >= end {
                return Ok(None);
            }
            std::thread::sleep(TICK);
        }
        self.kill().map(Some)
    }

    /// Sends a signal to every process of the group.
    ///
    /// # Errors
    /// The system refuses; that the group is already gone is none.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        if self.status.is_some() {
            return Ok(());
        }
        match kill_process_group(self.id, signal) {
            Ok(()) | Err(Errno::SRCH) => Ok(()),
            Err(error) => Err(error).context("the process group cannot be signalled"),
        }
    }

    /// Sends a signal to the leader alone.
    ///
    /// # Errors
    /// The leader has ended, or the system refuses.
    pub fn signal_leader(&self, signal: Signal) -> Result<()> {
        anyhow::ensure!(self.status.is_none(), "the process has ended");
        kill_process(self.id, signal).context("the process cannot be signalled")
    }

    /// Kills the whole group and tells how its leader ended.
    ///
    /// # Errors
    /// The system refuses to signal or to wait.
    pub fn kill(&mut self) -> Result<ExitStatus> {
        if let Some(status) = self.status {
            return Ok(status);
        }
        self.signal(Signal::KILL)?;
        let status = self.child.wait().context("the process cannot be waited for")?;
        self.status = Some(status);
        Ok(status)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // Nobody is left to hear of it.
        let _ = self.kill();
    }
}

/// The words of a command, as a person would type them.
pub(super) fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
