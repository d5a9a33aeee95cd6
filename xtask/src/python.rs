//! docker-py, the reference, in an environment of its own.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use moondock_tests::wire::DOCKER_PY;

use crate::run::{root, run};

/// Makes sure of a Python environment with docker-py and gives its interpreter.
///
/// # Errors
///
/// When Python is missing or docker-py cannot be installed.
pub(crate) fn with_docker_py() -> Result<PathBuf> {
    let environment = root().join("target").join("docker-py");
    let python = environment.join("bin").join("python");
    let installed = Command::new(&python)
        .args(["-c", "import docker; print(docker.__version__)"])
        .output()
        .is_ok_and(|output| output.status.success() && output.stdout.trim_ascii() == DOCKER_PY.as_bytes());
    if installed {
        return Ok(python);
    }
    run(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", &format!("docker=={DOCKER_PY}")]))?;
    Ok(python)
}
