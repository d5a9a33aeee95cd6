//! Where a service's tasks may run.

use serde_json::{Value, json};

use crate::error::Result;
use crate::params::Kind;
use crate::types::fields::Fields;
use crate::types::invalid;
use crate::types::part::{Part, PartType, wires};

crate::params! {
    /// Where a service's tasks may run (docker-py: `docker.types.Placement`). A list of constraints alone will do.
    pub struct Placement {
        /// Conditions that a node must meet, for example `node.role == manager`.
        constraints: Option<Vec<String>>,
        /// How tasks are spread, the most important first: each a pair such as `["spread", "node.labels.zone"]`.
        preferences: Option<Vec<Part<PlacementPreference>>>,
        /// The platforms that the image runs on: each a pair such as `["x86_64", "linux"]`.
        platforms: Option<Vec<Value>>,
        /// How many replicas may run on one node.
        maxreplicas: Option<i64>,
    }
}

impl PartType for Placement {
    const NAME: &'static str = "Placement";
    const FORM: Kind = Kind::Union(&[Kind::List(&Kind::Str), Kind::Map(&Kind::Any)]);

    fn to_wire(&self) -> Result<Value> {
        let platforms = self.platforms.as_ref().map(|list| list.iter().map(platform).collect());
        Ok(Fields::default()
            .given("Constraints", self.constraints.clone())
            .given("Preferences", wires(self.preferences.as_ref())?)
            .given("MaxReplicas", self.maxreplicas)
            .filled("Platforms", platforms.transpose()?.map(Value::Array))
            .into())
    }

    fn short(value: &Value) -> Option<Part<Self>> {
        let constraints = serde_json::from_value::<Vec<String>>(value.clone()).ok()?;
        Some(Self::default().constraints(constraints).into())
    }
}

fn platform(platform: &Value) -> Result<Value> {
    match platform {
        Value::Object(_) => Ok(platform.clone()),
        Value::Array(pair) if pair.len() == 2 => Ok(json!({"Architecture": pair[0], "OS": pair[1]})),
        other => Err(invalid(format!(
            "platforms: `{other}` is none; one is a pair of architecture and system such as `[\"x86_64\", \"linux\"]`"
        ))),
    }
}

crate::params! {
    /// How a service's tasks are spread (docker-py: `docker.types.PlacementPreference`). A pair will do.
    pub struct PlacementPreference {
        /// The strategy: `spread`.
        strategy: String => required,
        /// What to spread over evenly, for example `node.labels.zone`.
        descriptor: String => required,
    }
}

impl PartType for PlacementPreference {
    const NAME: &'static str = "PlacementPreference";
    const FORM: Kind = Kind::Union(&[Kind::List(&Kind::Str), Kind::Map(&Kind::Any)]);

    fn to_wire(&self) -> Result<Value> {
        if self.strategy != "spread" {
            let words = "is none; the only one is `spread`";
            return Err(invalid(format!("PlacementPreference.strategy: `{}` {words}", self.strategy)));
        }
        Ok(json!({"Spread": {"SpreadDescriptor": self.descriptor}}))
    }

    fn short(value: &Value) -> Option<Part<Self>> {
        let [strategy, descriptor] = serde_json::from_value::<[String; 2]>(value.clone()).ok()?;
        Some(Self { strategy, descriptor }.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(value: Value) -> Result<Value> {
        serde_json::from_value::<Part<Placement>>(value).unwrap().to_wire()
    }

    #[test]
    fn takes_pairs_and_maps() {
        let made = wire(json!({
            "constraints": ["node.role == manager"],
            "preferences": [["spread", "node.labels.zone"], {"strategy": "spread", "descriptor": "node.id"}],
            "platforms": [["x86_64", "linux"], {"OS": "windows"}],
            "maxreplicas": 2,
        }))
        .unwrap();
        assert_eq!(
            made,
            json!({
                "Constraints": ["node.role == manager"],
                "Preferences": [
                    {"Spread": {"SpreadDescriptor": "node.labels.zone"}}, {"Spread": {"SpreadDescriptor": "node.id"}},
                ],
                "Platforms": [{"Architecture": "x86_64", "OS": "linux"}, {"OS": "windows"}],
                "MaxReplicas": 2,
            })
        );
        assert_eq!(wire(json!(["a == b"])).unwrap(), json!({"Constraints": ["a == b"]}));
        assert_eq!(Part::from(Placement::default()).to_wire().unwrap(), json!({}));
    }

    #[test]
    fn refuses_what_is_none() {
        for (value, words) in [
            (json!({"preferences": [["binpack", "x"]]}), "`binpack` is none; the only one is `spread`"),
            (json!({"platforms": ["linux/amd64"]}), "one is a pair"),
        ] {
            let error = wire(value).unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
    }
}
