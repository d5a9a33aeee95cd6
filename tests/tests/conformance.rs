//! The script API on a real engine: each case is a Lua and a Rhai script that must print the same.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use moondock_tests::binary::{command, root};
use moondock_tests::engine::abilities::{self, Ability};
use moondock_tests::engine::{self, Address, Edition, ThrowawayEngine};
use moondock_tests::image;
use moondock_tests::pairs::{self, Pair};
use moondock_tests::process::run;

const DEADLINE: Duration = Duration::from_secs(120);

/// How long a case may take that an engine is to fail.
const PATIENCE: Duration = Duration::from_secs(30);

/// Cases of what some engine cannot do, and the sign of that in what both scripts do there.
const NEEDS: [(&str, Ability, &str); 19] = [
    ("client/basics", abilities::DISK_USAGE, "linux true"),
    ("client/events", abilities::DESTROY_EVENTS, "has not ended"),
    ("container/inside", abilities::TOP_ARGUMENTS, "true true"),
    ("container/life", abilities::CLIENT_ERRORS, "APIError 500"),
    ("configs/collection", abilities::SWARMS, "GET /swarm: 404"),
    ("containers/create", abilities::ALL_SETTINGS, "on-failure 3\n"),
    ("containers/run_errors", abilities::CLIENT_ERRORS, "\nfalse APIError 500\nfalse InvalidArgument"),
    ("error/values", abilities::CLIENT_ERRORS, "APIError 500"),
    ("images/build", abilities::SHORT_NAMES, "docker.io/moondock/case-build:1"),
    ("images/buildkit", abilities::BUILDKIT, "STEP "),
    ("images/collection", abilities::SHORT_NAMES, "docker.io/moondock/case-images:v1"),
    ("moondock/hooks", abilities::DESTROY_EVENTS, "has not ended"),
    ("network/connections", abilities::RAW_SOCKETS, "1 10.214.2.77\n"),
    ("networks/collection", abilities::NETWORK_TYPES, "invalid filter \"type\""),
    ("nodes/life", abilities::SWARMS, "GET /swarm: 404"),
    ("secrets/collection", abilities::SWARMS, "GET /swarm: 404"),
    ("services/life", abilities::SWARMS, "GET /swarm: 404"),
    ("swarm/life", abilities::SWARMS, "GET /swarm: 404"),
    ("volumes/collection", abilities::VOLUME_SIZES, "Project Quota"),
];

/// How many cases run at the same time.
const AT_ONCE: usize = 4;

/// The classes whose cases make their engine the manager of a swarm, so that they take turns on one of their own.
const SWARM: [&str; 5] = ["configs", "nodes", "secrets", "services", "swarm"];

fn folder() -> PathBuf {
    root().join("tests").join("conformance")
}

/// The cases of the classes that have to do with a swarm, or of all others.
fn cases(swarm: bool) -> Result<Vec<Pair>> {
    let mut cases = Vec::new();
    for class in std::fs::read_dir(folder())? {
        let class = class?;
        if SWARM.iter().any(|name| class.file_name() == *name) == swarm {
            cases.extend(pairs::find([&class.path(); 2], &class.path())?.into_values());
        }
    }
    ensure!(!cases.is_empty(), "there are no cases");
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
                // Its own, since a script that fails leaves behind what it has made.
                let engine = ThrowawayEngine::start()?;
                image::prepare(&engine.address())?;
                let failure = check_script(pair, script, &engine.host(), PATIENCE).err();
                let failure = failure.map(|error| format!("{error:#}"));
                lack.judge_by(sign, ability, failure.as_deref()).map_err(anyhow::Error::msg)
            }
        };
        result.with_context(|| script.display().to_string())?;
    }
    Ok(())
}

fn check_script(pair: &Pair, script: &Path, host: &str, deadline: Duration) -> Result<()> {
    // A script may make contexts and log in.
    let folder = tempfile::tempdir()?;
    let mut command = command(host)?;
    command.env("DOCKER_CONFIG", folder.path().join("config"));
    let finished = run(command.arg("run").arg(script).args(["--", host]), deadline)?.success()?;
    ensure!(finished.stderr.is_empty(), "on stderr: {}", finished.stderr());
    pair.check(&finished.stdout())
}

/// Checks cases on an engine, so many at the same time, and tells of those that fail.
fn check_all(cases: &[Pair], engine: &Address, at_once: usize) {
    let edition = Edition::of(engine).unwrap_or_else(|error| panic!("{error:#}"));
    let (next, host) = (AtomicUsize::new(0), engine.host());
    let work = || {
        std::iter::from_fn(|| cases.get(next.fetch_add(1, Ordering::SeqCst)))
            .filter_map(|pair| check(pair, &host, edition).err())
            .map(|error| format!("{error:#}"))
            .collect::<Vec<_>>()
    };
    let failures: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..at_once).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|_| panic!("a worker panicked")))
            .collect()
    });
    assert!(
        failures.is_empty(),
        "{} of {} cases fail:\n\n{}",
        failures.len(),
        cases.len(),
        failures.join("\n\n")
    );
}

#[test]
fn every_case_prints_the_same_in_both_languages() {
    let engine = engine::shared().unwrap();
    check_all(&cases(false).unwrap(), &engine.address(), AT_ONCE);
}

#[test]
fn every_case_with_a_swarm_prints_the_same_in_both_languages() {
    let engine = ThrowawayEngine::start().unwrap();
    image::prepare(&engine.address()).unwrap();
    check_all(&cases(true).unwrap(), &engine.address(), 1);
}
