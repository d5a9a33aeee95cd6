//! The programs that a throwaway engine needs, and the Debian packages that have them.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::System;

/// A program that must be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requirement {
    /// The program's name.
    pub program: &'static str,
    /// The Debian package that has it.
    pub package: &'static str,
}

/// What every throwaway engine and its image need.
const ALWAYS: &[Requirement] = &[
    Requirement { program: "iptables", package: "iptables" },
    Requirement { program: "ip", package: "iproute2" },
    Requirement { program: "unshare", package: "util-linux" },
    Requirement { program: "nsenter", package: "util-linux" },
    Requirement { program: "setpriv", package: "util-linux" },
    Requirement { program: "setsid", package: "util-linux" },
    Requirement { program: "mount", package: "mount" },
    Requirement { program: "find", package: "findutils" },
    BUSYBOX,
];

const DOCKERD: &[Requirement] = &[
    Requirement { program: "dockerd", package: "docker.io" },
    Requirement { program: "containerd", package: "containerd" },
    Requirement { program: "runc", package: "runc" },
];

const PODMAN: &[Requirement] = &[
    Requirement { program: "podman", package: "podman" },
    Requirement { program: "conmon", package: "conmon" },
    Requirement { program: "runc", package: "runc" },
    Requirement { program: "catatonit", package: "catatonit" },
    Requirement { program: "netavark", package: "netavark" },
    Requirement { program: "aardvark-dns", package: "aardvark-dns" },
];

/// What the image is made of.
pub const BUSYBOX: Requirement = Requirement { program: "busybox", package: "busybox-static" };

/// A registry for images.
pub const REGISTRY: Requirement = Requirement { program: "docker-registry", package: "docker-registry" };

/// What tests need beside an engine. The program `docker` is what runs on the other side of ssh.
pub const FOR_TESTS: &[Requirement] = &[
    REGISTRY,
    Requirement { program: "sshd", package: "openssh-server" },
    Requirement { program: "ssh", package: "openssh-client" },
    Requirement { program: "ssh-keygen", package: "openssh-client" },
    Requirement { program: "docker", package: "docker.io" },
];

/// Where programs are looked for: as the shell does, and in the folders that only root's `PATH` has, or podman knows.
pub(crate) fn path() -> std::ffi::OsString {
    let mut path = std::env::var_os("PATH").unwrap_or_default();
    path.push(":/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin:/usr/lib/podman");
    path
}

/// The file of a program, if it is installed.
pub fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&path()).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// What an engine of a system needs and is not installed.
pub fn missing(system: &System) -> Vec<Requirement> {
    let own = match system {
        System::Machine => DOCKERD,
        System::Tree(_) => &[],
        System::Podman => PODMAN,
    };
    let all = ALWAYS.iter().chain(own).copied();
    all.filter(|requirement| find(requirement.program).is_none()).collect()
}

/// The packages that have these programs.
pub fn packages(missing: &[Requirement]) -> Vec<&'static str> {
    let mut packages = missing.iter().map(|requirement| requirement.package).collect::<Vec<_>>();
    packages.sort_unstable();
    packages.dedup();
    packages
}

/// Whether this process is root's, without which there are no namespaces and mounts of its own.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Checks that an engine of a system can be started here.
///
/// # Errors
/// A program is missing, or this process is not root's.
pub fn check(system: &System) -> Result<()> {
    let missing = missing(system);
    if !missing.is_empty() {
        let names = missing.iter().map(|requirement| requirement.program).collect::<Vec<_>>().join(", ");
        let packages = packages(&missing).join(" ");
        bail!(
            "a throwaway engine needs {names}; to install that on Debian, run\n    apt-get install {packages}"
        );
    }
    if !is_root() {
        bail!("a throwaway engine needs root: run this as root");
    }
    Ok(())
}
