//! One engine for many tests.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use anyhow::{Context, Result, bail};

use super::{Address, ThrowawayEngine};
use crate::image;

/// Names the engine that `cargo xtask test` has started for all the tests that it runs.
pub const TEST_HOST: &str = "MOONDOCK_TEST_HOST";

static SHARED: Mutex<Weak<SharedEngine>> = Mutex::new(Weak::new());

/// An engine that other tests use at the same time: count and list only what a test has made itself.
#[derive(Debug)]
pub struct SharedEngine {
    socket: PathBuf,
    /// Held for its end; nothing when the engine belongs to `cargo xtask test`.
    _own: Option<ThrowawayEngine>,
}

impl SharedEngine {
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
}

/// The engine that tests share, with the images [`image::NAMES`] in it.
///
/// Under `cargo xtask test` it is the one that this has started; otherwise one for this process, which stops when the
/// last test lets go of it.
///
/// # Errors
/// No engine can be started, or the image cannot be made.
pub fn shared() -> Result<Arc<SharedEngine>> {
    // Held while the engine starts, so that tests that begin together wait for one engine.
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(engine) = shared.upgrade() {
        return Ok(engine);
    }
    let engine = if let Ok(host) = std::env::var(TEST_HOST) {
        let Address::Unix(socket) = Address::parse(&host).context(TEST_HOST)? else {
            bail!("{TEST_HOST} is {host:?}, which is not unix://PATH");
        };
        SharedEngine { socket, _own: None }
    } else {
        let own = ThrowawayEngine::start()?;
        SharedEngine { socket: own.socket().to_owned(), _own: Some(own) }
    };
    image::prepare(&engine.address())?;
    let engine = Arc::new(engine);
    *shared = Arc::downgrade(&engine);
    Ok(engine)
}
