//! Does one piece of work with one client, and prints how many seconds that took:
//! `moondock-bench run CLIENT WORK SOCKET [SUBJECT]`. The engine for it is `moondock-bench engine`.
//!
//! Each client is used as its own documentation shows. One process does one piece of work, so that its memory can be
//! told.

mod bare_hyper;
mod engine;
mod of_bollard;
mod of_moondock;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// How often the engine is pinged.
const PINGS: usize = 20_000;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Answer from memory until standard input ends, on the socket that is printed
    Engine,
    /// Do a piece of work
    Run(Run),
}

#[derive(Args)]
struct Run {
    client: Client,
    work: Work,
    /// The engine's socket.
    socket: PathBuf,
    /// The container with the logs, or the folder that is built.
    #[arg(default_value = "")]
    subject: String,
}

/// Who does the work.
#[derive(Clone, Copy, ValueEnum)]
enum Client {
    Moondock,
    Bollard,
    Hyper,
}

/// What is done.
#[derive(Clone, Copy, ValueEnum)]
enum Work {
    /// Pings, one after the other.
    Ping,
    /// Lists all containers and inspects each.
    List,
    /// Reads events to their end.
    Events,
    /// Reads what a container logged to its end.
    Logs,
    /// Reads a container's logs frame by frame.
    Frames,
    /// Reads a container's logs line by line.
    Lines,
    /// Reads the archive of an image.
    Save,
    /// Sends a folder for a build.
    Build,
}

fn main() -> Result<()> {
    let Run { client, work, socket, subject } = match Arguments::parse().command {
        Command::Engine => return engine::serve(),
        Command::Run(run) => run,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let started = Instant::now();
    let count = runtime.block_on(async {
        match client {
            Client::Moondock => of_moondock::run(work, &socket, &subject).await,
            Client::Bollard => of_bollard::run(work, &socket, &subject).await,
            Client::Hyper => bare_hyper::run(work, &socket, &subject).await,
        }
    })?;
    println!("{} {count}", started.elapsed().as_secs_f64());
    Ok(())
}
