//! Addresses of engines, as `DOCKER_HOST` and docker-py's `base_url` write them.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::error::{Error, ErrorKind};

/// Where a Docker Engine listens.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Host {
    /// A unix socket.
    Unix(PathBuf),
    /// A host and port without encryption.
    Tcp {
        /// The host's name or address; IPv6 without brackets.
        host: String,
        /// The port.
        port: u16,
    },
}

impl Host {
    /// The socket where an engine listens unless it is told otherwise.
    pub fn default_socket() -> Self {
        Self::Unix(PathBuf::from("/var/run/docker.sock"))
    }

    /// The `host[:port]` for a URL and the `Host` header.
    pub(crate) fn authority(&self) -> String {
        match self {
            Self::Unix(_) => "docker".to_owned(),
            Self::Tcp { host, port } if host.contains(':') => format!("[{host}]:{port}"),
            Self::Tcp { host, port } => format!("{host}:{port}"),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix://{}", path.display()),
            Self::Tcp { .. } => write!(f, "tcp://{}", self.authority()),
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
            "tcp" | "http" => tcp(text, rest),
            "https" | "ssh" | "npipe" | "fd" => Err(invalid(
                text,
                &format!("this build does not reach engines over {scheme}; use unix:// or tcp://"),
            )),
            _ => Err(invalid(text, "it starts with none of unix://, tcp://, http://")),
        }
    }
}

fn tcp(text: &str, rest: &str) -> Result<Host, Error> {
    let rest = rest.trim_end_matches('/');
    if rest.contains(['/', '?', '#', '@']) {
        return Err(invalid(text, "a path, a query or a user has no place in it; write tcp://HOST:PORT"));
    }
    let (host, port) =
        rest.rsplit_once(':').ok_or_else(|| invalid(text, "the port is missing; write tcp://HOST:PORT"))?;
    let port = port
        .parse()
        .ok()
        .filter(|port| *port != 0)
        .ok_or_else(|| invalid(text, &format!("`{port}` is no port; one is a number from 1 to 65535")))?;
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    if bare.is_none() && host.contains(':') {
        return Err(invalid(text, "an IPv6 address goes in brackets: tcp://[::1]:2375"));
    }
    let host = bare.unwrap_or(host);
    Ok(Host::Tcp { host: if host.is_empty() { "127.0.0.1".to_owned() } else { host.to_owned() }, port })
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
            ("ssh://host", "ssh"),
        ] {
            let error = text.parse::<Host>().unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
