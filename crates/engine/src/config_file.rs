//! docker's configuration file, `config.json`: the one place that reads it.

use std::path::{Path, PathBuf};

use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind, Result};
use crate::host::Host;

/// The file's name.
pub(crate) const NAME: &str = "config.json";

/// The names of proxies in the file and the variables that they set.
const PROXIES: [(&str, &str); 4] = [
    ("httpProxy", "http_proxy"),
    ("httpsProxy", "https_proxy"),
    ("ftpProxy", "ftp_proxy"),
    ("noProxy", "no_proxy"),
];

/// What the file says. It may hold passwords, so it has no `Debug`.
#[derive(Default)]
pub(crate) struct ConfigFile {
    pub(crate) path: PathBuf,
    pub(crate) content: Map<String, Value>,
}

impl ConfigFile {
    /// Reads `config.json` in the folder given, else in `DOCKER_CONFIG`, else in `~/.docker`; without that one, the
    /// older `~/.dockercfg`. A file that is not there says nothing.
    ///
    /// # Errors
    ///
    /// When the file is there but cannot be read.
    pub(crate) fn of(folder: Option<&Path>) -> Result<Self> {
        let places = places(folder.map(Path::to_owned).or_else(|| named(&variable)), std::env::home_dir());
        match places.iter().find(|path| path.exists()) {
            Some(path) => Self::at(path),
            None => Ok(Self::default()),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// When it is not there or cannot be read.
    pub(crate) fn at(path: &Path) -> Result<Self> {
        let mut file = Self { path: path.to_owned(), content: Map::new() };
        let text = std::fs::read(path).map_err(|error| file.invalid(error))?;
        file.content = match serde_json::from_slice(&text) {
            Ok(Value::Object(content)) => content,
            Err(_) if text.trim_ascii().is_empty() => Map::new(),
            Ok(_) => return Err(file.invalid("it holds no map")),
            Err(error) => crate::auth::legacy(&text).ok_or_else(|| file.invalid(error))?,
        };
        Ok(file)
    }

    /// The error of something in the file that is wrong.
    pub(crate) fn invalid(&self, why: impl std::fmt::Display) -> Error {
        Error::new(ErrorKind::InvalidConfigFile, format!("{}: {why}", self.path.display()))
    }

    /// The map under a name; nothing where there is none.
    ///
    /// # Errors
    ///
    /// When something else is there.
    pub(crate) fn map(&self, name: &str) -> Result<Option<&Map<String, Value>>> {
        match self.content.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Object(map)) => Ok(Some(map)),
            Some(_) => Err(self.invalid(format!("`{name}` is no map"))),
        }
    }

    /// The text under a name; nothing where there is none.
    ///
    /// # Errors
    ///
    /// When something else is there.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>> {
        match self.content.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text).filter(|text| !text.is_empty()).map(String::as_str)),
            Some(_) => Err(self.invalid(format!("`{name}` is no text"))),
        }
    }

    /// The variables for the proxies of an engine's containers, lower case and upper case, with their values.
    ///
    /// # Errors
    ///
    /// When `proxies` is no map.
    pub(crate) fn proxies(&self, host: &Host) -> Result<Vec<(String, String)>> {
        let all = self.map("proxies")?;
        let proxies = all.and_then(|all| all.get(&host.to_string()).or_else(|| all.get("default")));
        let named = PROXIES.iter().filter_map(|(key, variable)| {
            let value = proxies?.get(key)?.as_str()?;
            Some([(*variable).to_owned(), variable.to_uppercase()].map(|name| (name, value.to_owned())))
        });
        Ok(named.flatten().collect())
    }

    /// The headers that go with every request.
    ///
    /// # Errors
    ///
    /// When one cannot be a header.
    pub(crate) fn http_headers(&self) -> Result<HeaderMap> {
        let headers = self.map("HttpHeaders")?.into_iter().flatten();
        headers
            .map(|(name, value)| {
                let value = value.as_str().and_then(|value| HeaderValue::from_str(value).ok());
                let header = HeaderName::try_from(name).ok().zip(value);
                header.ok_or_else(|| self.invalid(format!("`HttpHeaders` has no valid `{name}`")))
            })
            .collect()
    }

    /// The keys that detach from a container, such as `ctrl-p,ctrl-q`.
    ///
    /// # Errors
    ///
    /// When they are no text.
    pub(crate) fn detach_keys(&self) -> Result<Option<&str>> {
        self.text("detachKeys")
    }
}

/// A variable of this process.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The folder that `DOCKER_CONFIG` names.
pub(crate) fn named(variable: &dyn Fn(&str) -> Option<String>) -> Option<PathBuf> {
    variable("DOCKER_CONFIG").filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

/// The folder with docker's configuration.
pub(crate) fn folder(variable: &dyn Fn(&str) -> Option<String>) -> Option<PathBuf> {
    named(variable).or_else(|| Some(std::env::home_dir()?.join(".docker")))
}

/// Where the file may be, best place first.
fn places(folder: Option<PathBuf>, home: Option<PathBuf>) -> Vec<PathBuf> {
    match (folder, home) {
        (Some(folder), _) => vec![folder.join(NAME)],
        (None, Some(home)) => vec![home.join(".docker").join(NAME), home.join(".dockercfg")],
        (None, None) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ConfigFile> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config.json"), text).unwrap();
        ConfigFile::of(Some(folder.path()))
    }

    #[test]
    fn a_folder_that_is_named_is_the_only_place() {
        let (folder, home) = (Some(PathBuf::from("/a")), Some(PathBuf::from("/h")));
        assert_eq!(places(folder, home.clone()), [PathBuf::from("/a/config.json")]);
        assert_eq!(
            places(None, home),
            [PathBuf::from("/h/.docker/config.json"), PathBuf::from("/h/.dockercfg")]
        );
        let nowhere = ConfigFile::of(Some(Path::new("/nowhere"))).unwrap();
        assert!(nowhere.content.is_empty());
        assert!(read("\n").unwrap().content.is_empty());
    }

    #[test]
    fn the_proxies_of_an_engine_go_before_those_of_all() {
        let file = read(
            r#"{"proxies": {"default": {"httpProxy": "a", "noProxy": "b"}, "tcp://h:1": {"httpsProxy": "c"}}}"#,
        )
        .unwrap();
        let names = |host: &str| {
            let proxies = file.proxies(&host.parse().unwrap()).unwrap();
            proxies.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>()
        };
        assert_eq!(names("unix:///x"), ["http_proxy=a", "HTTP_PROXY=a", "no_proxy=b", "NO_PROXY=b"]);
        assert_eq!(names("tcp://h:1"), ["https_proxy=c", "HTTPS_PROXY=c"]);
    }

    #[test]
    fn errors_name_the_file_and_what_is_wrong() {
        for (text, words) in [
            ("{", "EOF while parsing"),
            ("[]", "no map"),
            (r#"{"detachKeys": 1}"#, "`detachKeys` is no text"),
            (r#"{"proxies": []}"#, "`proxies` is no map"),
            (r#"{"HttpHeaders": {"a b": "c"}}"#, "`HttpHeaders` has no valid `a b`"),
            (r#"{"HttpHeaders": {"A": 1}}"#, "`HttpHeaders` has no valid `A`"),
        ] {
            let error = read(text)
                .and_then(|file| {
                    file.detach_keys()?;
                    file.proxies(&Host::default_socket())?;
                    file.http_headers()
                })
                .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidConfigFile, "{text}");
            let message = error.to_string();
            assert!(message.contains("config.json: ") && message.contains(words), "{message}");
        }
    }
}
