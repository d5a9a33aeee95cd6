//! Records anew what docker-py is: what it sends, for the tests of wire parity, and its surface.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use moondock_tests::surface;
use moondock_tests::wire::{RecordingEngine, case, contexts, folder, recordings};

use crate::python;

/// Records the surface and all cases. With `check`, compares with what is kept and changes nothing.
///
/// # Errors
///
/// When docker-py cannot be installed, a case fails, or what is kept is not what it should be.
pub(crate) fn record(check: bool) -> Result<()> {
    let python = python::with_docker_py()?;
    record_surface(&python, check)?;
    record_cases(&python, check)
}

fn record_surface(python: &Path, check: bool) -> Result<()> {
    let output = Command::new(python)
        .arg(surface::folder().join("record.py"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .context("python did not start")?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "docker-py's surface cannot be read:\n{errors}");
    keep(&surface::file(), &String::from_utf8(output.stdout)?, check)
}

fn record_cases(python: &Path, check: bool) -> Result<()> {
    let areas = case::load(&folder().join("cases"))?;
    let engine = RecordingEngine::start().context("the recording engine did not start")?;
    let laid = engine.folder().join("contexts");
    contexts::lay(&laid)?;
    let config = engine.folder().join("config");
    fs::create_dir(&config)?;
    let status = Command::new(python)
        .arg(folder().join("record.py"))
        .args([&engine.socket(), &folder().join("cases"), &laid])
        .env("DOCKER_CONFIG", &config)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env_remove("DOCKER_HOST")
        .status()
        .context("python did not start")?;
    ensure!(status.success(), "docker-py failed in the cases above");
    let told = engine.told();
    for area in &areas {
        keep(&recordings::file(&area.name), &recordings::text(area, &told)?, check)?;
    }
    println!("{} cases of {} areas are recorded", told.len(), areas.len());
    Ok(())
}

/// Writes a file unless it is so already.
fn keep(file: &Path, text: &str, check: bool) -> Result<()> {
    if fs::read_to_string(file).is_ok_and(|known| known == text) {
        return Ok(());
    }
    if check {
        bail!("{} is not what docker-py gives: run `cargo xtask record`", file.display());
    }
    fs::create_dir_all(file.parent().context("a recording has a folder")?)?;
    fs::write(file, text).with_context(|| file.display().to_string())?;
    println!("recorded {}", file.display());
    Ok(())
}
