//! Requests as data: what to ask the engine, made without any IO.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::{ApiVersion, Endpoint, Method, Request};
//!
//! static VERSION: Endpoint =
//!     Endpoint { id: "SystemVersion", method: Method::GET, path: "/version", since: ApiVersion::OLDEST };
//!
//! let version = client.api().json(Request::new(&VERSION)).await?;
//! assert!(version["ApiVersion"].is_string());
//!
//! // What an engine could not do is told before anything is sent.
//! static LATER: Endpoint =
//!     Endpoint { id: "Later", method: Method::GET, path: "/later", since: ApiVersion::new(9, 0) };
//! let error = client.api().json(Request::new(&LATER)).await.unwrap_err();
//! assert!(error.to_string().contains("Later needs API 9.0"), "{error}");
//! # });
//! ```

use std::fmt::{self, Write};
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Method};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind, Result};
use crate::params::Params;
use crate::stream::ByteStream;
use crate::version::ApiVersion;

/// An operation of the Engine API.
#[derive(Debug)]
pub struct Endpoint {
    /// The operation's id in the API's own description.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path without its version, with `{name}` where an argument goes.
    pub path: &'static str,
    /// The first API version that has it, no older than [`ApiVersion::OLDEST`].
    pub since: ApiVersion,
}

/// Declares the endpoints of a resource: `NAME = "OperationId" METHOD "/path" [since (1, 42)];`.
macro_rules! endpoints {
    ($($name:ident = $id:literal $method:ident $path:literal $(since ($major:literal, $minor:literal))?;)+) => {
        $(pub(crate) const $name: $crate::request::Endpoint = $crate::request::Endpoint {
            id: $id,
            method: ::http::Method::$method,
            path: $path,
            since: endpoints!(@since $($major, $minor)?),
        };)+
        /// Every operation of this resource.
        pub const ENDPOINTS: &[&$crate::request::Endpoint] = &[$(&$name,)+];
    };
    (@since $major:literal, $minor:literal) => { $crate::version::ApiVersion::new($major, $minor) };
    (@since) => { $crate::version::ApiVersion::OLDEST };
}
pub(crate) use endpoints;

/// A request's body.
pub(crate) enum Body {
    Empty,
    Json(Value),
    Stream(ByteStream),
}

/// What to ask the engine: an endpoint with its arguments filled in.
pub struct Request {
    pub(crate) endpoint: &'static Endpoint,
    path: String,
    query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    pub(crate) needs: Vec<(&'static str, ApiVersion)>,
    pub(crate) gone: Vec<(&'static str, ApiVersion)>,
    pub(crate) patience: Patience,
    fault: Option<Error>,
}

/// What a request is called, written only when somebody wants to know: method and path.
pub(crate) struct Line {
    method: &'static Method,
    path: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// How long a request may keep its caller waiting for the answer's headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// The client's `timeout`.
    Client,
    /// The client's `timeout` and this much more, for what the engine is told to wait itself.
    Longer(Duration),
    /// This long.
    Exactly(Duration),
    /// Until the connection ends.
    Forever,
}

/// What may stand in a path segment as it is. `/` and `:` are part of image names, which the engine wants unescaped.
const SEGMENT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/').remove(b':');

impl Request {
    /// Starts a request to an endpoint.
    pub fn new(endpoint: &'static Endpoint) -> Self {
        Self {
            endpoint,
            path: endpoint.path.to_owned(),
            query: String::new(),
            headers: HeaderMap::new(),
            body: Body::Empty,
            needs: Vec::new(),
            gone: Vec::new(),
            patience: Patience::Client,
            fault: None,
        }
    }

    /// Fills in `{name}` of the path. An empty value, or one that would lead to another path, fails the request
    /// before it is sent.
    pub fn path(mut self, name: &str, value: &str) -> Self {
        if value.is_empty() {
            self.fault = Some(Error::new(
                ErrorKind::NullResource,
                format!("{} needs a name or id, but got an empty one", self.endpoint.id),
            ));
        } else if value.split('/').any(|part| matches!(part, "" | "." | "..")) {
            self.fault = Some(Error::new(
                ErrorKind::InvalidArgument,
                format!("`{value}` is no name or id of the engine's"),
            ));
        }
        let escaped = utf8_percent_encode(value, SEGMENT).to_string();
        self.path = self.path.replace(&format!("{{{name}}}"), &escaped);
        self
    }

    /// Adds a query argument.
    pub fn query(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        // `Serializer` appends to a text that has pairs already, with the separator between them.
        let mut pairs = form_urlencoded::Serializer::new(std::mem::take(&mut self.query));
        self.query = pairs.append_pair(name, &value.to_string()).finish();
        self
    }

    /// Adds a query argument if there is a value.
    pub fn query_opt(self, name: &str, value: Option<impl std::fmt::Display>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// Adds a query argument that is `1` or `0`.
    pub fn flag(self, name: &str, on: bool) -> Self {
        self.query(name, u8::from(on))
    }

    /// Adds a header. A value that cannot be one fails the request before it is sent.
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        match HeaderValue::from_str(value) {
            Ok(value) => {
                self.headers.insert(name, value);
            }
            Err(_) => {
                self.fault = Some(Error::new(
                    ErrorKind::InvalidArgument,
                    format!("the header {name} cannot hold line ends or control characters"),
                ));
            }
        }
        self
    }

    /// Sends a JSON value as the body, an object without its fields that are null: those were not given.
    pub fn json(mut self, mut value: Value) -> Self {
        if let Value::Object(fields) = &mut value {
            fields.retain(|_, value| !value.is_null());
        }
        self.body = Body::Json(value);
        self.header(http::header::CONTENT_TYPE, "application/json")
    }

    /// Puts further fields into a body of JSON, in the Engine API's own names; maps inside of it are joined, and what
    /// is given here wins.
    pub fn extra(mut self, fields: Option<&Map<String, Value>>) -> Self {
        if let (Body::Json(Value::Object(body)), Some(fields)) = (&mut self.body, fields) {
            join(body, fields);
        }
        self
    }

    /// Sends a stream of bytes as the body, as it comes.
    pub fn stream(mut self, body: ByteStream) -> Self {
        self.body = Body::Stream(body);
        self
    }

    /// Says that an option of this request needs an API version.
    pub fn needs(mut self, option: &'static str, version: ApiVersion) -> Self {
        self.needs.push((option, version));
        self
    }

    /// Says from which API version on an option of this request is not known any more.
    pub fn gone(mut self, option: &'static str, version: ApiVersion) -> Self {
        self.gone.push((option, version));
        self
    }

    /// Says what the parameters of this request need.
    pub fn needs_of(mut self, params: &impl Params) -> Self {
        self.needs.extend(params.needs());
        self
    }

    /// Says how long the answer's headers may take.
    pub fn patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// Fails the request, before it is sent, with this error.
    pub(crate) fn fail(mut self, error: Error) -> Self {
        self.fault.get_or_insert(error);
        self
    }

    /// Method and path without the query, which may hold what should not be logged.
    pub fn line(&self) -> String {
        format!("{} {}", self.endpoint.method, self.path)
    }

    /// The path and query without a version.
    #[cfg(test)]
    pub(crate) fn target(&mut self) -> Result<String> {
        self.target_in(None)
    }

    /// The path and query, below `/vX.Y` where there is a version.
    pub(crate) fn target_in(&mut self, version: Option<ApiVersion>) -> Result<String> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        let mut target = String::with_capacity("/v1.41?".len() + self.path.len() + self.query.len());
        if let Some(ApiVersion { major, minor }) = version {
            let _ = write!(target, "/v{major}.{minor}");
        }
        target.push_str(&self.path);
        if !self.query.is_empty() {
            target.push('?');
            target.push_str(&self.query);
        }
        Ok(target)
    }

    /// Takes the request's line out of it.
    pub(crate) fn take_line(&mut self) -> Line {
        Line { method: &self.endpoint.method, path: std::mem::take(&mut self.path) }
    }

    /// The request's line with its decoded query, and its body if that is JSON.
    #[cfg(test)]
    pub(crate) fn shown(mut self) -> (String, Value) {
        let target = self.target().unwrap();
        let target = percent_encoding::percent_decode_str(&target).decode_utf8().unwrap();
        let body = if let Body::Json(body) = self.body { body } else { Value::Null };
        (format!("{} {target}", self.endpoint.method), body)
    }
}

/// Puts fields into a map; maps inside of it are joined.
pub(crate) fn join(body: &mut Map<String, Value>, fields: &Map<String, Value>) {
    for (name, value) in fields {
        match (body.get_mut(name), value) {
            (Some(Value::Object(inner)), Value::Object(fields)) => join(inner, fields),
            _ => {
                body.insert(name.clone(), value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    static INSPECT: Endpoint = Endpoint {
        id: "ImageInspect",
        method: Method::GET,
        path: "/images/{name}/json",
        since: ApiVersion::OLDEST,
    };

    #[test]
    fn escapes_what_it_fills_in() {
        let mut request =
            Request::new(&INSPECT).path("name", "host:5000/a b?c#d").query("x", "a&b=c").flag("y", true);
        assert_eq!(request.target().unwrap(), "/images/host:5000/a%20b%3Fc%23d/json?x=a%26b%3Dc&y=1");
    }

    #[test]
    fn refuses_names_that_lead_elsewhere() {
        for (name, kind) in [
            ("", ErrorKind::NullResource),
            ("..", ErrorKind::InvalidArgument),
            ("a/../../containers", ErrorKind::InvalidArgument),
            ("/a", ErrorKind::InvalidArgument),
            ("a//b", ErrorKind::InvalidArgument),
        ] {
            let error = Request::new(&INSPECT).path("name", name).target().unwrap_err();
            assert_eq!(error.kind(), kind, "{name}");
        }
    }

    #[test]
    fn further_fields_are_joined_into_the_body() {
        let body = json!({"Image": "a", "HostConfig": {"Memory": 1, "Init": true}});
        let fields = json!({"HostConfig": {"Memory": 2, "New": [1]}, "Newer": null});
        let request = Request::new(&INSPECT).json(body).extra(fields.as_object());
        let Body::Json(body) = request.body else { panic!("the body is no JSON") };
        let expected =
            json!({"Image": "a", "HostConfig": {"Memory": 2, "Init": true, "New": [1]}, "Newer": null});
        assert_eq!(body, expected);
    }

    #[test]
    fn refuses_headers_with_line_ends() {
        let error = Request::new(&INSPECT)
            .path("name", "a")
            .header(http::header::ACCEPT, "a\r\nb")
            .target()
            .unwrap_err();
        assert!(error.to_string().contains("accept"), "{error}");
    }
}
