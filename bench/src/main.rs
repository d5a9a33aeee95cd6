//! Does one piece of work with one client, and prints how many seconds that took: `moondock-bench CLIENT WORK SOCKET`.
//!
//! Each client is used as its own documentation shows. One process does one piece of work, so that its memory can be
//! told.

mod bare_hyper;
mod of_bollard;
mod of_moondock;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use clap::{Parser, ValueEnum};

/// How often the engine is pinged.
const PINGS: usize = 5_000;

#[derive(Parser)]
struct Arguments {
    client: Client,
    work: Work,
    /// The engine's socket.
    socket: PathBuf,
    /// The folder that is built.
    folder: Option<PathBuf>,
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
    /// Reads a container's logs to their end.
    Logs,
    /// Reads a container's logs line by line.
    Lines,
    /// Reads the archive of an image.
    Save,
    /// Sends a folder for a build.
    Build,
}

fn main() -> Result<()> {
    let Arguments { client, work, socket, folder } = Arguments::parse();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let started = Instant::now();
    let count = runtime.block_on(async {
        match client {
            Client::Moondock => of_moondock::run(work, &socket, folder.as_deref()).await,
            Client::Bollard => of_bollard::run(work, &socket, folder.as_deref()).await,
            Client::Hyper => bare_hyper::run(work, &socket).await,
        }
    })?;
    println!("{} {count}", started.elapsed().as_secs_f64());
    Ok(())
}
