//! Settings as the docker CLI finds them.

use super::Settings;
use crate::config_file;
use crate::context::{Contexts, DEFAULT};
use crate::error::{Error, ErrorKind, Result};
use crate::host::Host;
use crate::tls::{Tls, TlsConfig};
use crate::version::ApiVersion;

impl Settings {
    /// Settings as the docker CLI finds them, in this order:
    ///
    /// 1. `DOCKER_HOST`, with TLS for `tcp://` where `DOCKER_TLS_VERIFY`, `DOCKER_TLS` or `DOCKER_CERT_PATH` is set;
    /// 2. the context that `DOCKER_CONTEXT` names;
    /// 3. the context that `config.json` has as its `currentContext`;
    /// 4. the default socket, or `tcp://localhost:2376` where `DOCKER_TLS_VERIFY` or `DOCKER_TLS` is set.
    ///
    /// The engine's certificate is checked where `DOCKER_TLS_VERIFY` is set; `ca.pem`, `cert.pem` and `key.pem` are in
    /// the folder `DOCKER_CERT_PATH`, else in that of `config.json`. As in docker-py, and unlike in the docker CLI,
    /// `DOCKER_CERT_PATH` alone asks for TLS. `DOCKER_API_VERSION` names the API version.
    ///
    /// # Errors
    ///
    /// When one of the variables is set to what cannot be used, a file cannot be read, or the context is not there.
    pub fn from_env() -> Result<Self> {
        Self::from_environment(config_file::variable)
    }

    /// Does what [`from_env`](Self::from_env) does with variables of the caller's own (docker-py: `environment`).
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Result<Self> {
        let found = Self::found(&variable)?;
        Ok(Self { config_folder: config_file::named(&variable), ..found })
    }

    fn found(variable: &dyn Fn(&str) -> Option<String>) -> Result<Self> {
        let set = set(variable);
        if let Some(host) = set("DOCKER_HOST") {
            return Self::at_with(host.parse()?, &set);
        }
        let contexts = Contexts::from_environment(variable);
        let name = contexts.current_name()?;
        if name != DEFAULT {
            let settings = contexts.get(&name)?.settings()?;
            return Ok(Self { version: version(&set)?, ..settings });
        }
        let tls = set("DOCKER_TLS_VERIFY").or_else(|| set("DOCKER_TLS")).is_some();
        let host = Host::Tcp { host: "localhost".to_owned(), port: 2376 };
        Self::at_with(if tls { host } else { Host::default_socket() }, &set)
    }

    /// Settings for an address, with what the docker CLI takes from the environment beside its `--host`: TLS for
    /// `tcp://`, and the API version.
    ///
    /// # Errors
    ///
    /// As [`from_env`](Self::from_env).
    pub fn at(host: Host) -> Result<Self> {
        Self::at_with(host, &set(&config_file::variable))
    }

    fn at_with(host: Host, set: &dyn Fn(&str) -> Option<String>) -> Result<Self> {
        let tls = if matches!(host, Host::Tcp { .. } | Host::Https { .. }) { tls(set)? } else { None };
        Ok(Self { tls, version: version(set)?, ..Self::new(host) })
    }

    /// Settings for the engine of one of docker's contexts; without a name, of the current one (docker-py:
    /// `DockerClient.from_context`).
    ///
    /// # Errors
    ///
    /// When there is no such context, or it cannot be read.
    pub fn from_context(name: Option<&str>) -> Result<Self> {
        let contexts = Contexts::from_env();
        let name = name.map_or_else(|| contexts.current_name(), |name| Ok(name.to_owned()))?;
        let settings = contexts.get(&name)?.settings()?;
        Ok(Self { version: Self::version_from_env()?, ..settings })
    }

    /// The API version that `DOCKER_API_VERSION` asks for.
    ///
    /// # Errors
    ///
    /// When it is set to what is no version.
    pub fn version_from_env() -> Result<Option<ApiVersion>> {
        version(&set(&config_file::variable))
    }
}

/// Looks up variables; one that is empty is not set.
fn set(variable: &dyn Fn(&str) -> Option<String>) -> impl Fn(&str) -> Option<String> {
    move |name| variable(name).filter(|value| !value.is_empty())
}

fn version(set: &dyn Fn(&str) -> Option<String>) -> Result<Option<ApiVersion>> {
    set("DOCKER_API_VERSION").map(|version| version.parse()).transpose()
}

fn tls(set: &dyn Fn(&str) -> Option<String>) -> Result<Option<Tls>> {
    let (verify, folder) = (set("DOCKER_TLS_VERIFY").is_some(), set("DOCKER_CERT_PATH"));
    if !verify && folder.is_none() && set("DOCKER_TLS").is_none() {
        return Ok(None);
    }
    let folder = folder.map(Into::into).or_else(|| config_file::folder(set)).ok_or_else(|| {
        Error::new(ErrorKind::TLSParameterError, "nobody says where ca.pem is; set DOCKER_CERT_PATH")
    })?;
    TlsConfig::in_folder(&folder, verify).load().map(Some)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::context::ContextParams;

    fn resolve(folder: &Path, variables: &[(&str, &str)]) -> Result<Settings> {
        let found = |name: &str| variables.iter().find(|(known, _)| *known == name);
        Settings::from_environment(|name| match name {
            "DOCKER_CONFIG" => Some(folder.to_string_lossy().into_owned()),
            _ => found(name).map(|(_, value)| (*value).to_owned()),
        })
    }

    #[test]
    fn the_nearest_source_wins() {
        let folder = tempfile::tempdir().unwrap();
        let at = |variables: &[(&str, &str)]| resolve(folder.path(), variables).unwrap().host.to_string();
        assert_eq!(at(&[]), "unix:///var/run/docker.sock");

        let contexts = Contexts::at(folder.path());
        for name in ["one", "two"] {
            contexts.create(name, &ContextParams::default().host(format!("tcp://{name}:1"))).unwrap();
        }
        contexts.set_current("one").unwrap();
        assert_eq!(at(&[]), "tcp://one:1");
        assert_eq!(at(&[("DOCKER_CONTEXT", "")]), "tcp://one:1");
        assert_eq!(at(&[("DOCKER_CONTEXT", "two")]), "tcp://two:1");
        assert_eq!(at(&[("DOCKER_CONTEXT", "default")]), "unix:///var/run/docker.sock");
        assert_eq!(at(&[("DOCKER_CONTEXT", "two"), ("DOCKER_HOST", "ssh://box")]), "ssh://box");

        let error = resolve(folder.path(), &[("DOCKER_CONTEXT", "three")]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ContextNotFound);
        let settings = resolve(folder.path(), &[("DOCKER_API_VERSION", "1.43")]).unwrap();
        assert_eq!(settings.version, Some(ApiVersion::new(1, 43)));
    }

    #[test]
    fn tls_is_asked_for_by_variables() {
        let folder = tempfile::tempdir().unwrap();
        let tcp = ("DOCKER_HOST", "tcp://box:2376");
        let cert_path = ("DOCKER_CERT_PATH", folder.path().to_str().unwrap());
        let tls = |variables: &[(&str, &str)]| resolve(folder.path(), variables).unwrap().tls.is_some();
        assert!(!tls(&[tcp, ("DOCKER_TLS_VERIFY", "")]));
        assert!(tls(&[tcp, ("DOCKER_TLS", "1")]));
        assert!(tls(&[tcp, cert_path]));
        // A socket has no use for it.
        assert!(!tls(&[("DOCKER_HOST", "unix:///x"), ("DOCKER_TLS_VERIFY", "1")]));
        let settings = resolve(folder.path(), &[("DOCKER_TLS", "1")]).unwrap();
        assert_eq!(
            (settings.host.to_string().as_str(), settings.tls.is_some()),
            ("tcp://localhost:2376", true)
        );

        // Whoever is to be checked needs a CA.
        let error = resolve(folder.path(), &[tcp, ("DOCKER_TLS_VERIFY", "1")]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TLSParameterError);
        assert!(error.to_string().contains("ca.pem"), "{error}");
        // Half of a certificate is none.
        std::fs::write(folder.path().join("cert.pem"), "").unwrap();
        let error = resolve(folder.path(), &[tcp, cert_path]).unwrap_err().to_string();
        assert!(error.contains("cert.pem: holds no certificate"), "{error}");
    }
}
