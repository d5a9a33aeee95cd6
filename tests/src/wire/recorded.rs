//! What was seen on the wire.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::connection::Received;
use super::{encoding, tar_listing};

/// The requests of one case, without the negotiation of the version.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Recording {
    /// The API versions that the paths began with; an empty one stands for none.
    pub versions: BTreeSet<String>,
    /// The requests in the order in which they arrived.
    pub requests: Vec<Request>,
}

/// A request, as far as it is compared.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Request {
    /// The HTTP method.
    pub method: String,
    /// The decoded path without its version.
    pub path: String,
    /// The decoded pairs of the query, sorted by name. A value that is a JSON list or map is read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub query: Vec<(String, Value)>,
    /// The headers that say something about the call; credentials are decoded.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub headers: Map<String, Value>,
    /// The body, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
}

/// A request's body.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// JSON.
    Json(Value),
    /// What a tar archive holds.
    Tar(Vec<Entry>),
    /// Other text.
    Text(String),
    /// Other bytes, in base64.
    Bytes(String),
}

/// An entry of a tar archive.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Entry {
    /// The path.
    pub name: String,
    /// `file`, `directory`, `symlink`, `hard link` or `other`.
    pub kind: String,
    /// The mode in octal digits.
    pub mode: String,
    /// The size in bytes; none where it depends on a name made by chance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// What a link points at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// The headers that are kept, and whether they hold JSON in base64.
const HEADERS: [(&str, bool); 5] = [
    ("content-type", false),
    ("content-encoding", false),
    ("upgrade", false),
    ("x-registry-auth", true),
    ("x-registry-config", true),
];

/// How the name of a Dockerfile from outside its context begins, before an ending made by chance.
const GENERATED: &str = ".dockerfile.";

impl Request {
    /// Reads what was received.
    pub(super) fn new(received: &Received) -> Self {
        let query = encoding::query(&received.query);
        let headers = HEADERS.iter().filter_map(|(name, encoded)| {
            let value = received.header(name)?;
            let decoded = || serde_json::from_slice(&encoding::base64(value)?).ok();
            let value = if *encoded { decoded().unwrap_or_else(|| value.into()) } else { value.into() };
            Some(((*name).to_owned(), value))
        });
        Self {
            method: received.method.clone(),
            path: received.path.clone(),
            query: query.into_iter().map(|(name, value)| (name, query_value(value))).collect(),
            headers: headers.collect(),
            body: body(&received.body),
        }
    }

    /// The method and path.
    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

fn query_value(value: String) -> Value {
    if value.starts_with(['{', '['])
        && let Ok(value) = serde_json::from_str(&value)
    {
        return value;
    }
    if value.starts_with(GENERATED) { format!("{GENERATED}*").into() } else { value.into() }
}

fn body(bytes: &[u8]) -> Option<Body> {
    if bytes.is_empty() {
        return None;
    }
    if let Ok(value) = serde_json::from_slice(bytes) {
        return Some(Body::Json(value));
    }
    if let Some(entries) = tar_listing::list(bytes) {
        return Some(Body::Tar(without_chance(entries)));
    }
    Some(match std::str::from_utf8(bytes) {
        Ok(text) => Body::Text(text.to_owned()),
        Err(_) => Body::Bytes(BASE64_STANDARD.encode(bytes)),
    })
}

/// Takes out the generated name of a Dockerfile, and the size of the ignore file that lists it.
fn without_chance(mut entries: Vec<Entry>) -> Vec<Entry> {
    let Some(generated) = entries.iter_mut().find(|entry| entry.name.starts_with(GENERATED)) else {
        return entries;
    };
    generated.name = format!("{GENERATED}*");
    for ignore in entries.iter_mut().filter(|entry| entry.name == ".dockerignore") {
        ignore.size = None;
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn received(query: &str, headers: &[(&str, &str)], body: &[u8]) -> Received {
        Received {
            method: "POST".to_owned(),
            version: "1.41".to_owned(),
            path: "/build".to_owned(),
            query: query.to_owned(),
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            body: body.to_vec(),
        }
    }

    #[test]
    fn decodes_what_hides_inside_text() {
        let request = Request::new(&received(
            "filters=%7B%22label%22%3A+%5B%22a%22%5D%7D&dockerfile=.dockerfile.1f2e",
            &[("x-registry-auth", "eyJhIjogMX0="), ("user-agent", "x"), ("upgrade", "tcp")],
            br#"{"a": null}"#,
        ));
        let seen = serde_json::to_value(&request).unwrap();
        assert_eq!(
            seen,
            json!({
                "method": "POST", "path": "/build",
                "query": [["dockerfile", ".dockerfile.*"], ["filters", {"label": ["a"]}]],
                "headers": {"upgrade": "tcp", "x-registry-auth": {"a": 1}},
                "body": {"json": {"a": null}},
            })
        );
        assert_eq!(serde_json::from_value::<Request>(seen).unwrap(), request);
    }

    #[test]
    fn keeps_bodies_that_are_neither() {
        let body = |bytes: &[u8]| Request::new(&received("", &[], bytes)).body;
        assert_eq!(body(b""), None);
        assert_eq!(body(b"hello"), Some(Body::Text("hello".to_owned())));
        assert_eq!(body(&[0, 255]), Some(Body::Bytes("AP8=".to_owned())));
    }
}
