//! Registries for images, each beside an engine of the tests, which alone can reach it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::engine::{ThrowawayEngine, requirements};
use crate::process::TICK;

/// The user that a guarded registry knows.
pub const USER: &str = "moondock";

/// The user's password.
pub const PASSWORD: &str = "open sesame";

/// The user and the password as `htpasswd -B` writes them.
const HTPASSWD: &str = "moondock:$2b$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW\n";

/// How long a registry may take to listen.
const START: Duration = Duration::from_secs(60);

/// A registry that runs as long as its engine.
#[derive(Debug)]
pub struct Registry {
    address: String,
    log: PathBuf,
}

impl Registry {
    /// Starts a registry beside an engine, for everybody or only for [`USER`], and waits until it listens. Engines trust
    /// one on their own loopback without TLS.
    ///
    /// # Errors
    /// The registry is not installed, or does not start; the error shows its log.
    pub fn start(engine: &mut ThrowawayEngine, port: u16, guarded: bool) -> Result<Self> {
        let address = format!("127.0.0.1:{port}");
        let folder = engine.folder().join(format!("registry-{port}"));
        std::fs::create_dir(&folder)?;
        let (settings, users, log) =
            (folder.join("config.yml"), folder.join("htpasswd"), folder.join("registry.log"));
        std::fs::write(&users, HTPASSWD)?;
        let mut config = json!({
            "version": "0.1",
            "storage": {"filesystem": {"rootdirectory": folder.join("data")}},
            "http": {"addr": address, "secret": "x"},
        });
        if guarded {
            config["auth"] = json!({"htpasswd": {"realm": "moondock", "path": users}});
        }
        // What is JSON is YAML.
        std::fs::write(&settings, config.to_string())?;
        let arguments = ["serve".as_ref(), settings.as_os_str()];
        engine.run_inside(requirements::REGISTRY.program, &arguments, &log)?;
        let registry = Self { address, log };
        let end = Instant::now() + START;
        while !registry.log()?.contains("listening on") {
            if Instant::now() >= end {
                bail!("the registry does not listen after {START:?}; its log is\n{}", registry.log()?);
            }
            std::thread::sleep(TICK);
        }
        Ok(registry)
    }

    /// The registry's name in those of images, for example `127.0.0.1:5000`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// All that it has logged, each request too.
    ///
    /// # Errors
    /// The log cannot be read.
    pub fn log(&self) -> Result<String> {
        let bytes = std::fs::read(&self.log).with_context(|| self.log.display().to_string())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
