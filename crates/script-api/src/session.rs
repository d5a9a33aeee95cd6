//! The life of a script: its main part, then as long as something is registered, then its end.

use std::future::Future;
use std::time::Duration;

use tokio::sync::watch;

use crate::error::Result;
use crate::host::Host;

/// How long handlers that run, and each shutdown handler, may take at the end.
const GRACE: Duration = Duration::from_secs(10);

/// Why a script is made to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It called `moondock.exit` with this code.
    Exit(i32),
    /// Its process got this signal.
    Signal(i32),
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    stop: Option<Stop>,
    forced: bool,
    /// Its last handlers run, which nothing cuts off.
    closing: bool,
}

/// Whether and why a script ends.
#[derive(Debug)]
pub(crate) struct Ending(watch::Sender<State>);

impl Default for Ending {
    fn default() -> Self {
        Self(watch::Sender::new(State::default()))
    }
}

impl Ending {
    async fn when(&self, reached: impl FnMut(&State) -> bool) {
        // The sender lives as long as `self`.
        let _ = self.0.subscribe().wait_for(reached).await;
    }
}

/// How a script ended.
#[derive(Debug)]
pub struct Finish {
    /// What its main part raised, if it failed.
    pub result: Result<()>,
    /// Why it was made to end, if it was.
    pub stop: Option<Stop>,
}

impl Host {
    /// Makes the script end. The first reason counts; a second signal cuts off what still runs.
    pub fn stop(&self, stop: Stop) {
        self.ending().0.send_modify(|state| match state.stop {
            None => state.stop = Some(stop),
            Some(_) => state.forced |= matches!(stop, Stop::Signal(_)),
        });
    }

    /// Why the script is made to end, if it is.
    pub fn stopping(&self) -> Option<Stop> {
        self.ending().0.borrow().stop
    }

    /// Whether what the script's main part does is to be cut off.
    pub fn is_cut_off(&self) -> bool {
        let state = *self.ending().0.borrow();
        state.forced || (state.stop.is_some() && !state.closing)
    }

    /// Waits until the script's main part is to be cut off.
    pub async fn stopped(&self) {
        self.ending().when(|state| state.stop.is_some()).await;
    }

    /// Waits until a handler is to be cut off: on exit, or when forced. A signal lets it go on to its end.
    pub async fn exited(&self) {
        let exits = |state: &State| matches!(state.stop, Some(Stop::Exit(_))) && !state.closing;
        self.ending().when(|state| state.forced || exits(state)).await;
    }

    async fn forced(&self) {
        self.ending().when(|state| state.forced).await;
    }

    /// Lives a script's life around its main part.
    pub async fn live(&self, main: impl Future<Output = Result<()>>) -> Finish {
        let result = tokio::select! {
            biased;
            result = main => result,
            () = self.stopped() => Ok(()),
        };
        if let Some(automation) = self.started_automation() {
            if result.is_ok() {
                tokio::select! {
                    () = automation.idle() => {}
                    () = self.stopped() => {}
                }
            }
            let end = async {
                automation.end(GRACE).await;
                self.ending().0.send_modify(|state| state.closing = true);
                automation.call_shutdown_handlers(GRACE).await;
            };
            tokio::select! {
                () = end => {}
                () = self.forced() => {}
            }
        }
        Finish { result, stop: self.stopping() }
    }
}
