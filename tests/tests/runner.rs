//! The binary as its users meet it: exit codes, messages, signals, and engines that fail.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

#[path = "runner/command_line.rs"]
mod command_line;
#[path = "runner/coroutines.rs"]
mod coroutines;
#[path = "runner/ends.rs"]
mod ends;
#[path = "runner/engines.rs"]
mod engines;
#[path = "runner/modules.rs"]
mod modules;
#[path = "runner/streams.rs"]
mod streams;

use std::process::Command;
use std::time::Duration;

use moondock_tests::binary::command;
use moondock_tests::process::{Finished, Running};

const DEADLINE: Duration = Duration::from_secs(120);

/// An address at which there is no engine.
const NOWHERE: &str = "unix:///nonexistent/docker.sock";

/// A language and a script in it.
type Script<'a> = (&'a str, &'a str);

/// Starts a script from standard input.
fn start(host: &str, (language, text): Script) -> Running {
    let mut running = Running::start(from_stdin(host, language).arg("--")).unwrap();
    running.write(text);
    running.close_input();
    running
}

/// Runs a script from standard input.
fn run(host: &str, script: Script) -> Finished {
    start(host, script).wait(DEADLINE).unwrap()
}

fn from_stdin(host: &str, language: &str) -> Command {
    let mut moondock = command(host).unwrap();
    moondock.args(["run", "-", "--lang", language]);
    moondock
}
