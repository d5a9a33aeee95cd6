//! Records anew what docker-py sends, for the tests of wire parity.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use moondock_tests::wire::{RecordingEngine, case, contexts, folder, recordings};

use crate::python;

/// Records all cases. With `check`, compares with the recordings that are there and changes nothing.
///
/// # Errors
///
/// When docker-py cannot be installed, a case fails, or a recording is not what it should be.
pub(crate) fn record(check: bool) -> Result<()> {
    let python = python::with_docker_py()?;
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
        let file = recordings::file(&area.name);
        let text = recordings::text(area, &told)?;
        if fs::read_to_string(&file).is_ok_and(|known| known == text) {
            continue;
        }
        if check {
            bail!("{} is not what docker-py sends: run `cargo xtask record`", file.display());
        }
        fs::create_dir_all(file.parent().context("a recording has a folder")?)?;
        fs::write(&file, text).with_context(|| file.display().to_string())?;
        println!("recorded {}", area.name);
    }
    println!("{} cases of {} areas are recorded", told.len(), areas.len());
    Ok(())
}
