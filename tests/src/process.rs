//! Commands that are run with a deadline, heard out, signalled, and never left behind.

mod capture;
mod group;

pub use group::Group;
pub use rustix::process::Signal;

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use capture::Capture;

/// How long the output of a command that has ended may stay open, held by a process that left its group.
const DRAIN: Duration = Duration::from_secs(5);

/// How long to sleep between two looks at a process.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// Runs a command to its end with nothing on its stdin.
///
/// # Errors
/// The command cannot be run, or has not ended within `deadline`; it is killed then, and the error shows its output.
pub fn run(command: &mut Command, deadline: Duration) -> Result<Finished> {
    let mut running = Running::start(command)?;
    running.close_input();
    running.wait(deadline)
}

/// A command that has ended.
#[derive(Debug)]
pub struct Finished {
    /// How it ended.
    pub status: ExitStatus,
    /// All that it wrote to stdout.
    pub stdout: Vec<u8>,
    /// All that it wrote to stderr.
    pub stderr: Vec<u8>,
}

impl Finished {
    /// The exit code, unless a signal ended the command.
    pub fn code(&self) -> Option<i32> {
        self.status.code()
    }

    /// The number of the signal that ended the command, if one did.
    pub fn signal(&self) -> Option<i32> {
        self.status.signal()
    }

    /// What it wrote to stdout, with each invalid sequence replaced.
    pub fn stdout(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// What it wrote to stderr, with each invalid sequence replaced.
    pub fn stderr(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }

    /// Hands the result on if the command ended with code 0.
    ///
    /// # Errors
    /// It did not; the error shows its output.
    pub fn success(self) -> Result<Self> {
        if !self.status.success() {
            bail!("{}\nstdout:\n{}\nstderr:\n{}", self.status, self.stdout(), self.stderr());
        }
        Ok(self)
    }
}

/// A command that runs in a process group of its own; dropped, the whole group is killed.
#[derive(Debug)]
pub struct Running {
    line: String,
    group: Group,
    input: Option<Sender<Vec<u8>>>,
    stdout: Capture,
    stderr: Capture,
}

impl Running {
    /// Starts a command with stdin, stdout and stderr connected to this value.
    ///
    /// # Errors
    /// The command cannot be run.
    pub fn start(command: &mut Command) -> Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut group = Group::spawn(command)?;
        let child = group.child();
        let streams = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = streams else {
            bail!("the command has no pipes");
        };
        Ok(Self {
            line: group::line(command),
            group,
            input: Some(feed(stdin)),
            stdout: Capture::start(stdout),
            stderr: Capture::start(stderr),
        })
    }

    /// The id of the process.
    pub fn id(&self) -> u32 {
        self.group.id()
    }

    /// Hands bytes to the command's stdin without waiting until it reads them.
    pub fn write(&self, bytes: impl Into<Vec<u8>>) {
        if let Some(input) = &self.input {
            // A command that no longer reads shows that in its own result.
            let _ = input.send(bytes.into());
        }
    }

    /// Ends the command's stdin behind what was written.
    pub fn close_input(&mut self) {
        self.input = None;
    }

    /// Sends a signal to the command itself, not to its children.
    ///
    /// # Errors
    /// The command has ended.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        self.group.signal_leader(signal)
    }

    /// What the command has written to stdout until now.
    pub fn stdout(&self) -> String {
        self.stdout.text()
    }

    /// What the command has written to stderr until now.
    pub fn stderr(&self) -> String {
        self.stderr.text()
    }

    /// Waits until `text` stands in the command's stdout.
    ///
    /// # Errors
    /// The command ended without it, or `deadline` passed.
    pub fn wait_for_stdout(&mut self, text: &str, deadline: Duration) -> Result<()> {
        self.wait_for(text, deadline, "stdout", |running| running.stdout.text())
    }

    /// Waits until `text` stands in the command's stderr.
    ///
    /// # Errors
    /// The command ended without it, or `deadline` passed.
    pub fn wait_for_stderr(&mut self, text: &str, deadline: Duration) -> Result<()> {
        self.wait_for(text, deadline, "stderr", |running| running.stderr.text())
    }

    fn wait_for(
        &mut self,
        text: &str,
        deadline: Duration,
        stream: &str,
        written: impl Fn(&Self) -> String,
    ) -> Result<()> {
        let end = Instant::now() + deadline;
        loop {
            // Looked at before the text, so that what an ending command wrote last is still seen.
            let over = self.group.ended()? && self.stdout.ended() && self.stderr.ended();
            if written(self).contains(text) {
                return Ok(());
            }
            if over {
                bail!("`{}` ended without {text:?} on its {stream}{}", self.line, self.output());
            }
            if Instant::now() >= end {
                bail!("`{}` wrote no {text:?} to {stream} in {deadline:?}{}", self.line, self.output());
            }
            std::thread::sleep(TICK);
        }
    }

    /// Waits until the command ends, then kills what it left in its process group.
    ///
    /// # Errors
    /// It has not ended within `deadline`; it is killed then, and the error shows its output.
    pub fn wait(mut self, deadline: Duration) -> Result<Finished> {
        let Some(status) = self.group.wait(deadline)? else {
            self.group.kill().with_context(|| format!("`{}` cannot be killed", self.line))?;
            self.drain();
            bail!("`{}` has not ended in {deadline:?} and was killed{}", self.line, self.output());
        };
        self.drain();
        Ok(Finished { status, stdout: self.stdout.bytes(), stderr: self.stderr.bytes() })
    }

    fn drain(&self) {
        let end = Instant::now() + DRAIN;
        while !(self.stdout.ended() && self.stderr.ended()) && Instant::now() < end {
            std::thread::sleep(TICK);
        }
    }

    fn output(&self) -> String {
        format!("\nstdout:\n{}\nstderr:\n{}", self.stdout.text(), self.stderr.text())
    }
}

/// Writes from a thread, since a pipe that is full would hold the test up.
fn feed(mut stdin: std::process::ChildStdin) -> Sender<Vec<u8>> {
    let (sender, receiver) = channel::<Vec<u8>>();
    std::thread::spawn(move || {
        use std::io::Write;
        for bytes in receiver {
            if stdin.write_all(&bytes).is_err() {
                break;
            }
        }
    });
    sender
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(30);

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    fn alive(id: &str) -> bool {
        let state = std::fs::read_to_string(format!("/proc/{}/stat", id.trim()));
        state.is_ok_and(|line| !line.rsplit(')').next().unwrap().trim_start().starts_with('Z'))
    }

    fn await_death(id: &str) {
        let end = Instant::now() + LONG;
        while alive(id) {
            assert!(Instant::now() < end, "process {id} still runs");
            std::thread::sleep(TICK);
        }
    }

    #[test]
    fn output_and_code_are_kept_apart() {
        let finished = run(&mut shell("echo out; echo err >&2; exit 3"), LONG).unwrap();
        assert_eq!((finished.stdout(), finished.stderr()), ("out\n".to_owned(), "err\n".to_owned()));
        assert_eq!((finished.code(), finished.signal()), (Some(3), None));
        let error = finished.success().unwrap_err().to_string();
        assert!(error.contains("out") && error.contains("err"), "{error}");
    }

    #[test]
    fn a_command_that_does_not_exist_is_named() {
        let error = run(&mut Command::new("no-such-command"), LONG).unwrap_err();
        assert!(format!("{error:#}").contains("`no-such-command`"), "{error:#}");
    }

    #[test]
    fn a_passed_deadline_kills_and_shows_the_output() {
        let error =
            run(&mut shell("echo $$; exec sleep 600"), Duration::from_millis(300)).unwrap_err().to_string();
        let id = error.lines().nth(2).unwrap();
        assert!(error.contains("has not ended in 300ms"), "{error}");
        await_death(id);
    }

    #[test]
    fn children_that_outlive_the_command_are_killed() {
        let finished = run(&mut shell("sleep 600 >/dev/null 2>&1 & echo $!"), LONG).unwrap();
        await_death(&finished.stdout());
    }

    #[test]
    fn dropping_kills_the_group() {
        let mut running = Running::start(&mut shell("sleep 600 & echo $!; wait")).unwrap();
        running.wait_for_stdout("\n", LONG).unwrap();
        let (shell, child) = (running.id().to_string(), running.stdout());
        assert!(alive(&shell) && alive(&child));
        drop(running);
        await_death(&shell);
        await_death(&child);
    }

    #[test]
    fn signals_reach_the_command() {
        let mut running = Running::start(&mut shell(
            "trap 'echo caught; exit 7' TERM; echo ready; while :; do sleep 0.1; done",
        ))
        .unwrap();
        running.wait_for_stdout("ready", LONG).unwrap();
        running.signal(Signal::TERM).unwrap();
        let finished = running.wait(LONG).unwrap();
        assert_eq!((finished.code(), finished.stdout()), (Some(7), "ready\ncaught\n".to_owned()));

        let running = Running::start(Command::new("sleep").arg("600")).unwrap();
        running.signal(Signal::KILL).unwrap();
        assert_eq!(running.wait(LONG).unwrap().signal(), Some(9));
    }

    #[test]
    fn input_is_written_and_ended() {
        let mut running = Running::start(&mut Command::new("cat")).unwrap();
        running.write("one\n");
        running.wait_for_stdout("one", LONG).unwrap();
        // More than a pipe holds, to a reader that must not be waited for.
        running.write(vec![b'x'; 1 << 20]);
        running.close_input();
        assert_eq!(running.wait(LONG).unwrap().stdout.len(), (1 << 20) + 4);
    }

    #[test]
    fn waiting_for_words_ends_with_the_command() {
        let mut running = Running::start(&mut shell("echo other >&2")).unwrap();
        let error = running.wait_for_stderr("never", LONG).unwrap_err().to_string();
        assert!(error.contains("ended without \"never\"") && error.contains("other"), "{error}");
    }
}
