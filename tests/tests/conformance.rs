//! The script API on a real engine: each case is a Lua and a Rhai script that must print the same.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use moondock_tests::binary::{command, root};
use moondock_tests::engine::abilities::{self, Ability};
use moondock_tests::engine::{self, Edition};
use moondock_tests::pairs::{self, Pair};
use moondock_tests::process::run;

const DEADLINE: Duration = Duration::from_secs(120);

/// How long a case may take that an engine is to fail.
const PATIENCE: Duration = Duration::from_secs(30);

/// Cases of what some engine cannot do, and the sign of that in what both scripts do there.
const NEEDS: [(&str, Ability, &str); 10] = [
    ("client/basics", abilities::DISK_USAGE, "linux true"),
    ("client/events", abilities::DESTROY_EVENTS, "has not ended"),
    ("container/inside", abilities::TOP_ARGUMENTS, "true true"),
    ("container/life", abilities::CLIENT_ERRORS, "APIError 500"),
    ("containers/create", abilities::ALL_SETTINGS, "on-failure 3\n"),
    ("containers/run_errors", abilities::CLIENT_ERRORS, "\nfalse APIError 500\nfalse InvalidArgument"),
    ("error/values", abilities::CLIENT_ERRORS, "APIError 500"),
    ("images/build", abilities::SHORT_NAMES, "docker.io/moondock/case-build:1"),
    ("images/collection", abilities::SHORT_NAMES, "docker.io/moondock/case-images:v1"),
    ("moondock/hooks", abilities::DESTROY_EVENTS, "has not ended"),
];

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
fn check(pair: &Pair, host: &str, edition: Edition) -> Result<()> {
    let lacking = NEEDS.iter().find(|(case, ..)| pair.output == folder().join(case).with_extension("txt"));
    let lacking = lacking.and_then(|(_, ability, sign)| Some((ability, ability.lack(edition)?, sign)));
    for script in &pair.scripts {
        let script = script.strip_prefix(root())?;
        let result = match lacking {
            None => check_script(pair, script, host, DEADLINE),
            Some((ability, lack, sign)) => {
                let failure = check_script(pair, script, host, PATIENCE).err();
                let failure = failure.map(|error| format!("{error:#}"));
                lack.judge_by(sign, ability, failure.as_deref()).map_err(anyhow::Error::msg)
            }
        };
        result.with_context(|| script.display().to_string())?;
    }
    Ok(())
}

fn check_script(pair: &Pair, script: &Path, host: &str, deadline: Duration) -> Result<()> {
    let finished = run(command(host)?.arg("run").arg(script).args(["--", host]), deadline)?.success()?;
    ensure!(finished.stderr.is_empty(), "on stderr: {}", finished.stderr());
    pair.check(&finished.stdout())
}

#[test]
fn every_case_prints_the_same_in_both_languages() {
    let engine = engine::shared().unwrap();
    let edition = Edition::of(&engine.address()).unwrap();
    let (cases, next, host) = (cases().unwrap(), AtomicUsize::new(0), engine.host());
    assert!(!cases.is_empty(), "there are no cases");
    let work = || {
        std::iter::from_fn(|| cases.get(next.fetch_add(1, Ordering::SeqCst)))
            .filter_map(|pair| check(pair, &host, edition).err())
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
