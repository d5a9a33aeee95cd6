//! The engine's state during a case, and what it has recorded.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::case::Scenario;
use super::connection::Received;
use super::recorded::{Recording, Request};

/// How long the engine waits for a container to be started before it answers all the same.
const PATIENCE: Duration = Duration::from_secs(10);

/// A container that the engine pretends to have.
pub(super) struct Pretended {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) image: String,
    pub(super) started: bool,
}

/// What the engine knows during a case.
#[derive(Default)]
pub(super) struct State {
    pub(super) scenario: Scenario,
    pub(super) containers: Vec<Pretended>,
    pub(super) pulled: BTreeSet<String>,
    recording: Recording,
    finished: Vec<(String, Recording)>,
    name: Option<String>,
}

/// The state, shared by the engine's connections.
#[derive(Default)]
pub(super) struct Control {
    state: Mutex<State>,
    changed: Condvar,
}

impl State {
    /// Begins a case: with two running containers and nothing recorded.
    fn begin(&mut self, name: Option<String>, scenario: Scenario) {
        let recording = std::mem::take(&mut self.recording);
        if let Some(name) = std::mem::replace(&mut self.name, name) {
            self.finished.push((name, recording));
        }
        self.scenario = scenario;
        self.pulled.clear();
        self.containers.clear();
        for (id, name) in [("a1", "web"), ("b2", "db")] {
            self.containers.push(Pretended {
                id: id.repeat(32),
                name: name.to_owned(),
                image: "busybox".to_owned(),
                started: true,
            });
        }
    }

    /// Records a request, unless it negotiates the version.
    fn record(&mut self, received: &Received) {
        if received.version.is_empty() && matches!(received.path.as_str(), "/_ping" | "/version") {
            return;
        }
        self.recording.versions.insert(received.version.clone());
        self.recording.requests.push(Request::new(received));
    }

    /// Finds a container by name or id.
    pub(super) fn container(&mut self, name: &str) -> Option<&mut Pretended> {
        self.containers.iter_mut().find(|container| container.id == name || container.name == name)
    }

    /// Adds a container that is not started and gives its id.
    pub(super) fn create(&mut self, name: Option<String>, image: String) -> String {
        let id = format!("c{}", self.containers.len() - 1).repeat(32);
        let name = name.unwrap_or_else(|| format!("pretended_{}", self.containers.len()));
        self.containers.push(Pretended { id: id.clone(), name, image, started: false });
        id
    }
}

impl Control {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A connection that panicked has left nothing half done that matters here.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn begin(&self, name: Option<String>, scenario: Scenario) {
        self.lock().begin(name, scenario);
    }

    /// The newest API version.
    pub(super) fn api_version(&self) -> String {
        self.lock().scenario.api_version.clone()
    }

    /// What the case at hand has recorded so far.
    pub(super) fn recording(&self) -> Recording {
        self.lock().recording.clone()
    }

    /// Ends the case at hand and gives all that had a name.
    pub(super) fn finished(&self) -> Vec<(String, Recording)> {
        let mut state = self.lock();
        state.begin(None, Scenario::default());
        std::mem::take(&mut state.finished)
    }

    /// Records a request and works on the state for its answer.
    pub(super) fn receive<T>(&self, received: &Received, answer: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.lock();
        state.record(received);
        let answer = answer(&mut state);
        self.changed.notify_all();
        answer
    }

    /// Waits until a container is started, in any case not for long.
    pub(super) fn until_started(&self, id: &str) {
        let deadline = Instant::now() + PATIENCE;
        let mut state = self.lock();
        while state.container(id).is_some_and(|container| !container.started) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            let waited = self.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
