//! Measurements, as ratios to peers in the same run, written to docs/benchmarks.md.

mod measure;
mod scripts;
mod table;

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::python;
use crate::run::{cargo, root, run};
use table::Table;

/// What is measured.
struct Programs {
    /// The runner, built for release.
    moondock: PathBuf,
    /// A Python with docker-py.
    python: PathBuf,
}

/// Measures everything and writes the results.
pub(crate) fn bench() -> Result<()> {
    let python = python::with_docker_py()?;
    run(&mut cargo(&["build", "--release", "--package", "moondock"]))?;
    let programs = Programs { moondock: root().join("target/release/moondock"), python };
    let tables = [scripts::start(&programs)?, scripts::logs(&programs)?];
    let text = document(&tables)?;
    let path = root().join("docs").join("benchmarks.md");
    fs::write(&path, &text).with_context(|| path.display().to_string())?;
    println!("{text}");
    Ok(())
}

fn document(tables: &[Table]) -> Result<String> {
    let mut text = format!(
        "# Measurements\n\nMade by `cargo xtask bench`; the machine is shared, so only what stands in one table was \
         measured side by side, and the ratios say more than the figures. docker-py is {}.\n\n{}\n",
        moondock_tests::wire::DOCKER_PY,
        machine()?
    );
    for table in tables {
        let _ = write!(text, "\n{table}");
    }
    Ok(text)
}

fn machine() -> Result<String> {
    let processors = fs::read_to_string("/proc/cpuinfo").context("/proc/cpuinfo")?;
    let model = processors.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let count = processors.lines().filter(|line| line.starts_with("processor")).count();
    let rust = Command::new("rustc").arg("--version").output().context("rustc")?;
    Ok(format!(
        "Machine: {count} cores, {}. {}.",
        model.unwrap_or("processor unknown"),
        String::from_utf8_lossy(&rust.stdout).trim()
    ))
}
