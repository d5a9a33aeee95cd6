//! The `moondock` that the tests run.

use std::path::PathBuf;

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
