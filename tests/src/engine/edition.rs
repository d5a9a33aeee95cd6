//! The engines that tests run on.

use anyhow::{Context, Result};

use super::Address;

/// An engine that tests run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// Docker Engine 20.10, of Debian 12.
    Docker20,
    /// Docker Engine 26.1, of Debian 13.
    Docker26,
    /// Docker Engine 28.5, of Debian's unstable.
    Docker28,
    /// Podman 4.3, of Debian 12, which serves Docker's API.
    Podman,
}

impl Edition {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Docker20, Self::Docker26, Self::Docker28, Self::Podman];

    /// The name by which `cargo xtask test` knows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docker20 => "20.10",
            Self::Docker26 => "26.1",
            Self::Docker28 => "28.5",
            Self::Podman => "podman",
        }
    }

    /// What it is called in a document.
    pub fn title(self) -> &'static str {
        match self {
            Self::Docker20 => "Docker Engine 20.10",
            Self::Docker26 => "Docker Engine 26.1",
            Self::Docker28 => "Docker Engine 28.5",
            Self::Podman => "Podman 4.3",
        }
    }

    /// The second number of the newest API version that it speaks, the first of which is 1.
    pub fn api(self) -> u32 {
        match self {
            Self::Docker20 | Self::Podman => 41,
            Self::Docker26 => 45,
            Self::Docker28 => 51,
        }
    }

    /// The edition of the engine at an address; an engine of another version is taken for the next older one.
    ///
    /// # Errors
    /// The engine does not tell its version.
    pub fn of(engine: &Address) -> Result<Self> {
        let version = engine.call("GET", "/version", "", &[])?.success()?.json()?;
        if version["Components"][0]["Name"] == "Podman Engine" {
            return Ok(Self::Podman);
        }
        let told = version["ApiVersion"].as_str().and_then(|version| version.strip_prefix("1."));
        let told: u32 = told.context("an engine without an API version of 1.x")?.parse()?;
        let newest = [Self::Docker28, Self::Docker26].into_iter().find(|edition| edition.api() <= told);
        Ok(newest.unwrap_or(Self::Docker20))
    }
}
