//! Certificates and keys from PEM files.

use std::path::Path;

use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::unfit;
use crate::error::{Error, Result};

fn invalid(path: &str, why: impl std::fmt::Display) -> Error {
    unfit(format!("{path}: {why}"))
}

fn read(path: &str) -> Result<Vec<u8>> {
    std::fs::read(Path::new(path)).map_err(|error| invalid(path, error))
}

/// The certificates in a file, at least one.
pub(super) fn certificates(path: &str) -> Result<Vec<CertificateDer<'static>>> {
    let text = read(path)?;
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let all = all.map_err(|error| invalid(path, error))?;
    if all.is_empty() { Err(invalid(path, "holds no certificate in PEM")) } else { Ok(all) }
}

/// The first private key in a file.
pub(super) fn key(path: &str) -> Result<PrivateKeyDer<'static>> {
    let text = read(path)?;
    PrivateKeyDer::from_pem_slice(&text).map_err(|error| match error {
        pem::Error::NoItemsFound if contains(&text, b"ENCRYPTED PRIVATE KEY-----") => {
            invalid(path, "the key is encrypted; `openssl pkey` writes one that is not")
        }
        pem::Error::NoItemsFound => invalid(path, "holds no private key in PEM"),
        error => invalid(path, error),
    })
}

fn contains(text: &[u8], words: &[u8]) -> bool {
    text.windows(words.len()).any(|window| window == words)
}

/// The CA certificates in a file.
pub(super) fn roots(path: &str) -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates(path)? {
        roots.add(certificate).map_err(|error| invalid(path, error))?;
    }
    Ok(roots)
}

/// The CA certificates that the system trusts.
pub(super) fn system_roots() -> Result<RootCertStore> {
    let found = rustls_native_certs::load_native_certs();
    let mut roots = RootCertStore::empty();
    // Old systems carry certificates that cannot be read; the others do.
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        let why = found.errors.first().map(|error| format!(" ({error})")).unwrap_or_default();
        return Err(unfit(format!("the system has no CA certificates{why}; name some in `ca_cert`")));
    }
    Ok(roots)
}
