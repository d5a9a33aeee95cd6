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

    /// The pairs joined by a separator, a name by itself where the value is empty; sorted by name where a map gives no
    /// order (docker-py: `format_extra_hosts`, `normalize_links`).
    pub fn joined(&self, separator: char) -> Vec<String> {
        match self {
            Self::List(list) => list.clone(),
            Self::Map(map) => {
                let mut pairs: Vec<_> = map.iter().map(|(name, value)| (name, plain(value))).collect();
                pairs.sort();
                let join = |(name, value): (&String, String)| match value.as_str() {
                    "" => name.clone(),
                    value => format!("{name}{separator}{value}"),
                };
                pairs.into_iter().map(join).collect()
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

impl From<Map<String, Value>> for Pairs {
    fn from(map: Map<String, Value>) -> Self {
        Self::Map(map)
    }
}

impl From<Vec<String>> for Pairs {
    fn from(list: Vec<String>) -> Self {
        Self::List(list)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn pairs(value: Value) -> Pairs {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn environments_keep_their_order() {
        let map = pairs(json!({"B": "x=y", "A": null, "N": 1, "E": ""}));
        assert_eq!(map.environment(), ["B=x=y", "A", "N=1", "E="]);
        assert_eq!(pairs(json!(["B=1", "A"])).environment(), ["B=1", "A"]);
    }

    #[test]
    fn links_and_hosts_are_sorted() {
        let map = pairs(json!({"web": "w", "db": null, "db-2": ""}));
        assert_eq!(map.joined(':'), ["db", "db-2", "web:w"]);
        let map = pairs(json!({"b.local": "10.0.0.2", "a.local": "::1"}));
        assert_eq!(map.joined(':'), ["a.local:::1", "b.local:10.0.0.2"]);
        assert_eq!(pairs(json!(["b:2", "a"])).joined(':'), ["b:2", "a"]);
    }

    #[test]
    fn labels_of_a_list_are_empty() {
        assert_eq!(pairs(json!(["one", "two=2"])).labels(), json!({"one": "", "two=2": ""}));
    }

    proptest! {
        #[test]
        fn a_link_is_split_as_it_was_joined(name in "[a-z]{1,8}", alias in "[a-z]{1,8}") {
            let links = Pairs::from([(name.as_str(), alias.as_str())]).joined(':');
            prop_assert_eq!(links[0].split_once(':'), Some((name.as_str(), alias.as_str())));
        }
    }
}
