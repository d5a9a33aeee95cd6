//! Every example does in both languages what its output file says.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use moondock_tests::binary::{command, root};
use moondock_tests::engine;
use moondock_tests::pairs::{self, Pair};
use moondock_tests::process::{Running, Signal, run};

const DEADLINE: Duration = Duration::from_secs(120);

/// Those that live on after their last line, and what drives them.
const DRIVEN: [(&str, Drive); 2] = [("11-restart", restart), ("12-rebuild", rebuild)];

type Drive = fn(&str, &Path) -> Result<String>;

fn examples() -> PathBuf {
    root().join("scripts").join("examples")
}

fn all() -> Vec<(String, Pair)> {
    let folder = examples();
    let pairs = pairs::find([&folder.join("lua"), &folder.join("rhai")], &folder.join("output"));
    pairs.unwrap().into_iter().collect()
}

/// Runs those whose place in the list leaves this remainder: a quarter of them, beside the other quarters.
fn quarter(remainder: usize) {
    let engine = engine::shared().unwrap();
    for (name, pair) in all().into_iter().skip(remainder).step_by(4) {
        // One after the other, since both give their containers the same names and labels.
        for script in &pair.scripts {
            let drive =
                DRIVEN.iter().find(|(driven, _)| *driven == name).map_or(plain as Drive, |(_, drive)| *drive);
            let result = drive(&engine.host(), script).and_then(|printed| pair.check(&printed));
            result.with_context(|| script.display().to_string()).unwrap_or_else(|error| panic!("{error:#}"));
        }
    }
}

#[test]
fn first_quarter() {
    quarter(0);
}

#[test]
fn second_quarter() {
    quarter(1);
}

#[test]
fn third_quarter() {
    quarter(2);
}

#[test]
fn fourth_quarter() {
    quarter(3);
}

#[test]
fn there_are_at_least_twelve_and_each_begins_with_what_it_does() {
    let all = all();
    assert!(all.len() >= 12, "{} examples", all.len());
    for (_, pair) in all {
        for (script, comment) in pair.scripts.iter().zip(["-- ", "// "]) {
            let text = std::fs::read_to_string(script).unwrap();
            assert!(text.starts_with(comment), "{} does not say what it does", script.display());
        }
    }
}

fn plain(host: &str, script: &Path) -> Result<String> {
    let finished = run(command(host)?.arg("run").arg(script), DEADLINE)?.success()?;
    anyhow::ensure!(finished.stderr.is_empty(), "on stderr: {}", finished.stderr());
    Ok(finished.stdout())
}

/// Ends a script that lives on, with a signal, and gives all that it printed.
fn end(running: Running, signal: Signal, code: i32) -> Result<String> {
    running.signal(signal)?;
    let finished = running.wait(DEADLINE)?;
    anyhow::ensure!(finished.code() == Some(code), "{}: {}", finished.status, finished.stderr());
    anyhow::ensure!(finished.stderr.is_empty(), "on stderr: {}", finished.stderr());
    Ok(finished.stdout())
}

/// Lets a container fail once.
fn restart(host: &str, script: &Path) -> Result<String> {
    const CLIENT: &str = r#"
        local client = require("docker").from_env()
        local container = client.containers:run{
            image = "busybox", command = {"sh", "-c", "test -e /again && exit 0; touch /again; exit 5"},
            labels = {keep = "alive"}, detach = true,
        }
        print(container.id)
    "#;
    const REMOVE: &str = r#"require("docker").from_env().containers:get(arg[1]):remove{force = true}"#;
    let mut running = Running::start(command(host)?.arg("run").arg(script))?;
    running.wait_for_stdout("looking after", DEADLINE)?;
    let container = lua(host, CLIENT, &[])?;
    running.wait_for_stdout("has ended", DEADLINE)?;
    lua(host, REMOVE, &[container.trim()])?;
    end(running, Signal::TERM, 143)
}

/// Changes a folder, for the better and for the worse.
fn rebuild(host: &str, script: &Path) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
    write("Dockerfile", "FROM busybox\nCOPY version /version\nCMD [\"sleep\", \"600\"]\n")?;
    write("version", "1")?;
    let mut running = Running::start(command(host)?.arg("run").arg(script).arg("--").arg(folder.path()))?;
    running.wait_for_stdout("runs: 1", DEADLINE)?;
    write("version", "2")?;
    running.wait_for_stdout("runs: 2", DEADLINE)?;
    std::fs::remove_file(folder.path().join("version"))?;
    running.wait_for_stdout("build failed", DEADLINE)?;
    write("version", "3")?;
    running.wait_for_stdout("runs: 3", DEADLINE)?;
    end(running, Signal::INT, 130)
}

/// Runs a Lua script that does what an example needs done from outside.
fn lua(host: &str, text: &str, arguments: &[&str]) -> Result<String> {
    let mut running =
        Running::start(command(host)?.args(["run", "-", "--lang", "lua", "--"]).args(arguments))?;
    running.write(text);
    running.close_input();
    Ok(running.wait(DEADLINE)?.success()?.stdout())
}
