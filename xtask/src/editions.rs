//! Engines of other versions than the machine's own, each in a system of its own below the build folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;

use crate::requirements;
use crate::run::{root, run};

/// A version of the Docker Engine that tests can run on.
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
}

/// What the engine needs in its system.
const PACKAGES: &str = "docker.io,iptables,iproute2,procps,ca-certificates";

impl Edition {
    /// The root of the system that has the engine, made if need be.
    ///
    /// # Errors
    ///
    /// When the system cannot be made.
    pub(crate) fn tree(self) -> Result<PathBuf> {
        let suite = match self {
            Self::Machine => return Ok(PathBuf::from("/")),
            Self::Trixie => "trixie",
            Self::Sid => "sid",
        };
        let tree = root().join("target").join("engines").join(suite);
        if !tree.join("usr/sbin/dockerd").exists() {
            requirements::install_package("debootstrap")?;
            make(suite, &tree)?;
        }
        Ok(tree)
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
