//! docker's configuration file, `config.json`.

use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind, Result};

/// The names of proxies in the file and the variables that they set.
const PROXIES: [(&str, &str); 4] = [
    ("httpProxy", "http_proxy"),
    ("httpsProxy", "https_proxy"),
    ("ftpProxy", "ftp_proxy"),
    ("noProxy", "no_proxy"),
];

/// The variables for the proxies that the file names, upper case and lower case, with their values.
///
/// # Errors
///
/// When the file is there but cannot be read.
pub(crate) fn proxies() -> Result<Vec<(String, String)>> {
    let config = read()?;
    let proxies = config.get("proxies").and_then(|proxies| proxies.get("default"));
    let named = PROXIES.iter().filter_map(|(key, variable)| {
        let value = proxies?.get(key)?.as_str()?;
        Some([(*variable).to_owned(), variable.to_uppercase()].map(|name| (name, value.to_owned())))
    });
    Ok(named.flatten().collect())
}

/// Puts the proxies before an environment, whose own values win.
pub(crate) fn with_proxies(environment: Vec<String>) -> Result<Vec<String>> {
    let proxies = proxies()?.into_iter().map(|(name, value)| format!("{name}={value}"));
    Ok(proxies.chain(environment).collect())
}

fn path() -> Option<PathBuf> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = set("DOCKER_CONFIG").or_else(|| Some(set("HOME")?.join(".docker")))?;
    Some(folder.join("config.json"))
}

fn read() -> Result<Map<String, Value>> {
    let Some(path) = path() else { return Ok(Map::new()) };
    let invalid = |why: &dyn std::fmt::Display| {
        Error::new(ErrorKind::InvalidConfigFile, format!("{}: {why}", path.display()))
    };
    match std::fs::read(&path) {
        Ok(text) => serde_json::from_slice(&text).map_err(|error| invalid(&error)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Map::new()),
        Err(error) => Err(invalid(&error)),
    }
}
