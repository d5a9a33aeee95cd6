//! An engine of the project's own that stays up between commands.

use anyhow::Result;
use clap::Subcommand;
use moondock_tests::engine::{StandingEngine, System};

use crate::requirements;

#[derive(Clone, Copy, Subcommand)]
pub(crate) enum Action {
    /// Start the engine, with a small busybox image in it
    Start,
    /// Stop the engine and remove all that it has
    Stop,
    /// Tell whether the engine runs, and where
    Status,
}

/// Carries out an action on the engine of this user.
pub(crate) fn engine(action: Action) -> Result<()> {
    let engine = StandingEngine::of_user();
    let host = engine.address().host();
    match action {
        Action::Start => {
            requirements::install(&System::Machine)?;
            let words = if engine.start()? { "The engine runs now." } else { "The engine runs already." };
            eprintln!("{words} To use it:\n    export DOCKER_HOST={host}");
        }
        Action::Stop => {
            let words = if engine.stop()? { "The engine is stopped and removed." } else { "No engine runs." };
            eprintln!("{words}");
        }
        Action::Status if engine.runs() => println!("running at {host}"),
        Action::Status => println!("not running"),
    }
    Ok(())
}
