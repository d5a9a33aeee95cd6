//! How long a process takes, and how much memory at the most.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

/// How often a process's memory is looked at.
const LOOK: Duration = Duration::from_millis(5);

/// What a process took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    /// From its start to its end.
    pub(super) took: Duration,
    /// The most memory that it held, in bytes.
    pub(super) peak: u64,
}

/// Runs a command to its end, watching its memory.
pub(super) fn whole(command: &mut Command) -> Result<Measured> {
    let started = Instant::now();
    let mut child = spawn(command)?;
    let mut peak = 0;
    let status = loop {
        peak = peak.max(peak_of(&child));
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(LOOK);
    };
    let took = started.elapsed();
    ensure!(status.success(), "{} failed: {status}", command.get_program().display());
    Ok(Measured { took, peak })
}

/// Runs a command that prints how many seconds its work took, and gives these and its memory at the most, in bytes.
pub(super) fn told(command: &mut Command) -> Result<(f64, u64)> {
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let program = command.get_program().display().to_string();
    let mut child = command.spawn().with_context(|| format!("{program} cannot be run"))?;
    let mut peak = 0;
    while child.try_wait()?.is_none() {
        peak = peak.max(peak_of(&child));
        std::thread::sleep(LOOK);
    }
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "{program} failed: {}", output.status);
    let text = String::from_utf8_lossy(&output.stdout);
    let seconds = text.split_whitespace().next().and_then(|word| word.parse().ok());
    Ok((seconds.with_context(|| format!("{program} printed no seconds: {text}"))?, peak))
}

/// How long a command takes, the median of so many runs.
pub(super) fn median(runs: usize, command: impl Fn() -> Command) -> Result<Duration> {
    let mut times = Vec::with_capacity(runs);
    for _ in 0..runs {
        let mut command = command();
        let started = Instant::now();
        let status = spawn(&mut command)?.wait()?;
        times.push(started.elapsed());
        ensure!(status.success(), "{} failed: {status}", command.get_program().display());
    }
    times.sort();
    Ok(times[times.len() / 2])
}

fn spawn(command: &mut Command) -> Result<Child> {
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
    child.with_context(|| format!("{} cannot be run", command.get_program().display()))
}

/// The most memory that a process has held until now; zero when it has ended.
fn peak_of(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}
