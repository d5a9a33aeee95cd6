//! Filters of lists, prunes and events.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::plain;
use crate::params::{Kind, ParamType};

/// Filters: a map from a filter's name to a value or a list of values; numbers and booleans are written out.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Filters(pub Map<String, Value>);

impl Filters {
    /// The filters as the engine takes them (docker-py: `convert_filters`).
    pub fn to_query(&self) -> String {
        let filters: Map<String, Value> = self
            .0
            .iter()
            .map(|(name, value)| {
                let values = match value {
                    Value::Array(values) => values.iter().map(plain).collect(),
                    one => vec![plain(one)],
                };
                (name.clone(), Value::from(values))
            })
            .collect();
        Value::Object(filters).to_string()
    }

    /// Adds a filter, replacing one of its name.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }
}

impl ParamType for Filters {
    const KIND: Kind = Kind::Map(&Kind::Any);
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_value_becomes_a_list_of_text() {
        let filters: Filters = serde_json::from_value(json!({
            "label": ["a=b", "c"], "exited": 1, "dangling": true, "status": "running", "code": [0, false],
        }))
        .unwrap();
        let read: Value = serde_json::from_str(&filters.to_query()).unwrap();
        assert_eq!(
            read,
            json!({
                "label": ["a=b", "c"], "exited": ["1"], "dangling": ["true"], "status": ["running"],
                "code": ["0", "false"],
            })
        );
    }
}
