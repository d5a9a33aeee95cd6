//! Addresses of engines, as `DOCKER_HOST` and docker-py's `base_url` write them.
//!
//! ```
//! use moondock_engine::{ErrorKind, Host};
//!
//! assert_eq!("unix:///run/docker.sock".parse::<Host>()?, Host::Unix("/run/docker.sock".into()));
//! assert_eq!("tcp://[::1]:2375".parse::<Host>()?.to_string(), "tcp://[::1]:2375");
//! let Host::Ssh { user, host, port, .. } = "ssh://me@box:2222".parse()? else { unreachable!() };
//! assert_eq!((user.as_deref(), host.as_str(), port), (Some("me"), "box", Some(2222)));
//! assert!("ftp://box".parse::<Host>().is_err_and(|error| error.kind() == ErrorKind::InvalidArgument));
//! # Ok::<_, moondock_engine::Error>(())
//! ```

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::error::{Error, ErrorKind};

/// Where a Docker Engine listens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Host {
    /// A unix socket.
    Unix(PathBuf),
    /// A host and port; without encryption, unless there are settings for TLS.
    Tcp {
        /// The host's name or address; IPv6 without brackets.
        host: String,
        /// The port.
        port: u16,
    },
    /// A host and port with TLS, whatever else is set.
    Https {
        /// The host's name or address; IPv6 without brackets.
        host: String,
        /// The port.
        port: u16,
    },
    /// A machine where the `docker` program is, by way of the program `ssh`.
    Ssh {
        /// Who logs in; `None` leaves it to ssh's own configuration.
        user: Option<String>,
        /// The host's name or address, or its alias in ssh's configuration.
        host: String,
        /// The port; `None` leaves it to ssh's own configuration.
        port: Option<u16>,
        /// The engine's socket on that machine; `None` leaves it to the `docker` program there.
        socket: Option<String>,
    },
    /// A named pipe of Windows, for example `\\\\.\\pipe\\docker_engine`.
    #[cfg(windows)]
    Npipe(String),
}

impl Host {
    /// The place where an engine listens unless it is told otherwise.
    ///
    /// An engine without root's rights listens elsewhere. As with the docker CLI, it is found by the context that its
    /// installer makes, never by a guess.
    pub fn default_socket() -> Self {
        #[cfg(windows)]
        return Self::Npipe(r"\\.\pipe\docker_engine".to_owned());
        #[cfg(not(windows))]
        Self::Unix(PathBuf::from("/var/run/docker.sock"))
    }

    /// The `host[:port]` for a URL and the `Host` header.
    pub(crate) fn authority(&self) -> String {
        match self {
            Self::Tcp { host, port } | Self::Https { host, port } => format!("{}:{port}", bracketed(host)),
            _ => "docker".to_owned(),
        }
    }
}

fn bracketed(host: &str) -> String {
    if host.contains(':') { format!("[{host}]") } else { host.to_owned() }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix://{}", path.display()),
            Self::Tcp { .. } => write!(f, "tcp://{}", self.authority()),
            Self::Https { .. } => write!(f, "https://{}", self.authority()),
            Self::Ssh { user, host, port, socket } => {
                f.write_str("ssh://")?;
                user.iter().try_for_each(|user| write!(f, "{user}@"))?;
                f.write_str(&bracketed(host))?;
                port.iter().try_for_each(|port| write!(f, ":{port}"))?;
                f.write_str(socket.as_deref().unwrap_or_default())
            }
            #[cfg(windows)]
            Self::Npipe(path) => write!(f, "npipe://{}", path.replace('\\', "/")),
        }
    }
}

impl FromStr for Host {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        if text.is_empty() || text == "unix://" {
            return Ok(Self::default_socket());
        }
        let (scheme, rest) = text.split_once("://").unwrap_or(("tcp", text));
        match scheme {
            "unix" | "http+unix" => {
                // `unix://run/x.sock` has always meant the same as `unix:///run/x.sock`.
                let path = if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") };
                Ok(Self::Unix(PathBuf::from(path.trim_end_matches('/'))))
            }
            "tcp" | "http" => tcp(text, rest).map(|(host, port)| Self::Tcp { host, port }),
            "https" => tcp(text, rest).map(|(host, port)| Self::Https { host, port }),
            "ssh" => ssh(text, rest),
            #[cfg(windows)]
            "npipe" => Ok(Self::Npipe(rest.replace('/', "\\"))),
            #[cfg(not(windows))]
            "npipe" => Err(invalid(text, "only Windows has named pipes; use unix://, tcp:// or ssh://")),
            "fd" => Err(invalid(text, "fd:// is for an engine's own options; use unix://, tcp:// or ssh://")),
            _ => Err(invalid(
                text,
                "it starts with none of unix://, tcp://, http://, https://, ssh://, npipe://",
            )),
        }
    }
}

fn tcp(text: &str, rest: &str) -> Result<(String, u16), Error> {
    let rest = rest.trim_end_matches('/');
    if rest.contains(['/', '?', '#', '@']) {
        return Err(invalid(text, "a path, a query or a user has no place in it; write tcp://HOST:PORT"));
    }
    let (host, port) = name_and_port(text, rest)?;
    let port = port.ok_or_else(|| invalid(text, "the port is missing; write tcp://HOST:PORT"))?;
    Ok((if host.is_empty() { "127.0.0.1".to_owned() } else { host.to_owned() }, port))
}

fn ssh(text: &str, rest: &str) -> Result<Host, Error> {
    if rest.contains(['?', '#']) {
        return Err(invalid(text, "a query has no place in it; write ssh://[USER@]HOST[:PORT][/SOCKET]"));
    }
    let (machine, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (user, machine) = match machine.rsplit_once('@') {
        Some((user, machine)) => (Some(user), machine),
        None => (None, machine),
    };
    if user.is_some_and(|user| user.contains(':')) {
        // Not repeated, for it may end up in a log.
        return Err(invalid("ssh://", "a password has no place in it; use a key or an agent"));
    }
    let (host, port) = name_and_port(text, machine)?;
    for (what, word) in [("host", Some(host)), ("user", user)] {
        let Some(word) = word else { continue };
        if word.is_empty() {
            return Err(invalid(text, &format!("the {what} is missing; write ssh://[USER@]HOST[:PORT]")));
        }
        // ssh would take it for an option, or hand it to a shell.
        if word.starts_with('-') || word.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(invalid(text, &format!("`{word}` is no name of a {what}")));
        }
    }
    let path = path.trim_end_matches('/');
    Ok(Host::Ssh {
        user: user.map(str::to_owned),
        host: host.to_owned(),
        port,
        socket: (!path.is_empty()).then(|| path.to_owned()),
    })
}

/// Takes `HOST[:PORT]` apart.
fn name_and_port<'a>(text: &str, rest: &'a str) -> Result<(&'a str, Option<u16>), Error> {
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (rest, None),
    };
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    if bare.is_none() && host.contains(':') {
        return Err(invalid(text, "an IPv6 address goes in brackets, for example tcp://[::1]:2375"));
    }
    let Some(port) = port else { return Ok((bare.unwrap_or(host), None)) };
    match port.parse() {
        Ok(0) | Err(_) => {
            Err(invalid(text, &format!("`{port}` is no port; one is a number from 1 to 65535")))
        }
        Ok(port) => Ok((bare.unwrap_or(host), Some(port))),
    }
}

fn invalid(text: &str, why: &str) -> Error {
    Error::new(ErrorKind::InvalidArgument, format!("`{text}` is no address of an engine: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_that_docker_py_reads() {
        for (text, expected) in [
            ("", "unix:///var/run/docker.sock"),
            ("unix://", "unix:///var/run/docker.sock"),
            ("unix:///run/x.sock", "unix:///run/x.sock"),
            ("unix://run/x.sock", "unix:///run/x.sock"),
            ("http+unix:///run/x.sock", "unix:///run/x.sock"),
            ("tcp://localhost:2375", "tcp://localhost:2375"),
            ("http://10.0.0.1:1/", "tcp://10.0.0.1:1"),
            ("tcp://[::1]:2375", "tcp://[::1]:2375"),
            ("tcp://:2375", "tcp://127.0.0.1:2375"),
            ("localhost:2375", "tcp://localhost:2375"),
            ("https://engine.example:2376", "https://engine.example:2376"),
            ("ssh://box", "ssh://box"),
            ("ssh://box/", "ssh://box"),
            ("ssh://me@box:2222", "ssh://me@box:2222"),
            ("ssh://me@[::1]:22/run/user/1/docker.sock", "ssh://me@[::1]:22/run/user/1/docker.sock"),
        ] {
            assert_eq!(text.parse::<Host>().unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, words) in [
            ("tcp://localhost", "port is missing"),
            ("tcp://localhost:99999", "no port"),
            ("tcp://::1:2375", "brackets"),
            ("tcp://host:1/path", "no place"),
            ("gopher://x:1", "starts with none"),
            ("https://host", "port is missing"),
            ("npipe:////./pipe/docker_engine", "Windows"),
            ("fd://", "own options"),
            ("ssh://", "host is missing"),
            ("ssh://@host", "user is missing"),
            ("ssh://host:0", "no port"),
            ("ssh://host?x", "query"),
            ("ssh://-oProxyCommand=x", "no name of a host"),
            ("ssh://-l@host", "no name of a user"),
            ("ssh://a b", "no name of a host"),
            ("ssh://me:secret@host", "password"),
        ] {
            let error = text.parse::<Host>().unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
