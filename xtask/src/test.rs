//! All tests, on an engine of their own.

use anyhow::Result;
use moondock_tests::engine::{TEST_HOST, ThrowawayEngine};
use moondock_tests::image;

use crate::requirements;
use crate::run::{cargo, run};

/// Starts a throwaway engine, runs `cargo test` with `arguments` on it, and removes it.
pub(crate) fn test(arguments: &[String]) -> Result<()> {
    requirements::install()?;
    // The tests run the binary, which `cargo test` alone would not build.
    run(&mut cargo(&["build", "--package", "moondock"]))?;
    let engine = ThrowawayEngine::start()?;
    image::prepare(&engine.address())?;
    let mut tests = cargo(&["test"]);
    if !arguments.iter().any(|argument| argument == "-p" || argument.starts_with("--package")) {
        tests.arg("--workspace");
    }
    run(tests.args(arguments).env(TEST_HOST, engine.host()))
}
