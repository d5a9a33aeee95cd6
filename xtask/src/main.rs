//! Moondock's developer commands: `cargo xtask COMMAND`.

mod ci;
mod run;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Moondock's developer commands")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Checks all that must hold before a change is taken.
    Ci,
}

fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Ci => ci::ci(),
    }
}
