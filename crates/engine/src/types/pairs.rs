//! Names with values, as a map or as a list of `name=value`.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::params::{Kind, ParamType};

/// Names with values: a map, or a list.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Pairs {
    /// `{name: value}`.
    Map(Map<String, Value>),
    /// `["name=value", "name"]`.
    List(Vec<String>),
}

impl Pairs {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Map(map) => map.is_empty(),
            Self::List(list) => list.is_empty(),
        }
    }

    /// The pairs as `name=value`, a null value as the bare name (docker-py: `format_environment`).
    pub fn environment(&self) -> Vec<String> {
        match self {
            Self::List(list) => list.clone(),
            Self::Map(map) => map
                .iter()
                .map(|(name, value)| match value {
                    Value::Null => name.clone(),
                    value => format!("{name}={}", plain(value)),
                })
                .collect(),
        }
    }

    /// The pairs as a map of labels, a bare name with an empty value.
    pub fn labels(&self) -> Value {
        match self {
            Self::Map(map) => Value::Object(map.clone()),
            Self::List(list) => list.iter().map(|name| (name.clone(), Value::from(""))).collect(),
        }
    }

    /// The pairs joined by a separator, sorted by name where a map gives no order (docker-py: `format_extra_hosts`,
    /// `normalize_links`).
    pub fn joined(&self, separator: char) -> Vec<String> {
        match self {
            Self::List(list) => list.clone(),
            Self::Map(map) => {
                let mut joined: Vec<_> = map
                    .iter()
                    .map(|(name, value)| match plain(value) {
                        value if value.is_empty() => name.clone(),
                        value => format!("{name}{separator}{value}"),
                    })
                    .collect();
                joined.sort();
                joined
            }
        }
    }
}

/// A value as text without quotes.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

impl ParamType for Pairs {
    const KIND: Kind = Kind::Union(&[Kind::Map(&Kind::Any), Kind::List(&Kind::Str)]);
}

impl<K: Into<String>, V: Into<Value>, const N: usize> From<[(K, V); N]> for Pairs {
    fn from(pairs: [(K, V); N]) -> Self {
        Self::Map(pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}
