//! Everything that a document tells a reader to run does what the document shows.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use moondock_tests::binary::{command, moondock, root};
use moondock_tests::documents::{self, Shown, Work, is_output};
use moondock_tests::engine;
use moondock_tests::process::{Finished, Running, run};

/// Long enough for a command that builds something.
const DEADLINE: Duration = Duration::from_secs(600);

/// Commands that run this test themselves, or that only an own engine or another machine can take.
const OF_DEVELOPERS: [&str; 6] = ["test", "ci", "engine start", "engine stop", "record", "codegen"];

#[test]
fn what_documents_show_is_so() {
    let engine = engine::shared().unwrap();
    let mut failures = Vec::new();
    let mut count = 0;
    for path in documents::all(root()).unwrap() {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        let text = std::fs::read_to_string(&path).unwrap();
        for shown in documents::shown(&name, &text).unwrap() {
            count += 1;
            if let Err(error) = check(&shown, &engine.host()) {
                failures.push(format!("{}: {error:#}", shown.place));
            }
        }
    }
    assert!(count > 20, "only {count} scripts and commands are shown");
    assert!(failures.is_empty(), "{} of {count} are not so:\n\n{}", failures.len(), failures.join("\n\n"));
}

#[test]
fn links_lead_somewhere() {
    for path in documents::all(root()).unwrap() {
        let text = std::fs::read_to_string(&path).unwrap();
        let folder = path.parent().unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            let leads = file.is_empty() || file.starts_with("https://") || folder.join(file).exists();
            assert!(leads, "{}: {link} leads nowhere", path.display());
        }
    }
}

fn check(shown: &Shown, host: &str) -> Result<()> {
    match &shown.work {
        Work::Script(language, text) => {
            let mut running = Running::start(command(host)?.args(["run", "-", "--lang", language.suffix()]))?;
            running.write(text.as_str());
            running.close_input();
            let finished = running.wait(DEADLINE)?.success()?;
            ensure!(finished.stderr.is_empty(), "on stderr: {}", finished.stderr());
            compare(shown, &finished.stdout())
        }
        Work::Command(line) => match line.strip_prefix("cargo xtask ") {
            Some(words) if OF_DEVELOPERS.iter().any(|known| words.starts_with(known)) => is_known(words),
            _ => {
                let finished = shell(line, host)?;
                compare(shown, &(finished.stdout() + &finished.stderr()))
            }
        },
    }
}

fn compare(shown: &Shown, printed: &str) -> Result<()> {
    let Some(output) = &shown.output else { return Ok(()) };
    ensure!(is_output(output, printed), "shown:\n{output}\nprinted:\n{printed}");
    Ok(())
}

/// Makes sure that `cargo xtask` has a command.
fn is_known(words: &str) -> Result<()> {
    let mut cargo = Command::new(env!("CARGO"));
    let words = words.split_whitespace().take_while(|word| !word.starts_with('-'));
    cargo.current_dir(root()).args(["xtask"]).args(words).arg("--help");
    run(&mut cargo, DEADLINE)?.success().map(drop)
}

/// Runs a line in the repository's root, with the binary in the path; what a document shows of it may be an error.
fn shell(line: &str, host: &str) -> Result<Finished> {
    let binary = moondock()?;
    let folder = binary.parent().map(Path::to_owned).context("the binary is in a folder")?;
    let mut path = folder.into_os_string();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let mut shell = Command::new("bash");
    shell.args(["-c", line]).current_dir(root()).env("PATH", path).env("DOCKER_HOST", host);
    run(&mut shell, DEADLINE)
}
