//! The engines that tests can run on; the systems of those that this machine does not have are made below the build
//! folder.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use moondock_tests::engine::System;

use crate::requirements;
use crate::run::{root, run};

/// An engine that tests can run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Edition {
    /// The machine's own, Docker Engine 20.10 on Debian 12
    #[value(name = "20.10")]
    Machine,
    /// Docker Engine 26.1, of Debian 13
    #[value(name = "26.1")]
    Trixie,
    /// Docker Engine 28.5, of Debian's unstable
    #[value(name = "28.5")]
    Sid,
    /// This machine's podman, 4.3 on Debian 12, which serves Docker's API
    Podman,
}

/// What the engine needs in its system.
const PACKAGES: &str = "docker.io,iptables,iproute2,procps,ca-certificates";

impl Edition {
    /// The system that has the engine, made if need be.
    ///
    /// # Errors
    ///
    /// When the system cannot be made.
    pub(crate) fn system(self) -> Result<System> {
        let suite = match self {
            Self::Machine => return Ok(System::Machine),
            Self::Podman => return Ok(System::Podman),
            Self::Trixie => "trixie",
            Self::Sid => "sid",
        };
        let tree = root().join("target").join("engines").join(suite);
        if !tree.join("usr/sbin/dockerd").exists() {
            requirements::install_package("debootstrap")?;
            make(suite, &tree)?;
        }
        Ok(System::Tree(tree))
    }
}

/// Makes a system, first beside its place, so that a half-made one is never taken for a whole.
fn make(suite: &str, tree: &Path) -> Result<()> {
    let folder = tree.parent().context("a tree is in a folder")?;
    std::fs::create_dir_all(folder)?;
    let half = tempfile::Builder::new().prefix("half-").tempdir_in(folder)?;
    let mut debootstrap = Command::new("debootstrap");
    debootstrap.args(["--variant=minbase", &format!("--include={PACKAGES}"), suite]);
    // It names every package that it takes.
    run(debootstrap.arg(half.path()).arg(mirror()?).stdout(Stdio::null()))?;
    std::fs::rename(half.keep(), tree).with_context(|| tree.display().to_string())
}

/// Where this machine gets its packages.
fn mirror() -> Result<String> {
    let asked = Command::new("apt-get")
        .args(["indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"])
        .output();
    let asked = asked.context("`apt-get indextargets`")?;
    let text = String::from_utf8_lossy(&asked.stdout);
    let first = text.lines().next().unwrap_or_default();
    ensure!(!first.is_empty(), "apt-get names no place to get packages from; run `apt-get update` first");
    Ok(first.to_owned())
}
