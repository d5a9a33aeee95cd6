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

/// A part of a script's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its text from the first line to the last.
    Main,
    /// What is called back: hooks, schedules, watches, shutdown handlers.
    Handler,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    stop: Option<Stop>,
    forced: bool,
    /// `moondock.exit` was called, and no shutdown handler has begun since.
    exits: bool,
}

impl State {
    /// Whether what a part does is to be cut off. A signal lets handlers go on to their end.
    fn cuts_off(&self, part: Part) -> bool {
        self.forced
            || match part {
                Part::Main => self.stop.is_some(),
                Part::Handler => self.exits,
            }
    }
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
        self.ending().0.send_modify(|state| {
            state.exits |= matches!(stop, Stop::Exit(_));
            match state.stop {
                None => state.stop = Some(stop),
                Some(_) => state.forced |= matches!(stop, Stop::Signal(_)),
            }
        });
    }

    /// Lets a shutdown handler run, although the script or a shutdown handler before has called for the end.
    pub(crate) fn begin_shutdown_handler(&self) {
        self.ending().0.send_modify(|state| state.exits = false);
    }

    /// Why the script is made to end, if it is.
    pub fn stopping(&self) -> Option<Stop> {
        self.ending().0.borrow().stop
    }

    /// Whether what a part of the script does is to be cut off: for any reason in its main part; in a handler, a
    /// shutdown handler too, on exit or by a second signal.
    pub fn is_cut_off(&self, part: Part) -> bool {
        self.ending().0.borrow().cuts_off(part)
    }

    /// Waits until what a part of the script does [is to be cut off](Self::is_cut_off).
    pub async fn cut_off(&self, part: Part) {
        self.ending().when(|state| state.cuts_off(part)).await;
    }

    async fn stopped(&self) {
        self.ending().when(|state| state.stop.is_some()).await;
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
        // A script that has failed did not end by what its last handlers ask for.
        let failed = result.is_err() && self.stopping().is_none();
        if let Some(automation) = self.started_automation() {
            if result.is_ok() {
                tokio::select! {
                    () = automation.idle() => {}
                    () = self.stopped() => {}
                }
            }
            let end = async {
                automation.end(GRACE).await;
                automation.call_shutdown_handlers(GRACE).await;
            };
            tokio::select! {
                () = end => {}
                () = self.forced() => {}
            }
        }
        Finish { result, stop: self.stopping().filter(|_| !failed) }
    }
}
