//! Settings for TLS, and what is made from their files.

mod files;
mod verify;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio_rustls::rustls::crypto::CryptoProvider;
use tokio_rustls::rustls::{ClientConfig, crypto::ring};

use crate::error::{Error, ErrorKind, Result};
use crate::params::{Kind, ParamType};
use crate::types::{Part, PartType};

crate::params! {
    /// How to speak TLS with an engine (docker-py: `docker.tls.TLSConfig`). The files are PEM.
    ///
    /// Unlike docker-py's, it checks the engine's certificate unless it is told not to.
    ///
    /// ```
    /// use moondock_engine::{ErrorKind, Settings, TlsConfig};
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # let made = rcgen::generate_simple_self_signed(["engine.example".to_owned()])?;
    /// # let file = |name: &str, text: String| -> std::io::Result<String> {
    /// #     let path = folder.path().join(name);
    /// #     std::fs::write(&path, text)?;
    /// #     Ok(path.display().to_string())
    /// # };
    /// # let (ca, cert) = (file("ca.pem", made.cert.pem())?, file("cert.pem", made.cert.pem())?);
    /// # let key = file("key.pem", made.signing_key.serialize_pem())?;
    /// let tls = TlsConfig::default().ca_cert(ca).client_cert((cert, key)).load()?;
    /// let settings = Settings { tls: Some(tls), ..Settings::new("tcp://engine.example:2376".parse()?) };
    ///
    /// let error = TlsConfig::default().ca_cert("missing.pem").load().unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::TLSParameterError);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[derive(Serialize)]
    pub struct TlsConfig {
        /// The paths of the certificate that this side shows, and of its key (PKCS#8, PKCS#1 or SEC1, not encrypted).
        client_cert: Option<ClientCert>,
        /// The path of the CA certificates that the engine's certificate must come from; without it, those of the
        /// system.
        ca_cert: Option<String>,
        /// Whether to check the engine's certificate, or the path of the CA certificates to check it against.
        verify: Option<Verify>,
        /// Whether the engine's certificate must be for the name that it is reached by.
        assert_hostname: bool = true,
    }
}

/// The paths of a client's certificate and of its key.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct ClientCert(String, String);

impl<C: Into<String>, K: Into<String>> From<(C, K)> for ClientCert {
    fn from((cert, key): (C, K)) -> Self {
        Self(cert.into(), key.into())
    }
}

impl ParamType for ClientCert {
    const KIND: Kind = Kind::List(&Kind::Str);
}

/// How to check an engine's certificate.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Verify {
    /// Whether to check it at all.
    Switch(bool),
    /// The path of the CA certificates to check it against.
    Against(String),
}

impl From<bool> for Verify {
    fn from(on: bool) -> Self {
        Self::Switch(on)
    }
}

impl From<&str> for Verify {
    fn from(path: &str) -> Self {
        Self::Against(path.to_owned())
    }
}

impl From<String> for Verify {
    fn from(path: String) -> Self {
        Self::Against(path)
    }
}

impl ParamType for Verify {
    const KIND: Kind = Kind::Union(&[Kind::Bool, Kind::Str]);
}

impl ParamType for TlsConfig {
    const KIND: Kind = Kind::Map(&Kind::Any);
}

impl PartType for TlsConfig {
    const NAME: &'static str = "TLSConfig";

    /// Its own names: no engine knows any.
    fn to_wire(&self) -> Result<Value> {
        serde_json::to_value(self).map_err(|error| unfit(error.to_string()))
    }

    fn is_wire(_key: &str) -> bool {
        false
    }
}

impl From<Part<TlsConfig>> for TlsConfig {
    fn from(part: Part<Self>) -> Self {
        match part {
            Part::Named(config) => config,
            // Only an empty map can be in the words of an engine, which has none for TLS.
            Part::Raw(_) => Self::default(),
        }
    }
}

impl TlsConfig {
    /// The use of `ca.pem`, `cert.pem` and `key.pem` in a folder, docker's names for them. This side need not have a
    /// certificate; if it has half of one, [`load`](Self::load) fails.
    pub fn in_folder(folder: &Path, verify: bool) -> Self {
        let path = |name| folder.join(name).to_string_lossy().into_owned();
        let (cert, key) = (path("cert.pem"), path("key.pem"));
        let shows = Path::new(&cert).exists() || Path::new(&key).exists();
        let config = Self::default().verify(verify).ca_cert(path("ca.pem"));
        if shows { config.client_cert((cert, key)) } else { config }
    }

    /// Reads the files.
    ///
    /// # Errors
    ///
    /// [`TLSParameterError`](ErrorKind::TLSParameterError) when one cannot be read or is not what it should be, or a
    /// key does not belong to its certificate.
    pub fn load(&self) -> Result<Tls> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| unfit(error.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(self.verifier(&provider)?);
        let config = match &self.client_cert {
            None => builder.with_no_client_auth(),
            Some(ClientCert(cert, key)) => builder
                .with_client_auth_cert(files::certificates(cert)?, files::key(key)?)
                .map_err(|error| unfit(format!("the key {key} and the certificate {cert}: {error}")))?,
        };
        Ok(Tls { config: Arc::new(config) })
    }

    /// The paths of the CA certificates, of this side's certificate and of its key.
    pub(crate) fn files(&self) -> [Option<&str>; 3] {
        let (cert, key) = self.client_cert.as_ref().map(|ClientCert(cert, key)| (&**cert, &**key)).unzip();
        [self.ca(), cert, key]
    }

    fn ca(&self) -> Option<&str> {
        match &self.verify {
            Some(Verify::Against(path)) => Some(path),
            _ => self.ca_cert.as_deref(),
        }
    }

    fn verifier(&self, provider: &Arc<CryptoProvider>) -> Result<verify::Verifier> {
        if self.verify == Some(Verify::Switch(false)) {
            return Ok(verify::anyone(provider));
        }
        let roots = match self.ca() {
            Some(path) => files::roots(path)?,
            None => files::system_roots()?,
        };
        if self.assert_hostname {
            verify::chain_and_name(roots, provider)
        } else {
            Ok(verify::chain(roots, provider))
        }
    }
}

/// Settings for TLS whose files have been read. Clones share them.
#[derive(Clone)]
pub struct Tls {
    pub(crate) config: Arc<ClientConfig>,
}

impl PartialEq for Tls {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.config, &other.config)
    }
}

impl Eq for Tls {}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}

fn unfit(words: impl Into<String>) -> Error {
    Error::new(ErrorKind::TLSParameterError, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> String {
        format!("{}/src/tls/test_files/{name}", env!("CARGO_MANIFEST_DIR"))
    }

    fn pair(cert: &str, key: &str) -> TlsConfig {
        TlsConfig::default().verify(false).client_cert((file(cert), file(key)))
    }

    #[test]
    fn reads_every_form_of_key() {
        for (cert, key) in
            [("rsa.pem", "rsa-pkcs1.pem"), ("rsa.pem", "rsa-pkcs8.pem"), ("ec.pem", "ec-sec1.pem")]
        {
            pair(cert, key).load().unwrap_or_else(|error| panic!("{key}: {error}"));
        }
    }

    #[test]
    fn says_which_file_does_not_fit() {
        let nowhere = "/nowhere/ca.pem";
        for (config, words) in [
            (pair("rsa.pem", "ec-sec1.pem"), "ec-sec1.pem and the certificate"),
            (pair("rsa.pem", "none.pem"), "none.pem: "),
            (pair("rsa.pem", "rsa.pem"), "rsa.pem: holds no private key"),
            (pair("ec-sec1.pem", "ec-sec1.pem"), "ec-sec1.pem: holds no certificate"),
            (pair("rsa.pem", "encrypted.pem"), "encrypted.pem: the key is encrypted"),
            (TlsConfig::default().ca_cert(nowhere), "/nowhere/ca.pem: "),
            (TlsConfig::default().verify(nowhere), "/nowhere/ca.pem: "),
            (TlsConfig::default().ca_cert(file("ec-sec1.pem")), "ec-sec1.pem: holds no certificate"),
        ] {
            let error = config.load().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::TLSParameterError, "{error}");
            assert!(error.to_string().contains(words), "{error}");
        }
        // What is not checked needs no CA.
        TlsConfig::default().ca_cert(nowhere).verify(false).load().unwrap();
    }

    #[test]
    fn reads_docker_pys_arguments() {
        let text = r#"{"client_cert": ["a", "b"], "ca_cert": "c", "verify": "d"}"#;
        let config: TlsConfig = serde_json::from_str(text).unwrap();
        assert_eq!(config.client_cert, Some(("a", "b").into()));
        assert_eq!(config.verify, Some("d".into()));
        assert!(config.assert_hostname);
        let config: TlsConfig = serde_json::from_str(r#"{"verify": false}"#).unwrap();
        assert_eq!(config.verify, Some(false.into()));
        assert!(serde_json::from_str::<TlsConfig>(r#"{"client_cert": ["a"]}"#).is_err());
    }
}
