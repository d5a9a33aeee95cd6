//! The `moondock` that the tests run.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

/// The binary of the same build, beside the folder of the test's own executable.
///
/// # Errors
/// It has not been built.
pub fn moondock() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.ancestors().nth(2).context("the test's executable is in no target folder")?;
    let binary = folder.join("moondock");
    if !binary.is_file() {
        bail!("{} is missing: run `cargo xtask test`, or `cargo build -p moondock` first", binary.display());
    }
    Ok(binary)
}

/// The binary as a command in the repository's root that knows one engine and nothing of who runs the tests.
///
/// # Errors
/// It has not been built.
pub fn command(host: &str) -> Result<Command> {
    let mut command = Command::new(moondock()?);
    command.current_dir(root()).env_clear().env("HOME", "/nonexistent").env("DOCKER_HOST", host);
    Ok(command)
}

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}
