//! What a throwaway engine needs, from the system's packages.

use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use moondock_tests::engine::{System, requirements};

use crate::run::run;

/// Installs what a throwaway engine of a system needs and this machine lacks, where that can be done without a question.
pub(crate) fn install(system: &System) -> Result<()> {
    let missing = requirements::missing(system);
    if missing.is_empty() {
        return Ok(());
    }
    if requirements::find("apt-get").is_none() || !requirements::is_root() {
        // Names what is missing and how to install it.
        return requirements::check(system);
    }
    let packages = requirements::packages(&missing);
    eprintln!("A throwaway engine needs {} from Debian:", packages.join(", "));
    apt_get(&packages)?;
    let missing = requirements::missing(system);
    if !missing.is_empty() {
        bail!("still missing after the installation: {}", requirements::packages(&missing).join(", "));
    }
    Ok(())
}

/// Installs a package whose program of the same name this machine lacks.
pub(crate) fn install_package(name: &str) -> Result<()> {
    if requirements::find(name).is_some() {
        return Ok(());
    }
    ensure!(
        requirements::is_root(),
        "{name} is missing; to install it on Debian, run\n    apt-get install {name}"
    );
    apt_get(&[name])
}

fn apt_get(packages: &[&str]) -> Result<()> {
    run(Command::new("apt-get").args(["update", "--quiet", "--quiet"]))?;
    let mut install = Command::new("apt-get");
    install.args(["install", "--yes", "--no-install-recommends", "--quiet", "--quiet"]).args(packages);
    // A service that came with a package would be an engine that nobody asked for.
    install.env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1");
    run(&mut install).with_context(|| format!("{} could not be installed", packages.join(", ")))
}
