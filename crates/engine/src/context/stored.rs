//! One context: `contexts/meta/ID/meta.json` and the PEM files in `contexts/tls/ID/docker`.

use std::ffi::OsStr;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::{ContextParams, DEFAULT, file};
use crate::client::Settings;
use crate::error::{Error, ErrorKind, Result};
use crate::host::Host;
use crate::tls::{TlsConfig, Verify};

/// The name of the endpoint that is a Docker Engine.
const DOCKER: &str = "docker";

/// The PEM files of an endpoint.
const FILES: [&str; 3] = ["ca.pem", "cert.pem", "key.pem"];

/// The folder with the contexts' own files.
pub(super) fn meta_folder(folder: &Path) -> PathBuf {
    folder.join("contexts").join("meta")
}

/// Where a context's files are.
#[derive(Clone, Debug)]
pub(super) struct Place {
    name: String,
    meta: PathBuf,
    tls: PathBuf,
}

impl Place {
    /// The place of a context with this name.
    pub(super) fn of(folder: &Path, name: &str) -> Self {
        let digest = ring::digest::digest(&ring::digest::SHA256, name.as_bytes());
        let id = digest.as_ref().iter().fold(String::new(), |mut id, byte| {
            // Writing to a text cannot fail.
            let _ = write!(id, "{byte:02x}");
            id
        });
        Self { name: name.to_owned(), ..Self::found(folder, OsStr::new(&id)) }
    }

    /// The place with this id.
    pub(super) fn found(folder: &Path, id: &OsStr) -> Self {
        let tls = folder.join("contexts").join("tls").join(id);
        Self { name: String::new(), meta: meta_folder(folder).join(id), tls }
    }

    fn file(&self) -> PathBuf {
        self.meta.join("meta.json")
    }
}

/// One of docker's contexts (docker-py: `docker.context.Context`).
#[derive(Clone, Debug)]
pub struct Context {
    attrs: Map<String, Value>,
    /// Nothing for the default one, which is not stored.
    place: Option<Place>,
}

impl Context {
    pub(super) fn in_memory(host: &str) -> Self {
        let endpoint = json!({"Host": host, "SkipTLSVerify": false});
        Self { attrs: attrs(DEFAULT, &endpoint), place: None }
    }

    pub(super) fn new(place: Place) -> Self {
        let endpoint = json!({"Host": "", "SkipTLSVerify": false});
        Self { attrs: attrs(&place.name, &endpoint), place: Some(place) }
    }

    /// Reads a context, if it is there.
    pub(super) fn read(place: Place) -> Result<Option<Self>> {
        let path = place.file();
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::file(&path, &error)),
        };
        let attrs = serde_json::from_slice(&text).map_err(|error| {
            Error::new(ErrorKind::ContextException, format!("{}: no context: {error}", path.display()))
        })?;
        Ok(Some(Self { attrs, place: Some(place) }))
    }

    /// The context's name.
    pub fn name(&self) -> &str {
        self.attrs.get("Name").and_then(Value::as_str).unwrap_or_default()
    }

    /// What the context is for, in words.
    pub fn description(&self) -> Option<&str> {
        self.attrs.get("Metadata")?.get("Description")?.as_str()
    }

    /// The engine's address; `None` where the context is not for an engine.
    pub fn host(&self) -> Option<&str> {
        self.endpoint()?.get("Host")?.as_str().filter(|host| !host.is_empty())
    }

    /// Whether the engine's certificate is not to be checked.
    pub fn skip_tls_verify(&self) -> bool {
        let skip = self.endpoint().and_then(|endpoint| endpoint.get("SkipTLSVerify")?.as_bool());
        skip.unwrap_or_default()
    }

    /// All that the context's file says.
    pub fn attrs(&self) -> &Map<String, Value> {
        &self.attrs
    }

    fn endpoint(&self) -> Option<&Value> {
        self.attrs.get("Endpoints")?.get(DOCKER)
    }

    /// The folder with the PEM files, and which of them are there.
    fn tls_files(&self) -> Option<(PathBuf, Vec<&'static str>)> {
        let folder = self.place.as_ref()?.tls.join(DOCKER);
        let files: Vec<_> = FILES.into_iter().filter(|name| folder.join(name).is_file()).collect();
        (!files.is_empty()).then_some((folder, files))
    }

    /// How to speak TLS with the engine; `None` where the context says nothing of it.
    pub fn tls_config(&self) -> Option<TlsConfig> {
        let verify = !self.skip_tls_verify();
        match self.tls_files() {
            Some((folder, files)) => {
                let config = TlsConfig::in_folder(&folder, verify);
                Some(if files.contains(&FILES[0]) { config } else { TlsConfig { ca_cert: None, ..config } })
            }
            None if verify => None,
            None => Some(TlsConfig::default().verify(false)),
        }
    }

    /// Settings for the context's engine.
    ///
    /// # Errors
    ///
    /// When the context names no engine or one at no address, or its files for TLS do not fit.
    pub fn settings(&self) -> Result<Settings> {
        let host = self.host().ok_or_else(|| {
            let words = format!("the context `{}` has no address of a Docker Engine", self.name());
            Error::new(ErrorKind::ContextException, words)
        })?;
        let host = host.parse::<Host>()?;
        let encrypted = matches!(host, Host::Tcp { .. } | Host::Https { .. });
        let tls = self.tls_config().filter(|_| encrypted).map(|config| config.load()).transpose()?;
        Ok(Settings { tls, ..Settings::new(host) })
    }

    /// What `docker context inspect` shows.
    pub fn inspect(&self) -> Value {
        let mut all = self.attrs.clone();
        let files = self.tls_files().map(|(_, files)| json!({DOCKER: files}));
        all.insert("TLSMaterial".to_owned(), files.unwrap_or_else(|| json!({})));
        let storage = match &self.place {
            Some(place) => json!({"MetadataPath": place.meta, "TLSPath": place.tls}),
            None => json!({"MetadataPath": "<IN MEMORY>", "TLSPath": "<IN MEMORY>"}),
        };
        all.insert("Storage".to_owned(), storage);
        all.into()
    }

    /// Puts in what is given and writes the files.
    pub(super) fn write(mut self, params: &ContextParams) -> Result<Self> {
        let Some(place) = self.place.clone() else { return Ok(self) };
        if let Some(host) = &params.host {
            host.parse::<Host>()?;
            self.set(&["Endpoints", DOCKER, "Host"], host.as_str().into());
        }
        let tls = params.tls_cfg.clone().map(TlsConfig::from);
        if let Some(config) = &tls {
            // Whoever uses the context would only then see what is wrong.
            config.load()?;
            let skip = config.verify == Some(Verify::Switch(false));
            self.set(&["Endpoints", DOCKER, "SkipTLSVerify"], skip.into());
        }
        if let Some(skip) = params.skip_tls_verify {
            self.set(&["Endpoints", DOCKER, "SkipTLSVerify"], skip.into());
        }
        if let Some(description) = &params.description {
            self.set(&["Metadata", "Description"], description.as_str().into());
        }
        if let Some(config) = &tls {
            let folder = place.tls.join(DOCKER);
            file::make_private(&folder)?;
            for (name, source) in FILES.into_iter().zip(config.files()) {
                file::copy_private(source, &folder.join(name))?;
            }
        }
        // Last, for what others find must be whole.
        file::make(&place.meta)?;
        file::replace(&place.file(), Value::from(self.attrs.clone()).to_string().as_bytes(), 0o644)?;
        Ok(self)
    }

    fn set(&mut self, path: &[&str], value: Value) {
        let (last, folders) = path.split_last().unwrap_or((&"", &[]));
        let mut at = &mut self.attrs;
        for name in folders {
            let inner = at.entry(*name).or_insert_with(|| json!({}));
            if !inner.is_object() {
                *inner = json!({});
            }
            let Value::Object(fields) = inner else { return };
            at = fields;
        }
        at.insert((*last).to_owned(), value);
    }

    /// Removes the files.
    pub(super) fn remove(self) -> Result<()> {
        let Some(place) = self.place else { return Ok(()) };
        file::remove(&place.meta)?;
        file::remove(&place.tls)
    }
}

fn attrs(name: &str, endpoint: &Value) -> Map<String, Value> {
    let all = json!({"Name": name, "Metadata": {}, "Endpoints": {DOCKER: endpoint}});
    if let Value::Object(all) = all { all } else { Map::new() }
}
