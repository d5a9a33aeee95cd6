//! The first examples, run for real.

use anyhow::Result;
use moondock_tests::engine::{Address, StandingEngine, System};
use moondock_tests::image;

use crate::requirements;
use crate::run::{cargo, run};

/// Where an engine listens unless it is told otherwise.
const DEFAULT_HOST: &str = "unix:///var/run/docker.sock";
/// The image that the examples use.
const IMAGE: &str = "busybox:latest";
const EXAMPLES: [&str; 2] = ["scripts/examples/lua/01-hello.lua", "scripts/examples/rhai/01-hello.rhai"];

/// Finds or starts an engine, makes the image that the examples need, and runs the first of each language.
pub(crate) fn demo() -> Result<()> {
    let host = match found() {
        Some(host) => {
            eprintln!("Using the engine at {host}.");
            host
        }
        None => started()?,
    };
    // What is not plainly reachable has to have the image, or pulls it.
    if let Ok(address) = Address::parse(&host)
        && image::busybox().is_ok()
        && image::prepare_as(&address, IMAGE)?
    {
        eprintln!("The engine had no image {IMAGE}; made one from Debian's static busybox.");
    }
    for example in EXAMPLES {
        eprintln!();
        let arguments = ["run", "--quiet", "--package", "moondock", "--", "--host", &host, "run", example];
        run(&mut cargo(&arguments))?;
    }
    Ok(())
}

/// The address of an engine that answers: the one that the environment names, or the machine's.
fn found() -> Option<String> {
    let host = std::env::var("DOCKER_HOST").ok().filter(|host| !host.is_empty());
    let host = host.unwrap_or_else(|| DEFAULT_HOST.to_owned());
    match Address::parse(&host).and_then(|address| address.ping()) {
        Ok(()) => Some(host),
        Err(error) => {
            eprintln!("No engine answers at {host} ({}).", error.root_cause());
            None
        }
    }
}

/// The address of the project's own engine, started if need be.
fn started() -> Result<String> {
    requirements::install(&System::Machine)?;
    let engine = StandingEngine::of_user();
    let host = engine.address().host();
    engine.start()?;
    eprintln!("Using an engine of the project's own at {host}; `cargo xtask engine stop` removes it.");
    Ok(host)
}
