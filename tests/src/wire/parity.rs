//! The cases as scripts, run and compared.

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::case::{self, Case};
use super::compare::compare;
use super::engine::RecordingEngine;
use super::recorded::Recording;
use super::render::{self, Language};
use super::{contexts, folder, recordings};
use crate::{binary, process};

/// How long a script may run.
const DEADLINE: Duration = Duration::from_secs(60);

/// How many scripts run at the same time.
const AT_ONCE: usize = 4;

/// A variable that restricts a run to cases whose `area/name` contains its value.
const ONLY: &str = "MOONDOCK_WIRE_ONLY";

/// The outcome of a run.
pub struct Outcome {
    /// How many cases were run.
    pub cases: usize,
    /// A report on each case that differs.
    pub failures: Vec<String>,
}

/// Runs every case in a language and compares what is sent with docker-py's recordings.
///
/// # Errors
///
/// When there is no binary to run, or cases or recordings cannot be read.
pub fn run(language: Language) -> Result<Outcome> {
    let binary = binary::moondock()?;
    let only = std::env::var(ONLY).unwrap_or_default();
    let mut jobs = Vec::new();
    for area in case::load(&folder().join("cases"))? {
        let mut recorded = recordings::load(&recordings::file(&area.name))?;
        for case in area.cases {
            let at = recorded.iter().position(|(name, _)| *name == case.name);
            let at = at.with_context(|| {
                format!("`{}/{}` is not recorded: run `cargo xtask record`", area.name, case.name)
            })?;
            let name = format!("{}/{}", area.name, case.name);
            if name.contains(&only) {
                jobs.push((name, case, recorded.swap_remove(at).1));
            }
        }
    }
    let (next, failures) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        let workers: Vec<_> =
            (0..AT_ONCE).map(|_| scope.spawn(|| work(&binary, language, &jobs, &next, &failures))).collect();
        for worker in workers {
            match worker.join() {
                Ok(done) => done?,
                Err(_) => bail!("a worker panicked"),
            }
        }
        Ok(())
    })?;
    let mut failures = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
    failures.sort();
    Ok(Outcome { cases: jobs.len(), failures })
}

/// Takes one job after the other.
fn work(
    binary: &Path,
    language: Language,
    jobs: &[(String, Case, Recording)],
    next: &AtomicUsize,
    failures: &Mutex<Vec<String>>,
) -> Result<()> {
    let engine = RecordingEngine::start().context("the recording engine did not start")?;
    contexts::lay(&engine.folder().join("contexts"))?;
    while let Some((name, case, recorded)) = jobs.get(next.fetch_add(1, Ordering::SeqCst)) {
        let differences = match send(binary, language, case, &engine) {
            Ok(ours) => compare(case, recorded, &ours),
            Err(error) => vec![format!("{error:#}")],
        };
        if !differences.is_empty() {
            let report = format!("{name} ({})\n  {}", language.suffix(), differences.join("\n  "));
            failures.lock().unwrap_or_else(PoisonError::into_inner).push(report);
        }
    }
    Ok(())
}

/// Runs a case as a script and gives what it sent.
fn send(binary: &Path, language: Language, case: &Case, engine: &RecordingEngine) -> Result<Recording> {
    let folder = engine.folder();
    let base_url = format!("unix://{}", engine.socket().display());
    let text = render::script(language, case, &base_url, &folder.join("contexts"))?;
    let script = folder.join("case").with_extension(language.suffix());
    std::fs::write(&script, &text)?;
    engine.begin(&case.scenario);
    let mut command = Command::new(binary);
    command
        .arg("run")
        .arg(&script)
        .env_clear()
        .env("HOME", folder)
        .env("DOCKER_CONFIG", folder.join("config"));
    process::run(&mut command, DEADLINE)?.success().with_context(|| format!("the script failed:\n{text}"))?;
    Ok(engine.recording())
}
