//! How many tasks a service has.

use serde_json::{Value, json};

use crate::error::Result;
use crate::params;
use crate::params::Kind;
use crate::types::fields::Fields;
use crate::types::invalid;
use crate::types::part::{Part, PartType};

params! {
    /// How many tasks a service has (docker-py: `docker.types.ServiceMode`). The mode's name alone will do.
    pub struct ServiceMode {
        /// The mode: `replicated`, `global`, `replicated-job` or `global-job`.
        mode: String => required,
        /// How many tasks there are, or how many times a job has to complete.
        replicas: Option<i64>,
        /// How many of a job's tasks run at once; 1 if only `replicas` is given.
        concurrency: Option<i64>,
    }
}

impl PartType for ServiceMode {
    const NAME: &'static str = "ServiceMode";
    const FORM: Kind = Kind::Union(&[Kind::Str, Kind::Map(&Kind::Any)]);

    fn to_wire(&self) -> Result<Value> {
        let refuse = |given: bool, name: &str, modes: &str| {
            if given {
                Err(invalid(format!("ServiceMode.{name} is for the mode {modes} only")))
            } else {
                Ok(())
            }
        };
        let mode = self.mode.as_str();
        let is_job = mode == "replicated-job";
        refuse(self.concurrency.is_some() && !is_job, "concurrency", "`replicated-job`")?;
        let replicated = is_job || mode == "replicated";
        refuse(self.replicas.is_some() && !replicated, "replicas", "`replicated` or `replicated-job`")?;
        match mode {
            // The names are docker-py's; the engine does not look at their case.
            "replicated" => {
                Ok(json!({"replicated": Value::from(Fields::default().given("Replicas", self.replicas))}))
            }
            "global" => Ok(json!({"global": {}})),
            "replicated-job" => {
                let concurrency = self.concurrency.filter(|count| *count != 0).or(self.replicas.map(|_| 1));
                let job = Fields::default()
                    .given("MaxConcurrent", concurrency)
                    .given("TotalCompletions", self.replicas);
                Ok(json!({"ReplicatedJob": Value::from(job)}))
            }
            "global-job" => Ok(json!({"GlobalJob": {}})),
            other => Err(invalid(format!(
                "ServiceMode.mode: `{other}` is none; it is `replicated`, `global`, `replicated-job` or `global-job`"
            ))),
        }
    }

    fn is_wire(key: &str) -> bool {
        ["replicated", "global", "replicatedjob", "globaljob"].contains(&key.to_ascii_lowercase().as_str())
    }

    fn short(value: &Value) -> Option<Part<Self>> {
        value.as_str().map(Part::from)
    }
}

impl From<&str> for Part<ServiceMode> {
    fn from(mode: &str) -> Self {
        ServiceMode::default().mode(mode).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(value: Value) -> Result<Value> {
        serde_json::from_value::<Part<ServiceMode>>(value).unwrap().to_wire()
    }

    #[test]
    fn makes_every_mode() {
        for (given, made) in [
            (json!("global"), json!({"global": {}})),
            (json!({"mode": "replicated", "replicas": 0}), json!({"replicated": {"Replicas": 0}})),
            (json!({"replicated": {"Replicas": 2}}), json!({"replicated": {"Replicas": 2}})),
            (json!({"mode": "global-job"}), json!({"GlobalJob": {}})),
            (json!("replicated-job"), json!({"ReplicatedJob": {}})),
            (
                json!({"mode": "replicated-job", "replicas": 3}),
                json!({"ReplicatedJob": {"MaxConcurrent": 1, "TotalCompletions": 3}}),
            ),
            (
                json!({"mode": "replicated-job", "replicas": 3, "concurrency": 2}),
                json!({"ReplicatedJob": {"MaxConcurrent": 2, "TotalCompletions": 3}}),
            ),
        ] {
            assert_eq!(wire(given.clone()).unwrap(), made, "{given}");
        }
    }

    #[test]
    fn refuses_what_does_not_go_together() {
        for (given, words) in [
            (json!({"mode": "global", "replicas": 1}), "ServiceMode.replicas is for the mode `replicated`"),
            (json!({"mode": "replicated", "concurrency": 1}), "ServiceMode.concurrency is for"),
            (json!("everywhere"), "`everywhere` is none"),
        ] {
            let error = wire(given).unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
    }
}
