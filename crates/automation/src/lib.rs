//! Hooks on the engine's events, schedules and file watches, for Rust programs and for scripts.
//!
//! An [`Automation`] holds what is registered. Each registration calls its handler one call at a time, in order; what
//! a handler returns as an error is reported and ends nothing but that call.

mod backoff;
mod event;
mod registry;
mod schedule;
mod supervisor;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use moondock_engine::Error;
use moondock_engine::models::DockerClient;

pub use event::{EVENT_TYPES, Event, EventFilter};
pub use registry::Registration;
use registry::Registry;
use supervisor::Supervisor;
pub use watch::{Change, ChangeKind, WatchOptions};

/// What can go wrong while something is registered.
#[derive(Debug, thiserror::Error)]
pub enum AutomationError {
    /// The engine cannot be asked for its events.
    #[error(transparent)]
    Engine(#[from] Error),
    /// A pattern for events that cannot be one.
    #[error("`{pattern}` is no pattern for events: {why}; one looks like `container.die` or `image.*`")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        why: String,
    },
    /// A pattern for events of a type that the engine does not have.
    #[error("`{pattern}` is no pattern for events: the engine has no type `{kind}`, only {}", EVENT_TYPES.join(", "))]
    EventType {
        /// The pattern.
        pattern: String,
        /// The type.
        kind: String,
    },
    /// A watch without a path.
    #[error("there is nothing to watch: no path is given")]
    NoPath,
    /// A path that cannot be watched.
    #[error("{path} cannot be watched: {why}")]
    Watch {
        /// The path.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// An interval that is zero.
    #[error("an interval must be longer than nothing")]
    Interval,
    /// An interval that no clock can hold.
    #[error("an interval of {} s is longer than any clock can hold", .0.as_secs_f64())]
    EndlessInterval(Duration),
}

/// What a handler returns: nothing, or what to report.
pub type Outcome = Result<(), String>;

/// What is called when something happens.
pub type Handler<T> = Arc<dyn Fn(T) -> BoxFuture<'static, Outcome> + Send + Sync>;

/// Where messages for whoever runs the program go.
pub type Report = Arc<dyn Fn(&str) + Send + Sync>;

/// Hooks, schedules and watches on one engine. Clones are the same.
#[derive(Clone)]
pub struct Automation {
    client: DockerClient,
    registry: Registry,
    supervisor: Arc<Supervisor>,
}

impl Automation {
    /// Makes one without anything registered. Nothing is sent before the first hook.
    pub fn new(client: DockerClient, report: Report) -> Self {
        let registry = Registry::new(report);
        let supervisor = Arc::new(Supervisor::new(client.clone(), registry.clone()));
        Self { client, registry, supervisor }
    }

    /// The engine's client.
    pub fn client(&self) -> &DockerClient {
        &self.client
    }

    /// Calls a handler for each event that matches. All that happens after this has returned is seen, also across
    /// lost connections, as far as the engine remembers it.
    ///
    /// # Errors
    ///
    /// When the engine cannot be asked for its events.
    pub async fn on(
        &self,
        filter: EventFilter,
        handler: Handler<Event>,
    ) -> Result<Registration, AutomationError> {
        let (sender, mut events) = tokio::sync::mpsc::unbounded_channel();
        let name = format!("on(\"{}\")", filter.pattern());
        let subscription = self.supervisor.subscribe(filter, sender).await?;
        Ok(self.registry.register(name, move |calls| async move {
            // Ends the subscription when the registration does.
            let _subscription = subscription;
            while let Some(event) = calls.unless_off(events.recv()).await.flatten() {
                calls.call(&handler, event).await;
            }
        }))
    }

    /// Calls a handler at an interval, first after one. A call that takes longer makes the next one wait for the next
    /// multiple of the interval.
    ///
    /// # Errors
    ///
    /// When the interval is zero, or longer than a clock can hold.
    pub fn every(&self, interval: Duration, handler: Handler<()>) -> Result<Registration, AutomationError> {
        schedule::check(interval)?;
        let name = format!("every({} s)", interval.as_secs_f64());
        Ok(self.registry.register(name, move |calls| schedule::every(interval, handler, calls)))
    }

    /// Calls a handler with the changes below some paths, after they have been quiet for a while. All that changes
    /// after this has returned is seen.
    ///
    /// # Errors
    ///
    /// When there is no path, or one is not there or cannot be watched; when `debounce` is zero, or longer than a clock can hold.
    pub fn watch(
        &self,
        options: &WatchOptions,
        handler: Handler<Vec<Change>>,
    ) -> Result<Registration, AutomationError> {
        let mut watch = watch::Watch::start(options)?;
        Ok(self.registry.register("watch".to_owned(), move |calls| async move {
            while let Some(batch) = calls.unless_off(watch.next()).await.flatten() {
                match batch {
                    Ok(changes) => calls.call(&handler, changes).await,
                    Err(fault) => calls.report(&fault),
                }
            }
        }))
    }

    /// Calls a handler once when the program ends in order. It keeps nothing alive.
    pub fn on_shutdown(&self, handler: Handler<()>) {
        self.registry.at_shutdown(handler);
    }

    /// Waits until nothing is registered any more and no handler runs.
    pub async fn idle(&self) {
        self.registry.idle().await;
    }

    /// Ends every registration and waits so long for handlers that run. Gives whether all ended in time.
    pub async fn end(&self, limit: Duration) -> bool {
        self.registry.end(limit).await
    }

    /// Calls the shutdown handlers in the order of their registration, those too that one of them registers, each with
    /// this limit. Gives whether all ended in time.
    pub async fn call_shutdown_handlers(&self, limit: Duration) -> bool {
        self.registry.call_shutdown_handlers(limit).await
    }
}
