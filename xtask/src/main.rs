//! Moondock's developer commands: `cargo xtask COMMAND`.

mod bench;
mod ci;
mod codegen;
mod demo;
mod editions;
mod endpoints;
mod engine;
mod engines;
mod guide;
mod operations;
mod python;
mod record;
mod requirements;
mod run;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Moondock's developer commands")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the first Lua and the first Rhai example on a real engine, starting one if there is none
    Demo,
    /// Run all tests on a throwaway engine
    Test {
        /// The engine, by its version or name; where this machine does not have it, debootstrap makes its system
        #[arg(long, value_enum, default_value = "20.10")]
        engine: editions::Edition,
        /// What to hand on to `cargo test`, such as `-p moondock-engine` or `-- NAME`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Check all that must hold before a change is taken
    Ci,
    /// Start, stop or look at an engine of the project's own
    Engine {
        #[command(subcommand)]
        action: engine::Action,
    },
    /// List method, path and first API version of every operation that the engine client has
    Endpoints,
    /// Write the files that are made: stubs, definitions, references, the engine client's README
    Codegen {
        /// Only tell whether they are up to date
        #[arg(long)]
        check: bool,
    },
    /// Measure, and write docs/benchmarks.md
    Bench,
    /// Record what docker-py has, and what it sends for the cases of wire parity
    Record {
        /// Only tell whether the recordings are up to date
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Demo => demo::demo(),
        Command::Test { engine, arguments } => test::test(engine, &arguments),
        Command::Ci => ci::ci(),
        Command::Engine { action } => engine::engine(action),
        Command::Endpoints => endpoints::endpoints(),
        Command::Codegen { check } => codegen::codegen(check),
        Command::Bench => bench::bench(),
        Command::Record { check } => record::record(check),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cargo xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
