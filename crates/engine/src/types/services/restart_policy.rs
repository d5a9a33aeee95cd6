//! When a service's container is started again.

use serde_json::{Value, json};

use crate::error::Result;
use crate::params;
use crate::types::invalid;
use crate::types::part::PartType;

/// When a service's container is started again (docker-py: `docker.types.RestartConditionTypes`).
#[derive(Clone, Copy, Debug)]
pub struct RestartConditionTypes;

impl RestartConditionTypes {
    /// Never.
    pub const NONE: &'static str = "none";
    /// When it failed.
    pub const ON_FAILURE: &'static str = "on-failure";
    /// Whenever it ended.
    pub const ANY: &'static str = "any";
}

params! {
    /// Whether a service's container is started again when it ends (docker-py: `docker.types.RestartPolicy`).
    pub struct RestartPolicy {
        /// When: `none`, `on-failure` or `any`.
        condition: String = "none".to_owned(),
        /// The time between two starts in nanoseconds.
        delay: i64 = 0,
        /// How many starts there may be; 0 for no limit.
        max_attempts: i64 = 0,
        /// The time within which starts are counted, in nanoseconds; 0 for no limit.
        window: i64 = 0,
    }
}

impl PartType for RestartPolicy {
    const NAME: &'static str = "RestartPolicy";

    fn to_wire(&self) -> Result<Value> {
        let conditions =
            [RestartConditionTypes::NONE, RestartConditionTypes::ON_FAILURE, RestartConditionTypes::ANY];
        if !conditions.contains(&self.condition.as_str()) {
            return Err(invalid(format!(
                "RestartPolicy.condition: `{}` is none; it is `none`, `on-failure` or `any`",
                self.condition
            )));
        }
        Ok(json!({
            "Condition": self.condition,
            "Delay": self.delay,
            "MaxAttempts": self.max_attempts,
            "Window": self.window,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Part;

    #[test]
    fn has_docker_pys_defaults() {
        let made = Part::from(RestartPolicy::default()).to_wire().unwrap();
        assert_eq!(made, json!({"Condition": "none", "Delay": 0, "MaxAttempts": 0, "Window": 0}));
        let error = Part::from(RestartPolicy::default().condition("always")).to_wire().unwrap_err();
        assert!(error.to_string().contains("`always` is none"), "{error}");
    }
}
