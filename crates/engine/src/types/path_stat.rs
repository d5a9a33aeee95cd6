//! What the engine tells about a path in a container.

use base64::Engine as _;
use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind, Result};

/// What a file, folder or link of a container is. `name`, `size`, `mode`, `mtime` and `linkTarget` are its
/// [attributes](Self::attrs), as docker-py gives them.
#[derive(Clone, Debug, PartialEq)]
pub struct PathStat {
    attrs: Map<String, Value>,
}

/// The header that it comes in.
pub(crate) const PATH_STAT: &str = "x-docker-container-path-stat";

const FOLDER: u64 = 1 << 31;
const LINK: u64 = 1 << 27;

impl PathStat {
    /// Reads the header `X-Docker-Container-Path-Stat`: JSON in standard base64.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn from_header(text: &str) -> Result<Self> {
        let decoded = base64::engine::general_purpose::STANDARD.decode(text.trim());
        let attrs = decoded.ok().and_then(|json| serde_json::from_slice(&json).ok());
        attrs.map(|attrs| Self { attrs }).ok_or_else(|| {
            let words = format!("the engine's header {PATH_STAT} is no JSON object in base64: `{text}`");
            Error::new(ErrorKind::StreamParseError, words)
        })
    }

    /// The attributes as the engine gave them.
    pub fn attrs(&self) -> &Map<String, Value> {
        &self.attrs
    }

    /// The name; of a folder's contents (`/a/.`) it is a dot.
    pub fn name(&self) -> &str {
        self.text("name")
    }

    /// The size in bytes.
    pub fn size(&self) -> i64 {
        self.attrs.get("size").and_then(Value::as_i64).unwrap_or_default()
    }

    /// The permissions, for example `0o644`.
    pub fn permissions(&self) -> u32 {
        u32::try_from(self.mode() & 0o777).unwrap_or_default()
    }

    /// When it was changed, as RFC 3339.
    pub fn mtime(&self) -> &str {
        self.text("mtime")
    }

    /// Where a link leads in the end; empty for what is no link.
    pub fn link_target(&self) -> &str {
        self.text("linkTarget")
    }

    /// Whether it is a folder.
    pub fn is_dir(&self) -> bool {
        self.mode() & FOLDER != 0
    }

    /// Whether it is a symbolic link.
    pub fn is_link(&self) -> bool {
        self.mode() & LINK != 0
    }

    /// Go's `os.FileMode`.
    fn mode(&self) -> u64 {
        self.attrs.get("mode").and_then(Value::as_u64).unwrap_or_default()
    }

    fn text(&self, name: &str) -> &str {
        self.attrs.get(name).and_then(Value::as_str).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn header(json: &Value) -> String {
        base64::engine::general_purpose::STANDARD.encode(json.to_string())
    }

    #[test]
    fn reads_what_the_engine_sends() {
        let json = json!({"name": "b?>~", "size": 9_007_199_254_740_993_i64, "mode": 2_147_484_141_u64,
            "mtime": "2026-01-31T12:00:00Z", "linkTarget": ""});
        let stat = PathStat::from_header(&header(&json)).unwrap();
        assert!(stat.is_dir() && !stat.is_link());
        assert_eq!((stat.name(), stat.size(), stat.permissions()), ("b?>~", 9_007_199_254_740_993, 0o755));
        assert_eq!(Value::Object(stat.attrs().clone()), json);
        let link = json!({"mode": 134_218_239_u64, "linkTarget": "/x"});
        let stat = PathStat::from_header(&header(&link)).unwrap();
        assert!(stat.is_link() && !stat.is_dir());
        assert_eq!((stat.link_target(), stat.permissions()), ("/x", 0o777));
    }

    #[test]
    fn refuses_what_is_none() {
        for text in ["", "e30", "no base64", "W10=", "bm9uZQ=="] {
            let error = PathStat::from_header(text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::StreamParseError, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,60}", json in "[\\[\\]{}\":,a-z0-9]{0,40}") {
            let _ = PathStat::from_header(&text);
            let encoded = base64::engine::general_purpose::STANDARD.encode(json);
            if let Ok(stat) = PathStat::from_header(&encoded) {
                let _ = (stat.is_dir(), stat.permissions(), stat.size(), stat.name().len());
            }
        }

        #[test]
        fn keeps_every_attribute(name in "\\PC{0,20}", size in any::<i64>(), mode in any::<u32>()) {
            let json = json!({"name": name, "size": size, "mode": mode});
            let stat = PathStat::from_header(&header(&json)).unwrap();
            prop_assert_eq!((stat.name(), stat.size()), (name.as_str(), size));
            prop_assert_eq!(stat.permissions(), mode & 0o777);
        }
    }
}
