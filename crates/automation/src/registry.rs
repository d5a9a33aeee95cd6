//! What is registered, and what runs because of it.

use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::{Handler, Report};

/// Everything that is registered. Clones are the same.
#[derive(Clone)]
pub(crate) struct Registry(Arc<Inner>);

struct Inner {
    report: Report,
    state: Mutex<State>,
    /// How many registrations still run.
    running: watch::Sender<usize>,
}

#[derive(Default)]
struct State {
    next: u64,
    switches: HashMap<u64, CancellationToken>,
    shutdown: VecDeque<Handler<()>>,
    ended: bool,
}

/// Something that is registered, until [`Registration::off`] or the end of the program.
#[derive(Clone)]
pub struct Registration {
    name: Arc<str>,
    switch: CancellationToken,
}

impl Registration {
    /// Ends it. A call of its handler that runs goes on to its end.
    pub fn off(&self) {
        self.switch.cancel();
    }

    /// Whether it has not been ended.
    pub fn is_on(&self) -> bool {
        !self.switch.is_cancelled()
    }

    /// What was registered, for example `on("container.die")`.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The side of a registration that calls its handler.
pub(crate) struct Calls {
    name: Arc<str>,
    switch: CancellationToken,
    report: Report,
}

impl Calls {
    /// Waits for something, unless the registration ends first.
    pub(crate) async fn unless_off<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.switch.cancelled() => None,
            result = work => Some(result),
        }
    }

    /// Calls a handler and reports its error.
    pub(crate) async fn call<T>(&self, handler: &Handler<T>, argument: T) {
        if let Err(error) = handler(argument).await {
            self.report(&error);
        }
    }

    /// Reports what went wrong with this registration.
    pub(crate) fn report(&self, words: &str) {
        (self.report)(&format!("{}: {words}", self.name));
    }
}

impl Registry {
    pub(crate) fn new(report: Report) -> Self {
        Self(Arc::new(Inner { report, state: Mutex::default(), running: watch::Sender::new(0) }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn report(&self, words: &str) {
        (self.0.report)(words);
    }

    /// Registers work that goes on until its switch is thrown.
    pub(crate) fn register<F>(&self, name: String, work: impl FnOnce(Calls) -> F) -> Registration
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let switch = CancellationToken::new();
        let name: Arc<str> = name.into();
        let calls =
            Calls { name: Arc::clone(&name), switch: switch.clone(), report: Arc::clone(&self.0.report) };
        let id = {
            let mut state = self.state();
            if state.ended {
                switch.cancel();
            }
            state.next += 1;
            let id = state.next;
            state.switches.insert(id, switch.clone());
            id
        };
        self.0.running.send_modify(|running| *running += 1);
        let running = Running { registry: self.clone(), id };
        let work = work(calls);
        tokio::spawn(async move {
            let _running = running;
            work.await;
        });
        Registration { name, switch }
    }

    pub(crate) fn at_shutdown(&self, handler: Handler<()>) {
        self.state().shutdown.push_back(handler);
    }

    fn next_at_shutdown(&self) -> Option<Handler<()>> {
        self.state().shutdown.pop_front()
    }

    pub(crate) async fn idle(&self) {
        let mut running = self.0.running.subscribe();
        // The sender lives as long as this registry.
        let _ = running.wait_for(|running| *running == 0).await;
    }

    pub(crate) async fn end(&self, limit: Duration) -> bool {
        {
            let mut state = self.state();
            state.ended = true;
            state.switches.values().for_each(CancellationToken::cancel);
        }
        let in_time = tokio::time::timeout(limit, self.idle()).await.is_ok();
        if !in_time {
            self.report(&format!("a handler still runs after {} s and is left behind", limit.as_secs_f64()));
        }
        in_time
    }

    pub(crate) async fn call_shutdown_handlers(&self, limit: Duration) -> bool {
        let mut in_time = true;
        // One by one, for a handler may register another.
        while let Some(handler) = self.next_at_shutdown() {
            match tokio::time::timeout(limit, handler(())).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => self.report(&format!("on_shutdown: {error}")),
                Err(_) => {
                    in_time = false;
                    let seconds = limit.as_secs_f64();
                    self.report(&format!(
                        "on_shutdown: a handler still runs after {seconds} s and is left behind"
                    ));
                }
            }
        }
        in_time
    }
}

/// Counts a registration as running until it is dropped, however its task ends.
struct Running {
    registry: Registry,
    id: u64,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.registry.state().switches.remove(&self.id);
        self.registry.0.running.send_modify(|running| *running -= 1);
    }
}
