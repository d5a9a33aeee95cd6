//! One supervised stream of the engine's events, read at the speed of the wire: the engine drops the events of a reader
//! that stalls.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Instant;

use futures_util::StreamExt;
use moondock_engine::models::{DockerClient, EventsParams};
use moondock_engine::stream::JsonLines;
use moondock_engine::{Error, ErrorKind};
use serde_json::Value;
use tokio::sync::Mutex as AsyncMutex;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;

use crate::backoff::Backoff;
use crate::event::{Event, EventFilter};
use crate::registry::Registry;

/// How far back a new connection asks, in nanoseconds: events may reach the engine's memory out of order.
const OVERLAP: i64 = 2_000_000_000;
/// How many events are remembered to drop what comes twice; the engine itself replays at most 256.
const REMEMBERED: usize = 4096;

pub(crate) struct Supervisor {
    client: DockerClient,
    registry: Registry,
    hooks: Arc<Mutex<Hooks>>,
    task: AsyncMutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct Hooks {
    next: u64,
    list: Vec<Hook>,
}

struct Hook {
    id: u64,
    filter: EventFilter,
    sender: UnboundedSender<Event>,
}

/// A hook's place, given up when it is dropped.
pub(crate) struct Subscription {
    id: u64,
    hooks: Weak<Mutex<Hooks>>,
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(hooks) = self.hooks.upgrade() {
            lock(&hooks).list.retain(|hook| hook.id != self.id);
        }
    }
}

fn lock(hooks: &Mutex<Hooks>) -> MutexGuard<'_, Hooks> {
    hooks.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Supervisor {
    pub(crate) fn new(client: DockerClient, registry: Registry) -> Self {
        Self { client, registry, hooks: Arc::default(), task: AsyncMutex::new(None) }
    }

    /// Sends the events that match to a channel, from now on.
    pub(crate) async fn subscribe(
        &self,
        filter: EventFilter,
        sender: UnboundedSender<Event>,
    ) -> Result<Subscription, Error> {
        let mut task = self.task.lock().await;
        if task.is_none() {
            *task = Some(self.start().await?);
        }
        let mut hooks = lock(&self.hooks);
        hooks.next += 1;
        let id = hooks.next;
        hooks.list.push(Hook { id, filter, sender });
        Ok(Subscription { id, hooks: Arc::downgrade(&self.hooks) })
    }

    /// Opens the stream. The engine sends headers before it listens to itself, so the stream begins at the engine's
    /// own time, read before.
    async fn start(&self) -> Result<JoinHandle<()>, Error> {
        let info = self.client.info().await?;
        let Some(now) = info.get("SystemTime").and_then(Value::as_str) else {
            return Err(Error::new(ErrorKind::StreamParseError, "the engine does not tell its time"));
        };
        let params = EventsParams::default().since(now);
        let stream = self.client.events(&params).await?;
        let reader = Reader {
            client: self.client.clone(),
            registry: self.registry.clone(),
            hooks: Arc::clone(&self.hooks),
            since: params,
            last: 0,
            seen: Seen::default(),
        };
        Ok(tokio::spawn(reader.run(stream)))
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        if let Some(task) = self.task.get_mut() {
            task.abort();
        }
    }
}

struct Reader {
    client: DockerClient,
    registry: Registry,
    hooks: Arc<Mutex<Hooks>>,
    since: EventsParams,
    last: i64,
    seen: Seen,
}

impl Reader {
    async fn run(mut self, mut stream: JsonLines) {
        let mut backoff = Backoff::new();
        loop {
            let why = self.read(stream).await;
            self.registry.report(&format!("the engine's event stream ended ({why}); connecting again"));
            stream = loop {
                tokio::time::sleep(backoff.wait(Instant::now())).await;
                match self.client.events(&self.params()).await {
                    Ok(stream) => break stream,
                    Err(error) => tracing::debug!(%error, "the engine's events are out of reach"),
                }
            };
            self.registry.report("the engine's event stream is back");
        }
    }

    /// Hands the stream's events over until it ends, and says why it did.
    async fn read(&mut self, mut stream: JsonLines) -> String {
        while let Some(item) = stream.next().await {
            let raw = match item {
                Ok(raw) => raw,
                Err(error) => return error.to_string(),
            };
            let Some(event) = Event::read(raw) else { continue };
            self.last = self.last.max(event.time_nano);
            if !self.seen.is_new(&event) {
                continue;
            }
            for hook in &lock(&self.hooks).list {
                if hook.filter.matches(&event) {
                    // A hook that has just ended wants no more events.
                    let _ = hook.sender.send(event.clone());
                }
            }
        }
        "the connection closed".to_owned()
    }

    /// Asks for what happened since the last event, with an overlap.
    fn params(&self) -> EventsParams {
        if self.last == 0 {
            return self.since.clone();
        }
        let since = (self.last - OVERLAP).max(0);
        EventsParams::default().since(format!("{}.{:09}", since / 1_000_000_000, since % 1_000_000_000))
    }
}

type Mark = (i64, String, String);

/// The events of the last while.
#[derive(Default)]
struct Seen {
    order: VecDeque<Mark>,
    marks: HashSet<Mark>,
}

impl Seen {
    fn is_new(&mut self, event: &Event) -> bool {
        let words = event.raw.get("Action").and_then(Value::as_str).unwrap_or(&event.action);
        let mark = (event.time_nano, format!("{}.{words}", event.kind), event.id.clone());
        if !self.marks.insert(mark.clone()) {
            return false;
        }
        self.order.push_back(mark);
        if self.order.len() > REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.marks.remove(&oldest);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_comes_twice_is_dropped() {
        let event = |time: i64| {
            Event::read(json!({"Action": "die", "timeNano": time, "Actor": {"ID": "a"}})).unwrap()
        };
        let mut seen = Seen::default();
        assert!(seen.is_new(&event(1)) && seen.is_new(&event(2)) && !seen.is_new(&event(1)));
        for time in 3..10_000 {
            assert!(seen.is_new(&event(time)));
        }
        assert_eq!((seen.order.len(), seen.marks.len()), (REMEMBERED, REMEMBERED));
    }
}
