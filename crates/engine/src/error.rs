//! What can go wrong, with docker-py's hierarchy of kinds.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::ErrorKind;
//!
//! let error = client.images().get("nobody/nothing:1").await.unwrap_err();
//! assert_eq!(error.kind(), ErrorKind::ImageNotFound);
//! assert!(error.kind().is_a("NotFound") && error.kind().is_a("APIError"));
//! assert_eq!(error.status_code(), Some(404));
//! assert!(error.explanation().is_some_and(|words| words.contains("No such image")));
//! assert_eq!(error.request(), Some("GET /images/nobody/nothing:1/json"));
//! # });
//! ```

use std::fmt;
use std::time::Duration;

/// A result with the engine client's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident < $parent:tt;)+) => {
        /// The kind of an [`Error`], named as in docker-py's `docker.errors`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind { $($(#[doc = $doc])+ $name,)+ }

        impl ErrorKind {
            /// Every kind, parents before their children.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The kind's name, for example `NotFound`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            /// The kind that this one is a special case of.
            pub const fn parent(self) -> Option<Self> {
                match self { $(Self::$name => kinds!(@parent $parent),)+ }
            }

            /// The kind's documentation.
            pub const fn doc(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc, "\n"),+).trim_ascii(),)+ }
            }
        }
    };
    (@parent _) => { None };
    (@parent $parent:ident) => { Some(Self::$parent) };
}

kinds! {
    /// Anything that went wrong.
    DockerException < _;
    /// The engine answered with an error status.
    APIError < DockerException;
    /// The engine does not have what was asked for (status 404).
    NotFound < APIError;
    /// The engine does not have the image.
    ImageNotFound < NotFound;
    /// An option or a call that the engine's API version does not know.
    InvalidVersion < DockerException;
    /// A repository name that cannot be one.
    InvalidRepository < DockerException;
    /// A configuration file that cannot be read.
    InvalidConfigFile < DockerException;
    /// An argument with a wrong type or value.
    InvalidArgument < DockerException;
    /// TLS settings that do not fit together.
    TLSParameterError < DockerException;
    /// An empty id or name where one is needed.
    NullResource < DockerException;
    /// A container's command ended with a non-zero exit code.
    ContainerError < DockerException;
    /// A stream that the engine cut short or that holds no valid data.
    StreamParseError < DockerException;
    /// A build that failed.
    BuildError < DockerException;
    /// An image archive that the engine could not load.
    ImageLoadError < DockerException;
    /// The engine is out of reach, or the connection broke.
    ConnectionError < DockerException;
    /// A deadline ran out.
    Timeout < ConnectionError;
    /// Something that cannot be done with one of docker's contexts.
    ContextException < DockerException;
    /// A context with this name is there already.
    ContextAlreadyExists < DockerException;
    /// There is no context with this name.
    ContextNotFound < DockerException;
    /// A file or folder of this machine that cannot be read or written.
    IOError < DockerException;
    /// The work was cancelled.
    Cancelled < DockerException;
}

impl ErrorKind {
    /// Whether this kind is the named one or a special case of it.
    pub fn is_a(self, name: &str) -> bool {
        std::iter::successors(Some(self), |kind| kind.parent()).any(|kind| kind.name() == name)
    }
}

/// What went wrong while talking to a Docker Engine.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{0}")]
pub struct Error(Box<Details>);

#[derive(Clone, Debug)]
struct Details {
    kind: ErrorKind,
    message: String,
    status: Option<u16>,
    explanation: Option<String>,
    request: Option<String>,
    exit_status: Option<i64>,
    stderr: Option<Vec<u8>>,
    log: Vec<serde_json::Value>,
    container: Option<Box<crate::models::Container>>,
    command: Option<String>,
    image: Option<String>,
}

impl fmt::Display for Details {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.request {
            Some(request) => write!(f, "{request}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl Error {
    /// Makes an error of a kind with a message.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            message: message.into(),
            status: None,
            explanation: None,
            request: None,
            exit_status: None,
            stderr: None,
            log: Vec::new(),
            container: None,
            command: None,
            image: None,
        }))
    }

    /// Makes an error from the engine's answer: its status and its words.
    pub(crate) fn from_status(status: http::StatusCode, body: &[u8]) -> Self {
        let explanation = explanation(body);
        let kind = match status.as_u16() {
            404 if names_an_image(&explanation) => ErrorKind::ImageNotFound,
            404 => ErrorKind::NotFound,
            _ => ErrorKind::APIError,
        };
        let reason = status.canonical_reason().unwrap_or("unknown status");
        let message = if explanation.is_empty() {
            format!("{} {reason}", status.as_u16())
        } else {
            format!("{} {reason}: {explanation}", status.as_u16())
        };
        let mut error = Self::new(kind, message);
        error.0.status = Some(status.as_u16());
        error.0.explanation = Some(explanation);
        error
    }

    /// Gives words to an answer that came without any, as one to HEAD does.
    pub(crate) fn or_explained(mut self, words: &str) -> Self {
        if self.0.explanation.as_deref() == Some("") {
            self.0.message = format!("{}: {words}", self.0.message);
            self.0.explanation = Some(words.to_owned());
        }
        self
    }

    /// Makes the error of a container whose command failed, with what it wrote to stderr.
    pub(crate) fn container_failed(
        container: crate::models::Container,
        command: &str,
        image: &str,
        exit_status: i64,
        stderr: Vec<u8>,
    ) -> Self {
        let name = container.short_id();
        let mut message = format!(
            "command '{command}' in image '{image}' (container {name}) ended with exit code {exit_status}"
        );
        let words = String::from_utf8_lossy(&stderr);
        if !words.trim().is_empty() {
            message.push_str(": ");
            message.push_str(words.trim_end());
        }
        let mut error = Self::new(ErrorKind::ContainerError, message);
        error.0.exit_status = Some(exit_status);
        error.0.stderr = Some(stderr);
        error.0.container = Some(Box::new(container));
        error.0.command = Some(command.to_owned());
        error.0.image = Some(image.to_owned());
        error
    }

    /// Makes the error of a deadline that ran out while waiting for something.
    pub(crate) fn timeout(waited_for: &str, limit: Duration) -> Self {
        Self::new(
            ErrorKind::Timeout,
            format!("no {waited_for} within {} s; a longer `timeout` allows more", limit.as_secs_f64()),
        )
    }

    /// Makes the error of a file or folder, naming it.
    pub(crate) fn file(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::new(ErrorKind::IOError, format!("{}: {error}", path.display()))
    }

    pub(crate) fn with_request(mut self, request: &impl fmt::Display) -> Self {
        // A wrong argument never becomes a request.
        if self.0.kind != ErrorKind::InvalidArgument {
            self.0.request.get_or_insert_with(|| request.to_string());
        }
        self
    }

    /// Says which argument is wrong.
    pub(crate) fn in_argument(mut self, name: &str) -> Self {
        self.0.message = format!("`{name}`: {}", self.0.message);
        self
    }

    pub(crate) fn with_log(mut self, log: Vec<serde_json::Value>) -> Self {
        self.0.log = log;
        self
    }

    /// The error's kind.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The HTTP status of the engine's answer, if it answered.
    pub fn status_code(&self) -> Option<u16> {
        self.0.status
    }

    /// The engine's own words (docker-py: `APIError.explanation`).
    pub fn explanation(&self) -> Option<&str> {
        self.0.explanation.as_deref()
    }

    /// Method and path of the request that failed.
    pub fn request(&self) -> Option<&str> {
        self.0.request.as_deref()
    }

    /// The exit code of the command (docker-py: `ContainerError.exit_status`).
    pub fn exit_status(&self) -> Option<i64> {
        self.0.exit_status
    }

    /// What the failed command wrote to stderr (docker-py: `ContainerError.stderr`).
    pub fn stderr(&self) -> Option<&[u8]> {
        self.0.stderr.as_deref()
    }

    /// The container whose command failed (docker-py: `ContainerError.container`).
    pub fn container(&self) -> Option<&crate::models::Container> {
        self.0.container.as_deref()
    }

    /// The command that failed, as a line (docker-py: `ContainerError.command`).
    pub fn command(&self) -> Option<&str> {
        self.0.command.as_deref()
    }

    /// The image in which the command failed, as it was named (docker-py: `ContainerError.image`).
    pub fn image(&self) -> Option<&str> {
        self.0.image.as_deref()
    }

    /// The progress records before the failure (docker-py: `BuildError.build_log`).
    pub fn log(&self) -> &[serde_json::Value] {
        &self.0.log
    }

    /// Whether the status is 400 to 499 (docker-py: `APIError.is_client_error`).
    pub fn is_client_error(&self) -> bool {
        self.0.status.is_some_and(|status| (400..500).contains(&status))
    }

    /// Whether the status is 500 to 599 (docker-py: `APIError.is_server_error`).
    pub fn is_server_error(&self) -> bool {
        self.0.status.is_some_and(|status| (500..600).contains(&status))
    }
}

/// The `message` of a JSON error body, or the body's text.
fn explanation(body: &[u8]) -> String {
    serde_json::from_slice::<serde_json::Value>(body)
        .ok()
        .and_then(|json| json.get("message")?.as_str().map(str::to_owned))
        .unwrap_or_else(|| String::from_utf8_lossy(body).into_owned())
        .trim()
        .to_owned()
}

fn names_an_image(explanation: &str) -> bool {
    let words = explanation.to_lowercase();
    let signs = [
        "no such image",
        "not found: does not exist or no pull access",
        "repository does not exist",
        "was found but does not match the specified platform",
        // What a registry says of a tag; docker-py leaves it a `NotFound`.
        "manifest unknown",
        // Podman's words.
        "image not known",
    ];
    signs.iter().any(|sign| words.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;

    #[test]
    fn a_kind_is_its_parents_too() {
        assert!(ErrorKind::ImageNotFound.is_a("NotFound"));
        assert!(ErrorKind::ImageNotFound.is_a("APIError"));
        assert!(ErrorKind::Timeout.is_a("DockerException"));
        assert!(!ErrorKind::NotFound.is_a("ImageNotFound"));
        assert!(!ErrorKind::NotFound.is_a("Nonsense"));
    }

    #[test]
    fn reads_json_text_and_empty_bodies() {
        let error = Error::from_status(StatusCode::NOT_FOUND, br#"{"message":"No such image: x:latest"}"#);
        assert_eq!(error.kind(), ErrorKind::ImageNotFound);
        assert_eq!(error.explanation(), Some("No such image: x:latest"));

        let words = br#"{"message":"image with reference x was found but does not match the specified platform: wanted linux/arm64"}"#;
        assert_eq!(Error::from_status(StatusCode::NOT_FOUND, words).kind(), ErrorKind::ImageNotFound);

        let words = br#"{"cause":"image not known","message":"failed to find image x: x: image not known"}"#;
        assert_eq!(Error::from_status(StatusCode::NOT_FOUND, words).kind(), ErrorKind::ImageNotFound);

        let error = Error::from_status(StatusCode::NOT_FOUND, b"page not found\n");
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(error.to_string(), "404 Not Found: page not found");

        let error = Error::from_status(StatusCode::INTERNAL_SERVER_ERROR, b"");
        assert_eq!(error.to_string(), "500 Internal Server Error");
        assert!(error.is_server_error() && !error.is_client_error());
    }
}
