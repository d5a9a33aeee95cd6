//! Parts of a request's body that have a type of their own, as docker-py's `docker.types` has them.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::{Map, Value};

use super::config::{invalid, read};
use crate::error::Result;
use crate::params::{Kind, ParamType, Params};

/// A type of docker-py's `docker.types` that becomes a part of a request's body.
pub trait PartType: Params {
    /// Its name, as in docker-py.
    const NAME: &'static str;

    /// What a caller may pass for it.
    const FORM: Kind = Kind::Map(&Kind::Any);

    /// The engine's JSON.
    ///
    /// # Errors
    ///
    /// When a value cannot be one, or two contradict each other.
    fn to_wire(&self) -> Result<Value>;

    /// Whether a map with this key is the engine's JSON already.
    fn is_wire(key: &str) -> bool {
        key.starts_with(|c: char| c.is_ascii_uppercase())
    }

    /// Reads a shorter form, if the type has one and the value is it.
    fn short(_value: &Value) -> Option<Part<Self>> {
        None
    }
}

/// A part of a request's body: of its own type, or a map in the Engine API's own names.
///
/// Read from JSON, a map may have the type's names or the Engine API's.
///
/// ```
/// use moondock_engine::types::{Part, Resources};
///
/// let named: Part<Resources> = serde_json::from_str(r#"{"mem_limit": "64m"}"#)?;
/// let raw: Part<Resources> = serde_json::from_str(r#"{"Limits": {"MemoryBytes": 67108864}}"#)?;
/// assert_eq!(named.to_wire().unwrap(), raw.to_wire().unwrap());
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug)]
pub enum Part<T> {
    /// In docker-py's names.
    Named(T),
    /// In the engine's names, sent as it is.
    Raw(Map<String, Value>),
}

impl<T: PartType> Part<T> {
    /// The engine's JSON.
    ///
    /// # Errors
    ///
    /// When a value cannot be one, or two contradict each other.
    pub fn to_wire(&self) -> Result<Value> {
        match self {
            Self::Named(part) => part.to_wire(),
            Self::Raw(map) => Ok(Value::Object(map.clone())),
        }
    }

    fn read(value: Value) -> Result<Self> {
        if let Some(part) = T::short(&value) {
            return Ok(part);
        }
        let Value::Object(mut map) = value else {
            return Err(invalid(format!("{} is a map, not `{value}`", T::NAME)));
        };
        if map.keys().all(|key| T::is_wire(key)) {
            return Ok(Self::Raw(map));
        }
        map.retain(|_, value| !value.is_null());
        let part = read(T::NAME, &map, &[])?;
        match T::LIST.all().iter().find(|param| param.required && !map.contains_key(param.name)) {
            Some(missing) => Err(invalid(format!("{} needs `{}`", T::NAME, missing.name))),
            None => Ok(Self::Named(part)),
        }
    }
}

impl<'de, T: PartType> Deserialize<'de> for Part<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Self::read(Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl<T: PartType> ParamType for Part<T> {
    const KIND: Kind = T::FORM;
}

impl<T: PartType> From<T> for Part<T> {
    fn from(part: T) -> Self {
        Self::Named(part)
    }
}

/// The engine's JSON of a part that may be given.
pub(crate) fn wire<T: PartType>(part: Option<&Part<T>>) -> Result<Option<Value>> {
    part.map(Part::to_wire).transpose()
}

/// The engine's JSON of a list of parts that may be given.
pub(crate) fn wires<T: PartType>(parts: Option<&Vec<Part<T>>>) -> Result<Option<Value>> {
    parts.map(|parts| parts.iter().map(Part::to_wire).collect()).transpose()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::types::{Resources, SecretReference};

    use super::*;

    fn parsed<T: PartType>(value: Value) -> Result<Part<T>, String> {
        serde_json::from_value(value).map_err(|error| error.to_string())
    }

    #[test]
    fn takes_both_spellings() {
        let named = parsed::<Resources>(json!({"mem_limit": "1k", "cpu_limit": null})).unwrap();
        assert_eq!(named.to_wire().unwrap(), json!({"Limits": {"MemoryBytes": 1024}}));
        let raw = parsed::<Resources>(json!({"Limits": {"Newest": 1}})).unwrap();
        assert_eq!(raw.to_wire().unwrap(), json!({"Limits": {"Newest": 1}}));
    }

    #[test]
    fn a_mistake_is_named() {
        for (value, words) in [
            (json!({"mem_limits": 1}), "Resources has no `mem_limits`; it takes cpu_limit"),
            (json!({"mem_limit": 1, "Limits": {}}), "Resources has no `Limits`"),
            (json!({"mem_limit": 1, "cpu_limit": "x"}), "Resources: `cpu_limit`: "),
            (json!(7), "Resources is a map, not `7`"),
        ] {
            let error = parsed::<Resources>(value).unwrap_err();
            assert!(error.starts_with(words), "{error}");
        }
        let error = parsed::<SecretReference>(json!({"secret_name": "a"})).unwrap_err();
        assert_eq!(error, "SecretReference needs `secret_id`");
    }
}
