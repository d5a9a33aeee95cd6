//! An engine that stays up after the command that started it.

use std::fs::{DirBuilder, File, OpenOptions};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::fs::{FlockOperation, flock};

use super::keeper::Folder;
use super::system::System;
use super::{Address, requirements};
use crate::image;

/// How long another command that starts or stops the same engine is waited for.
const LOCK: Duration = Duration::from_secs(150);

/// The place of an engine that stays up until it is stopped.
#[derive(Debug, Clone)]
pub struct StandingEngine {
    folder: Folder,
}

impl StandingEngine {
    /// The engine of this user, whether it runs or not.
    pub fn of_user() -> Self {
        let user = rustix::process::geteuid().as_raw();
        Self::at(format!("/tmp/moondock-engine-{user}"))
    }

    /// The engine in a folder, which is made when it starts and removed when it stops.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: Folder(folder.into()) }
    }

    /// The engine's address.
    pub fn address(&self) -> Address {
        Address::Unix(self.folder.socket())
    }

    /// The folder with the engine's log and data.
    pub fn folder(&self) -> &Path {
        &self.folder.0
    }

    /// Whether the engine answers.
    pub fn runs(&self) -> bool {
        self.folder.answers()
    }

    /// Starts the engine, with the images [`image::NAMES`] in it, unless it runs; tells whether it had to.
    ///
    /// # Errors
    /// No engine can be started, or the image cannot be made.
    pub fn start(&self) -> Result<bool> {
        requirements::check(&System::of_environment())?;
        let lock = self.lock()?;
        if let Some(mut keeper) = self.folder.keeper() {
            if self.runs() {
                image::prepare(&self.address())?;
                return Ok(false);
            }
            // It has died, or was killed: another is started on the same data.
            self.folder.kill(&mut keeper)?;
            self.folder.start(&mut keeper)?;
        } else {
            self.clear()?;
            let pipe = self.open_orders()?;
            let mut orders = pipe.try_clone()?;
            self.folder.keep(Stdio::from(pipe), &System::of_environment(), &[])?;
            if let Err(error) = self.folder.start(&mut orders) {
                self.end(orders)?;
                return Err(error);
            }
        }
        image::prepare(&self.address())?;
        drop(lock);
        Ok(true)
    }

    /// Stops the engine and removes all that it has; tells whether there was one.
    ///
    /// # Errors
    /// It cannot be stopped.
    pub fn stop(&self) -> Result<bool> {
        if !self.folder.0.exists() {
            return Ok(false);
        }
        let _lock = self.lock()?;
        if let Some(keeper) = self.folder.keeper() {
            self.end(keeper)?;
            Ok(true)
        } else {
            self.folder.sweep()?;
            Ok(false)
        }
    }

    fn end(&self, mut keeper: File) -> Result<()> {
        use std::io::Write;
        keeper.write_all(b"stop\n").context("the engine's keeper takes no orders")?;
        self.folder.await_removal()
    }

    /// Removes what an engine has left that could not remove itself, such as one of before a restart of the machine.
    fn clear(&self) -> Result<()> {
        for entry in std::fs::read_dir(&self.folder.0)? {
            let path = entry?.path();
            if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) }
                .with_context(|| format!("{} cannot be removed", path.display()))?;
        }
        Ok(())
    }

    /// Makes the pipe with the orders, open for both directions, so that it never ends.
    fn open_orders(&self) -> Result<File> {
        let path = self.folder.orders();
        rustix::fs::mkfifoat(rustix::fs::CWD, &path, rustix::fs::Mode::from_raw_mode(0o600))
            .with_context(|| format!("{} cannot be made", path.display()))?;
        Ok(OpenOptions::new().read(true).write(true).open(&path)?)
    }

    /// Makes the folder if need be and locks it, so that commands that run at the same time take turns.
    fn lock(&self) -> Result<File> {
        let path = &self.folder.0;
        let end = Instant::now() + LOCK;
        loop {
            match DirBuilder::new().mode(0o711).create(path) {
                Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                    return Err(error).with_context(|| format!("{} cannot be made", path.display()));
                }
                _ => {}
            }
            if let Some(folder) = self.try_lock()? {
                return Ok(folder);
            }
            if Instant::now() >= end {
                bail!("another command still starts or stops the engine in {}", path.display());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn try_lock(&self) -> Result<Option<File>> {
        let path = &self.folder.0;
        let Ok(folder) = File::open(path) else { return Ok(None) };
        let owner = folder.metadata()?.uid();
        if owner != rustix::process::geteuid().as_raw() {
            bail!("{} belongs to user {owner}; only that user can use the engine in it", path.display());
        }
        if flock(&folder, FlockOperation::NonBlockingLockExclusive).is_err() {
            return Ok(None);
        }
        // The one who had the lock may have removed the folder.
        let same = std::fs::symlink_metadata(path)
            .is_ok_and(|found| found.ino() == folder.metadata().map_or(0, |own| own.ino()));
        Ok(same.then_some(folder))
    }
}
