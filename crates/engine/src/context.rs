//! docker's contexts: named engines, stored beside `config.json` as the docker CLI stores them.
//!
//! ```
//! # moondock_tests::example!(|shared| {
//! use moondock_engine::context::{ContextParams, Contexts};
//! use moondock_engine::models::DockerClient;
//!
//! # let folder = tempfile::tempdir()?;
//! # let (folder, address) = (folder.path(), shared.api().settings().host.to_string());
//! let contexts = Contexts::at(folder);
//! contexts.create("box", &ContextParams::default().host(address))?;
//! contexts.set_current("box")?;
//! let client = DockerClient::new(contexts.current()?.settings()?);
//! assert!(client.ping().await?);
//! # });
//! ```

mod file;
mod stored;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::config_file::{self, ConfigFile};
use crate::error::{Error, ErrorKind, Result};
use crate::host::Host;
use crate::tls::TlsConfig;
use crate::types::Part;
pub use stored::Context;

/// The name of the context that is always there: what the environment says, else the default socket.
pub const DEFAULT: &str = "default";

crate::params! {
    /// What a context says (docker-py: the arguments of `ContextAPI.create_context`).
    pub struct ContextParams {
        /// The engine's address; the default socket where a new context has none.
        host: Option<String>,
        /// How to speak TLS with the engine; the files are copied into the context.
        tls_cfg: Option<Part<TlsConfig>>,
        /// Whether not to check the engine's certificate.
        skip_tls_verify: Option<bool>,
        /// What the context is for, in words.
        description: Option<String>,
    }
}

/// The contexts of one configuration folder (docker-py: `ContextAPI`).
#[derive(Clone, Debug)]
pub struct Contexts {
    /// The folder of `config.json`; nothing where nobody says which that is.
    folder: Option<PathBuf>,
    /// The context and the address that the environment names.
    chosen: Option<String>,
    host: Option<String>,
}

impl Contexts {
    /// The contexts beside the `config.json` of this process's user.
    pub fn from_env() -> Self {
        Self::from_environment(&config_file::variable)
    }

    pub(crate) fn from_environment(variable: &dyn Fn(&str) -> Option<String>) -> Self {
        let set = |name| variable(name).filter(|value| !value.is_empty());
        let host = set("DOCKER_HOST");
        let chosen = if host.is_some() { Some(DEFAULT.to_owned()) } else { set("DOCKER_CONTEXT") };
        Self { folder: config_file::folder(variable), chosen, host }
    }

    /// The contexts in a folder, whatever the environment says.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self { folder: Some(folder.into()), chosen: None, host: None }
    }

    /// The name of the context in use: `default` where `DOCKER_HOST` is set, else the one that `DOCKER_CONTEXT` or
    /// `config.json` names.
    ///
    /// # Errors
    ///
    /// When `config.json` cannot be read.
    pub fn current_name(&self) -> Result<String> {
        if let Some(name) = &self.chosen {
            return Ok(name.clone());
        }
        Ok(self.configured_name()?.unwrap_or_else(|| DEFAULT.to_owned()))
    }

    /// The name that stands in `config.json`.
    fn configured_name(&self) -> Result<Option<String>> {
        let Some(folder) = &self.folder else { return Ok(None) };
        Ok(ConfigFile::of(Some(folder))?.text("currentContext")?.map(str::to_owned))
    }

    fn folder(&self) -> Result<&Path> {
        self.folder.as_deref().ok_or_else(|| {
            let words = "nobody says where docker's contexts are; set DOCKER_CONFIG or HOME";
            Error::new(ErrorKind::ContextException, words)
        })
    }

    /// The context in use (docker-py: `get_current_context`).
    ///
    /// # Errors
    ///
    /// When it is not there or cannot be read.
    pub fn current(&self) -> Result<Context> {
        self.get(&self.current_name()?)
    }

    /// A context by its name (docker-py: `get_context`).
    ///
    /// # Errors
    ///
    /// [`ContextNotFound`](ErrorKind::ContextNotFound) when there is none; also when it cannot be read.
    pub fn get(&self, name: &str) -> Result<Context> {
        if name == DEFAULT {
            let host = self.host.clone().unwrap_or_else(|| Host::default_socket().to_string());
            return Ok(Context::in_memory(&host));
        }
        self.stored(name)?.ok_or_else(|| {
            let place = self.folder.as_ref().map(|folder| format!(" in {}", folder.display()));
            let words = format!("there is no context `{name}`{}", place.unwrap_or_default());
            Error::new(ErrorKind::ContextNotFound, words)
        })
    }

    fn stored(&self, name: &str) -> Result<Option<Context>> {
        let Some(folder) = &self.folder else { return Ok(None) };
        Context::read(stored::Place::of(folder, name))
    }

    /// All contexts by their names, the default one first (docker-py: `contexts`).
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub fn list(&self) -> Result<Vec<Context>> {
        let mut all = Vec::new();
        if let Some(folder) = &self.folder {
            for entry in file::entries(&stored::meta_folder(folder))? {
                all.extend(Context::read(stored::Place::found(folder, &entry))?);
            }
        }
        all.sort_by(|one, other| one.name().cmp(other.name()));
        all.insert(0, self.get(DEFAULT)?);
        Ok(all)
    }

    /// What `docker context inspect` shows of a context (docker-py: `inspect_context`).
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn inspect(&self, name: &str) -> Result<Value> {
        Ok(self.get(name)?.inspect())
    }

    /// Makes a context (docker-py: `create_context`).
    ///
    /// # Errors
    ///
    /// When there is one with this name, the name or the address cannot be one, or the files for TLS do not fit.
    pub fn create(&self, name: &str, params: &ContextParams) -> Result<Context> {
        valid(name)?;
        if self.stored(name)?.is_some() {
            let words = format!("there is a context `{name}` already; update or remove it");
            return Err(Error::new(ErrorKind::ContextAlreadyExists, words));
        }
        let host = params.host.clone().unwrap_or_else(|| Host::default_socket().to_string());
        let params = ContextParams { host: Some(host), ..params.clone() };
        Context::new(stored::Place::of(self.folder()?, name)).write(&params)
    }

    /// Changes what is given of a context, and leaves the rest.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get) and [`create`](Self::create).
    pub fn update(&self, name: &str, params: &ContextParams) -> Result<Context> {
        valid(name)?;
        self.get(name)?.write(params)
    }

    /// Removes a context. If it was the current one, the default one is from then on (docker-py: `remove_context`).
    ///
    /// # Errors
    ///
    /// When there is none with this name, or it cannot be removed.
    pub fn remove(&self, name: &str) -> Result<()> {
        valid(name)?;
        let context = self.get(name)?;
        if self.configured_name()?.as_deref() == Some(name) {
            self.set_current(DEFAULT)?;
        }
        context.remove()
    }

    /// Makes a context the current one in `config.json`, as `docker context use` does (docker-py:
    /// `set_current_context`). All else in the file stays.
    ///
    /// # Errors
    ///
    /// When there is none with this name, or the file cannot be read or written.
    pub fn set_current(&self, name: &str) -> Result<()> {
        self.get(name)?;
        let path = self.folder()?.join(config_file::NAME);
        file::edit(&path, |config| {
            if name == DEFAULT {
                config.shift_remove("currentContext");
            } else {
                config.insert("currentContext".to_owned(), name.into());
            }
        })
    }
}

/// Checks that a stored context can have this name, by the docker CLI's rule.
fn valid(name: &str) -> Result<()> {
    let exception = |words: String| Err(Error::new(ErrorKind::ContextException, words));
    if name == DEFAULT {
        return exception("the context `default` is always there and cannot be changed".to_owned());
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || "_.+-".contains(c);
    let starts = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if name.len() < 2 || !starts || !name.chars().all(fits) {
        return exception(format!(
            "`{name}` cannot be a context's name; one has two or more letters, digits, `_`, `.`, `+` or `-`, and \
             begins with a letter or a digit"
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
