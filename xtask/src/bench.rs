//! Measurements, as ratios to peers in the same run, written to docs/benchmarks.md.

mod engine;
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
    /// The engine clients' work, built for release.
    clients: PathBuf,
    /// A Python with docker-py.
    python: PathBuf,
    /// docker-py's work.
    python_work: PathBuf,
}

/// Measures everything and writes the results.
pub(crate) fn bench() -> Result<()> {
    let python = python::with_docker_py()?;
    run(&mut cargo(&["build", "--release", "--package", "moondock", "--package", "moondock-bench"]))?;
    let programs = Programs {
        moondock: root().join("target/release/moondock"),
        clients: root().join("target/release/moondock-bench"),
        python,
        python_work: root().join("bench/docker_py.py"),
    };
    let mut tables = engine::tables(&programs)?;
    tables.extend([scripts::start(&programs)?, scripts::logs(&programs)?]);
    let text = document(&tables)?;
    let path = root().join("docs").join("benchmarks.md");
    fs::write(&path, &text).with_context(|| path.display().to_string())?;
    println!("{text}");
    Ok(())
}

fn document(tables: &[Table]) -> Result<String> {
    let mut text = format!(
        "# Measurements\n\nMade by `cargo xtask bench`; the machine is shared, so only what stands in one table was \
         measured side by side, and the ratios say more than the figures. bollard is {}, docker-py {}.\n\n{}\n",
        bollard_version()?,
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

/// The version of bollard that is built.
fn bollard_version() -> Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).context("Cargo.lock")?;
    let version =
        lock.split("name = \"bollard\"\nversion = \"").nth(1).and_then(|rest| rest.split('"').next());
    Ok(version.context("bollard is not in Cargo.lock")?.to_owned())
}
