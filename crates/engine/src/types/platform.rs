//! Platforms of images, as the Open Container Initiative describes them.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind, Result};
use crate::params::{Kind, ParamType};
use crate::request::Request;

/// A platform: `os[/architecture[/variant]]`, or a map with such names.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Platform {
    /// For example `linux/arm64/v8`.
    Text(String),
    /// For example `{"os": "linux", "architecture": "arm64", "variant": "v8"}`.
    Map(Map<String, Value>),
}

impl Platform {
    /// The platform as a map.
    ///
    /// # Errors
    ///
    /// When the text has more than three parts, or an empty one.
    pub fn descriptor(&self) -> Result<Map<String, Value>> {
        let text = match self {
            Self::Map(map) => return Ok(map.clone()),
            Self::Text(text) => text,
        };
        let parts: Vec<_> = text.split('/').collect();
        if parts.len() > 3 || parts.contains(&"") {
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                format!("`{text}` is no platform; one looks like `linux`, `linux/amd64` or `linux/arm64/v8`"),
            ));
        }
        let names = ["os", "architecture", "variant"];
        Ok(names.iter().zip(parts).map(|(name, part)| ((*name).to_owned(), part.into())).collect())
    }
}

impl From<&str> for Platform {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Map<String, Value>> for Platform {
    fn from(map: Map<String, Value>) -> Self {
        Self::Map(map)
    }
}

impl ParamType for Platform {
    const KIND: Kind = Kind::Union(&[Kind::Str, Kind::Map(&Kind::Any)]);
}

/// One platform, or several.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Platforms {
    /// One.
    One(Platform),
    /// A list.
    Many(Vec<Platform>),
}

impl Platforms {
    /// The platforms.
    pub fn as_slice(&self) -> &[Platform] {
        match self {
            Self::One(platform) => std::slice::from_ref(platform),
            Self::Many(list) => list,
        }
    }
}

impl<T: Into<Platform>> From<T> for Platforms {
    fn from(platform: T) -> Self {
        Self::One(platform.into())
    }
}

impl From<Vec<Platform>> for Platforms {
    fn from(list: Vec<Platform>) -> Self {
        Self::Many(list)
    }
}

impl ParamType for Platforms {
    const KIND: Kind = Kind::Union(&[Kind::Str, Kind::Map(&Kind::Any), Kind::List(&Platform::KIND)]);
}

impl Request {
    /// Adds each platform as a query argument in JSON. One that cannot be read fails the request before it is sent.
    pub(crate) fn platforms<'a>(self, name: &str, platforms: impl IntoIterator<Item = &'a Platform>) -> Self {
        platforms.into_iter().fold(self, |request, platform| match platform.descriptor() {
            Ok(descriptor) => request.query(name, Value::Object(descriptor)),
            Err(error) => request.fail(error.in_argument(name)),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn takes_text_and_maps() {
        for (given, expected) in [
            (json!("linux"), json!({"os": "linux"})),
            (json!("linux/arm64/v8"), json!({"os": "linux", "architecture": "arm64", "variant": "v8"})),
            (json!({"os": "linux", "os.version": "1"}), json!({"os": "linux", "os.version": "1"})),
        ] {
            let platform: Platform = serde_json::from_value(given).unwrap();
            assert_eq!(Value::Object(platform.descriptor().unwrap()), expected);
        }
        let several: Platforms = serde_json::from_value(json!(["linux/amd64", {"os": "linux"}])).unwrap();
        assert_eq!(several.as_slice().len(), 2);
    }

    #[test]
    fn refuses_what_is_no_platform() {
        for text in ["", "a/b/c/d", "linux//v8"] {
            let error = Platform::from(text).descriptor().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{text}");
        }
    }
}
