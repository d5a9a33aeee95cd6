//! Docker Engines of the tests' own: each with its own data, socket, network, mounts and processes.
//!
//! An engine is kept by a small process of its own. Whatever becomes of who started it, even by SIGKILL, the keeper
//! ends the engine and removes its data, mounts and control groups.

pub mod abilities;
mod edition;
mod keeper;
mod relay;
mod request;
pub mod requirements;
mod shared;
mod standing;
mod system;

pub use edition::Edition;
pub use relay::Relay;
pub use request::{Address, Answer};
pub use shared::{SharedEngine, TEST_HOST, shared};
pub use standing::StandingEngine;
pub use system::{System, TEST_SYSTEM};

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use keeper::Folder;

/// How long a keeper may take to end after it has removed everything.
const KEEPER_END: Duration = Duration::from_secs(10);

/// A Docker Engine of the caller's own; dropped, it is removed with all that it has made.
#[derive(Debug)]
pub struct ThrowawayEngine {
    folder: Folder,
    socket: PathBuf,
    keeper: Child,
    /// Where the keeper takes orders from; it ends when this does.
    orders: Option<ChildStdin>,
    /// What runs inside beside the engine.
    companions: Vec<Child>,
}

impl ThrowawayEngine {
    /// Starts an engine without any image and waits until it answers.
    ///
    /// # Errors
    /// A program is missing, this process is not root's, or the engine does not start; the error shows the end of its log.
    pub fn start() -> Result<Self> {
        Self::start_with(&[])
    }

    /// Does what [`start`](Self::start) does, with further arguments for the engine.
    ///
    /// # Errors
    /// As [`start`](Self::start), and an argument that the engine does not take.
    pub fn start_with(arguments: &[&str]) -> Result<Self> {
        Self::start_of(&System::of_environment(), arguments)
    }

    /// Does what [`start_with`](Self::start_with) does, with the engine of this system.
    ///
    /// # Errors
    /// As [`start_with`](Self::start_with).
    pub fn start_of(system: &System, arguments: &[&str]) -> Result<Self> {
        requirements::check(system)?;
        // Short, for a socket's path ends at 108 bytes and containerd adds its own part.
        let folder = tempfile::Builder::new().prefix("moondock-").tempdir_in("/tmp");
        let folder = Folder(folder.context("no folder can be made in /tmp")?.keep());
        let mut keeper = match folder.keep(Stdio::piped(), system, arguments) {
            Ok(keeper) => keeper,
            Err(error) => {
                std::fs::remove_dir_all(&folder.0)?;
                return Err(error);
            }
        };
        let orders = keeper.stdin.take();
        let socket = folder.socket();
        let mut engine = Self { folder, socket, keeper, orders, companions: Vec::new() };
        engine.restart()?;
        Ok(engine)
    }

    /// The socket that the engine listens on.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// The engine's address as `DOCKER_HOST` has it.
    pub fn host(&self) -> String {
        self.address().host()
    }

    /// The engine's address for plain requests.
    pub fn address(&self) -> Address {
        Address::Unix(self.socket.clone())
    }

    /// A port on this process's loopback that leads to one on the engine's own, which nobody else reaches.
    ///
    /// # Errors
    /// The engine does not run, or no port can be had.
    pub fn relay(&self, port: u16) -> Result<Relay> {
        Relay::start(&relay::network(&self.folder.process()?)?, port)
    }

    /// The folder with all that the engine has; gone when the engine is.
    pub fn folder(&self) -> &Path {
        &self.folder.0
    }

    /// The name of the control group that holds the engine's containers; gone when the engine is.
    pub fn cgroup(&self) -> String {
        self.folder.cgroup()
    }

    /// Kills the engine and all containers with SIGKILL and waits until they are gone; the data stays.
    ///
    /// # Errors
    /// They do not go.
    pub fn kill(&mut self) -> Result<()> {
        let orders = self.orders.as_mut().context("the engine has no keeper")?;
        self.folder.kill(orders)
    }

    /// Starts the engine again on the data that it had, killing it first if it runs.
    ///
    /// # Errors
    /// The engine does not start; the error shows the end of its log.
    pub fn restart(&mut self) -> Result<()> {
        self.kill()?;
        let orders = self.orders.as_mut().context("the engine has no keeper")?;
        self.folder.start(orders)
    }

    /// Runs a program of the machine's in the engine's network and among its processes: it ends when the engine does.
    /// What it writes goes to a file.
    ///
    /// # Errors
    /// The program cannot be run.
    pub fn run_inside(&mut self, program: &str, arguments: &[&OsStr], log: &Path) -> Result<()> {
        self.companions.push(self.folder.run_inside(program, arguments, log)?);
        Ok(())
    }

    /// All that the engine has logged, before a restart too.
    pub fn log(&self) -> String {
        self.folder.log()
    }

    fn remove(&mut self) -> Result<()> {
        self.orders = None;
        self.folder.await_removal()?;
        for companion in &mut self.companions {
            companion.wait()?;
        }
        let end = Instant::now() + KEEPER_END;
        while self.keeper.try_wait()?.is_none() {
            anyhow::ensure!(Instant::now() < end, "the keeper of {} does not end", self.folder.0.display());
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}

impl Drop for ThrowawayEngine {
    fn drop(&mut self) {
        if let Err(error) = self.remove() {
            eprintln!("A throwaway engine is left behind: {error:#}");
            // What runs in its namespaces dies with it.
            let _ = self.keeper.kill();
            let _ = self.keeper.wait();
        }
    }
}
