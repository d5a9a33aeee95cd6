//! Errors as scripts see them.

use std::fmt;
use std::sync::Arc;

use moondock_engine::{Error, ErrorKind};

/// A result with a [`ScriptError`].
pub type Result<T, E = ScriptError> = std::result::Result<T, E>;

/// The kind of an error that the script itself raised, or that its language found in it.
pub const SCRIPT_ERROR: &str = "ScriptError";

/// An error: a value with a kind, a message and, from the engine, its status and words. Clones share it.
#[derive(Clone, Debug)]
pub struct ScriptError(Arc<Details>);

#[derive(Clone, Debug)]
struct Details {
    source: Source,
    method: Option<String>,
    location: Option<String>,
    trace: Vec<String>,
}

#[derive(Clone, Debug)]
enum Source {
    Engine(Error),
    Script { kind: &'static str, message: String },
}

impl ScriptError {
    /// Makes the error of a wrong argument.
    pub fn argument(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::InvalidArgument, message).into()
    }

    /// Makes the error of work that was cut off.
    pub fn cancelled(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Cancelled, message).into()
    }

    /// Makes an error of the script's own, or of its language.
    pub fn script(message: impl Into<String>) -> Self {
        Self::from_source(Source::Script { kind: SCRIPT_ERROR, message: message.into() })
    }

    fn from_source(source: Source) -> Self {
        Self(Arc::new(Details { source, method: None, location: None, trace: Vec::new() }))
    }

    fn change(mut self, change: impl FnOnce(&mut Details)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// Says which method failed, for example `Container.start`, unless that is known.
    pub fn in_method(self, method: impl FnOnce() -> String) -> Self {
        self.change(|details| {
            details.method.get_or_insert_with(method);
        })
    }

    /// Says where in the script it was raised, for example `a.lua:3`, unless that is known.
    pub fn at(self, location: impl Into<String>) -> Self {
        self.change(|details| {
            details.location.get_or_insert_with(|| location.into());
        })
    }

    /// Adds the calls that led to it, innermost first, unless they are known.
    pub fn with_trace(self, trace: Vec<String>) -> Self {
        self.change(|details| {
            if details.trace.is_empty() {
                details.trace = trace;
            }
        })
    }

    /// The kind's name, for example `NotFound`.
    pub fn kind(&self) -> &'static str {
        match &self.0.source {
            Source::Engine(error) => error.kind().name(),
            Source::Script { kind, .. } => kind,
        }
    }

    /// Whether the kind is the named one or a special case of it.
    pub fn is_a(&self, name: &str) -> bool {
        match &self.0.source {
            Source::Engine(error) => error.kind().is_a(name),
            Source::Script { kind, .. } => *kind == name,
        }
    }

    /// What went wrong, without method and location.
    pub fn message(&self) -> String {
        match &self.0.source {
            Source::Engine(error) => error.to_string(),
            Source::Script { message, .. } => message.clone(),
        }
    }

    /// The engine client's error, if it is one.
    pub fn engine(&self) -> Option<&Error> {
        match &self.0.source {
            Source::Engine(error) => Some(error),
            Source::Script { .. } => None,
        }
    }

    /// The error with the calls that led to it, a line each, unless they tell no more than its location.
    pub fn report(&self) -> String {
        let tells_more = self.trace().iter().any(|call| Some(call.as_str()) != self.location());
        let calls = self.trace().iter().filter(|_| tells_more).map(|call| format!("\n  {call}"));
        std::iter::once(self.to_string()).chain(calls).collect()
    }

    /// Writes method and message, without the location.
    pub(crate) fn fmt_plain(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(method) = self.method() {
            write!(f, "{method}: ")?;
        }
        f.write_str(&self.message())
    }

    /// The method that failed.
    pub fn method(&self) -> Option<&str> {
        self.0.method.as_deref()
    }

    /// Where in the script it was raised.
    pub fn location(&self) -> Option<&str> {
        self.0.location.as_deref()
    }

    /// The calls that led to it, innermost first.
    pub fn trace(&self) -> &[String] {
        &self.0.trace
    }
}

impl From<Error> for ScriptError {
    fn from(error: Error) -> Self {
        Self::from_source(Source::Engine(error))
    }
}

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = self.location() {
            write!(f, "{location}: ")?;
        }
        self.fmt_plain(f)
    }
}

impl std::error::Error for ScriptError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_tells_no_place_twice() {
        let report = |calls: &[&str]| {
            let trace = calls.iter().map(|call| (*call).to_owned()).collect();
            ScriptError::script("because").at("a.lua:1").with_trace(trace).report()
        };
        assert_eq!(report(&[]), "a.lua:1: because");
        assert_eq!(report(&["a.lua:1"]), "a.lua:1: because");
        assert_eq!(report(&["a.lua:1: in f", "a.lua:3"]), "a.lua:1: because\n  a.lua:1: in f\n  a.lua:3");
        assert_eq!(report(&["a.lua:1", "a.lua:3"]), "a.lua:1: because\n  a.lua:1\n  a.lua:3");
    }
}
