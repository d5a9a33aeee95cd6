//! What lets a script and a test wait for each other, and tests that cannot hang.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::watch;

/// Closed at first; once open, it stays open.
#[derive(Clone)]
pub(crate) struct Gate(watch::Sender<bool>);

impl Gate {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    pub(crate) fn open(&self) {
        self.0.send_replace(true);
    }

    pub(crate) async fn opened(&self) {
        self.0.subscribe().wait_for(|open| *open).await.expect("a gate holds its own sender");
    }
}

/// Runs a test on one thread, its server beside it. One that hangs fails.
pub(crate) fn run(test: impl Future<Output = ()>) {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(limited(Duration::from_secs(60), test));
}

/// Runs a test on several threads.
pub(crate) fn run_on_threads(test: impl Future<Output = ()>) {
    let runtime = Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(limited(Duration::from_secs(60), test));
}

/// Runs a test whose clock stands still and leaps to the next timer whenever nothing else is left to do: hours pass at
/// once, and no load on the machine makes a difference.
pub(crate) fn run_at_leaps(test: impl Future<Output = ()>) {
    let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(limited(Duration::from_secs(30 * 24 * 3600), test));
}

async fn limited(limit: Duration, test: impl Future<Output = ()>) {
    tokio::time::timeout(limit, test).await.expect("the test hangs");
}
