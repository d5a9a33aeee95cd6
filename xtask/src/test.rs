//! All tests, on an engine of their own.

use anyhow::Result;
use moondock_tests::engine::requirements::{FOR_TESTS, find};
use moondock_tests::engine::{TEST_HOST, TEST_SYSTEM, ThrowawayEngine};
use moondock_tests::image;

use crate::editions::Edition;
use crate::requirements;
use crate::run::{cargo, run};

/// Starts a throwaway engine of an edition, runs `cargo test` with `arguments` on it, and removes it.
pub(crate) fn test(edition: Edition, arguments: &[String]) -> Result<()> {
    let system = edition.system()?;
    requirements::install(&system)?;
    for requirement in FOR_TESTS.iter().filter(|requirement| find(requirement.program).is_none()) {
        requirements::install_package(requirement.package)?;
    }
    let some = arguments.iter().any(|argument| argument == "-p" || argument.starts_with("--package"));
    // The tests run the binary, which `cargo test` alone would not build; for the whole it is built as that builds it,
    // or all that it is made of would be built twice.
    let build: &[&str] = if some { &["--package", "moondock"] } else { &["--workspace", "--all-targets"] };
    run(cargo(&["build"]).args(build))?;
    let engine = ThrowawayEngine::start_of(&system, &[])?;
    image::prepare(&engine.address())?;
    let mut tests = cargo(&["test"]);
    if !some {
        tests.arg("--workspace");
    }
    run(tests.args(arguments).env(TEST_HOST, engine.host()).env(TEST_SYSTEM, system.to_string()))
}
