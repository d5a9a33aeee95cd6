//! What a script runs in: its connections, its automation, its way to the outside.

use std::fmt;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use moondock_automation::Automation;
use moondock_engine::models::DockerClient;
use moondock_engine::{Host as Address, Settings};

use crate::describe::Effect;
use crate::error::{Result, ScriptError};

/// One call that a script made.
#[derive(Clone, Copy, Debug)]
pub struct Trace {
    /// The class or module.
    pub target: &'static str,
    /// The method or function.
    pub method: &'static str,
    /// What it may do.
    pub effect: Effect,
    /// How long it took.
    pub took: Duration,
    /// Whether it failed.
    pub failed: bool,
}

type Tracer = Box<dyn Fn(&Trace) + Send + Sync>;
type Reporter = Box<dyn Fn(&str) + Send + Sync>;
type Printer = Box<dyn Fn(&[u8]) -> std::io::Result<()> + Send + Sync>;

/// What a script runs in. Clones are the same host.
#[derive(Clone)]
pub struct Host(Arc<Inner>);

struct Inner {
    address: Option<Address>,
    automation: OnceLock<Automation>,
    tracer: Option<Tracer>,
    reporter: Reporter,
    printer: Printer,
    ending: crate::session::Ending,
    opening: Mutex<()>,
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host").field("address", &self.0.address).finish_non_exhaustive()
    }
}

/// Makes a [`Host`].
pub struct HostBuilder {
    address: Option<Address>,
    tracer: Option<Tracer>,
    reporter: Reporter,
    printer: Printer,
}

impl HostBuilder {
    /// The engine to use where the script names none; `DOCKER_HOST` or the default socket otherwise.
    pub fn address(mut self, address: Option<Address>) -> Self {
        self.address = address;
        self
    }

    /// Called for each call that the script makes.
    pub fn tracer(mut self, tracer: impl Fn(&Trace) + Send + Sync + 'static) -> Self {
        self.tracer = Some(Box::new(tracer));
        self
    }

    /// Where messages for whoever runs the script go, such as an error in a handler; standard error by default.
    pub fn reporter(mut self, reporter: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.reporter = Box::new(reporter);
        self
    }

    /// Where the script's own output goes; standard output by default.
    pub fn printer(mut self, printer: impl Fn(&[u8]) -> std::io::Result<()> + Send + Sync + 'static) -> Self {
        self.printer = Box::new(printer);
        self
    }

    /// Makes the host.
    pub fn build(self) -> Host {
        Host(Arc::new(Inner {
            address: self.address,
            automation: OnceLock::new(),
            tracer: self.tracer,
            reporter: self.reporter,
            printer: self.printer,
            ending: crate::session::Ending::default(),
            opening: Mutex::new(()),
        }))
    }
}

impl Host {
    /// Begins to make a host.
    pub fn builder() -> HostBuilder {
        HostBuilder {
            address: None,
            tracer: None,
            reporter: Box::new(|message| {
                // Whoever closed standard error wants no messages; the script goes on without.
                let _ = writeln!(std::io::stderr(), "{message}");
            }),
            printer: Box::new(|bytes| std::io::stdout().lock().write_all(bytes)),
        }
    }

    /// The settings for the engine that a script means when it names none.
    ///
    /// # Errors
    ///
    /// When the environment, docker's configuration or a context says what cannot be read.
    pub fn settings(&self) -> Result<Settings> {
        Ok(match &self.0.address {
            Some(address) => Settings::at(address.clone())?,
            None => Settings::from_env()?,
        })
    }

    /// The script's hooks, schedules and watches, on the engine that [`Host::settings`] names.
    ///
    /// # Errors
    ///
    /// As [`Host::settings`].
    pub fn automation(&self) -> Result<&Automation> {
        let _opening = self.0.opening.lock().unwrap_or_else(PoisonError::into_inner);
        if self.0.automation.get().is_none() {
            let client = DockerClient::new(self.settings()?);
            let host = self.clone();
            let automation = Automation::new(client, Arc::new(move |message: &str| host.report(message)));
            // Only this function sets it, one caller at a time.
            let _ = self.0.automation.set(automation);
        }
        self.0.automation.get().ok_or_else(|| ScriptError::cancelled("the host is gone"))
    }

    /// The script's automation, if it has used any.
    pub(crate) fn started_automation(&self) -> Option<&Automation> {
        self.0.automation.get()
    }

    pub(crate) fn ending(&self) -> &crate::session::Ending {
        &self.0.ending
    }

    pub(crate) fn trace(&self, trace: &Trace) {
        tracing::debug!(target: "moondock::call", call = %format_args!("{}.{}", trace.target, trace.method),
            effect = trace.effect.name(), took = ?trace.took, failed = trace.failed);
        if let Some(tracer) = &self.0.tracer {
            tracer(trace);
        }
    }

    /// Tells whoever runs the script something.
    pub fn report(&self, message: &str) {
        (self.0.reporter)(message);
    }

    /// Writes the script's own output.
    ///
    /// # Errors
    ///
    /// When nobody can read it any more.
    pub fn print(&self, bytes: &[u8]) -> Result<()> {
        (self.0.printer)(bytes)
            .map_err(|error| ScriptError::script(format!("the output cannot be written: {error}")))
    }
}
