//! A script in an engine of its own.

use moondock_script_api::{Finish, Host, ScriptError};

/// A Rhai script.
#[derive(Clone, Debug)]
pub struct Script {
    name: String,
}

impl Script {
    /// Makes a script of its source. The name, usually its path, stands in errors.
    pub fn new(name: impl Into<String>, _source: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into() }
    }

    /// Sets the script's arguments.
    pub fn arguments(self, _arguments: Vec<String>) -> Self {
        self
    }

    /// Runs the script to its end.
    pub async fn run(&self, _host: &Host) -> Finish {
        Finish {
            result: Err(ScriptError::script(format!("{}: Rhai scripts cannot be run yet", self.name))),
            stop: None,
        }
    }
}
