//! All tests, on an engine of their own.

use anyhow::Result;
use moondock_tests::engine::requirements::{FOR_TESTS, find};
use moondock_tests::engine::{TEST_HOST, TEST_SYSTEM, ThrowawayEngine};
use moondock_tests::image;

use crate::editions::Edition;
use crate::requirements;
use crate::run::{cargo, run};

/// What runs on podman unless a package is named: the client's tests, and the pairs of scripts.
const ON_PODMAN: [&[&str]; 2] = [
    &["--package", "moondock-engine", "--lib", "--tests"],
    &["--package", "moondock-tests", "--test", "conformance"],
];

/// Starts a throwaway engine of an edition, runs `cargo test` with `arguments` on it, and removes it.
pub(crate) fn test(edition: Edition, arguments: &[String]) -> Result<()> {
    let system = edition.system()?;
    requirements::install(&system)?;
    for requirement in FOR_TESTS.iter().filter(|requirement| find(requirement.program).is_none()) {
        requirements::install_package(requirement.package)?;
    }
    let some = arguments.iter().any(|argument| argument == "-p" || argument.starts_with("--package"));
    let suites: &[&[&str]] = match edition {
        _ if some => &[&[]],
        Edition::Podman => {
            eprintln!(
                "On podman run the tests of moondock-engine and the conformance cases. Examples and documents, those in the \
                 code too, show what dockerd prints, the runner's tests kill dockerd, and what else there is needs no engine."
            );
            &ON_PODMAN
        }
        _ => &[&["--workspace"]],
    };
    // The tests run the binary, which `cargo test` alone would not build; for the whole it is built as that builds it,
    // or all that it is made of would be built twice.
    let whole = suites == [["--workspace"]];
    let build: &[&str] = if whole { &["--workspace", "--all-targets"] } else { &["--package", "moondock"] };
    run(cargo(&["build"]).args(build))?;
    let engine = ThrowawayEngine::start_of(&system, &[])?;
    image::prepare(&engine.address())?;
    for suite in suites {
        let mut tests = cargo(&["test"]);
        tests.args(*suite).args(arguments);
        run(tests.env(TEST_HOST, engine.host()).env(TEST_SYSTEM, system.to_string()))?;
    }
    Ok(())
}
