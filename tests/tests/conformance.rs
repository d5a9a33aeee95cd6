//! The script API on a real engine: each case is a Lua and a Rhai script that must print the same.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use moondock_tests::binary::{command, root};
use moondock_tests::engine;
use moondock_tests::pairs::{self, Pair};
use moondock_tests::process::run;

const DEADLINE: Duration = Duration::from_secs(120);

/// How many cases run at the same time.
const AT_ONCE: usize = 4;

fn folder() -> PathBuf {
    root().join("tests").join("conformance")
}

fn cases() -> Result<Vec<Pair>> {
    let mut cases = Vec::new();
    for class in std::fs::read_dir(folder())? {
        let class = class?.path();
        cases.extend(pairs::find([&class; 2], &class)?.into_values());
    }
    Ok(cases)
}

/// Runs both scripts of a case, one after the other, since they give their containers the same names.
fn check(pair: &Pair, host: &str) -> Result<()> {
    for script in &pair.scripts {
        let script = script.strip_prefix(root())?;
        check_script(pair, script, host).with_context(|| script.display().to_string())?;
    }
    Ok(())
}

fn check_script(pair: &Pair, script: &Path, host: &str) -> Result<()> {
    let finished = run(command(host)?.arg("run").arg(script).args(["--", host]), DEADLINE)?.success()?;
    ensure!(finished.stderr.is_empty(), "on stderr: {}", finished.stderr());
    pair.check(&finished.stdout())
}

#[test]
fn every_case_prints_the_same_in_both_languages() {
    let engine = engine::shared().unwrap();
    let (cases, next, host) = (cases().unwrap(), AtomicUsize::new(0), engine.host());
    assert!(!cases.is_empty(), "there are no cases");
    let work = || {
        std::iter::from_fn(|| cases.get(next.fetch_add(1, Ordering::SeqCst)))
            .filter_map(|pair| check(pair, &host).err())
            .map(|error| format!("{error:#}"))
            .collect::<Vec<_>>()
    };
    let failures: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(
        failures.is_empty(),
        "{} of {} cases fail:\n\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n\n")
    );
}
