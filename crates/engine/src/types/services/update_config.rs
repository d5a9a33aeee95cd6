//! How a service is updated or rolled back.

use serde_json::Value;

use crate::error::Result;
use crate::params;
use crate::types::fields::Fields;
use crate::types::invalid;
use crate::types::part::PartType;

params! {
    /// How a service's tasks are replaced (docker-py: `docker.types.UpdateConfig`).
    pub struct UpdateConfig {
        /// How many tasks at once; 0 for all.
        parallelism: i64 = 0,
        /// The time between two tasks in nanoseconds.
        delay: Option<i64>,
        /// What to do when a new task fails: `pause`, `continue` or `rollback`.
        failure_action: String = "continue".to_owned(),
        /// How long a new task is watched for a failure, in nanoseconds.
        monitor: Option<i64>,
        /// The part of the tasks that may fail, 0 to 1.
        max_failure_ratio: Option<f64>,
        /// What comes first, the new task or the old one's end: `start-first` or `stop-first`.
        order: Option<String>,
    }
}

/// How a service's tasks are replaced when an update is taken back (docker-py: `docker.types.RollbackConfig`).
pub type RollbackConfig = UpdateConfig;

impl PartType for UpdateConfig {
    const NAME: &'static str = "UpdateConfig";

    fn to_wire(&self) -> Result<Value> {
        let action = self.failure_action.as_str();
        if !["pause", "continue", "rollback"].contains(&action) {
            return Err(invalid(format!(
                "UpdateConfig.failure_action: `{action}` is none; it is `pause`, `continue` or `rollback`"
            )));
        }
        if let Some(ratio) = self.max_failure_ratio.filter(|ratio| !(0.0..=1.0).contains(ratio)) {
            return Err(invalid(format!(
                "UpdateConfig.max_failure_ratio: {ratio} does not lie between 0 and 1"
            )));
        }
        if let Some(order) =
            self.order.as_deref().filter(|order| !["start-first", "stop-first"].contains(order))
        {
            return Err(invalid(format!(
                "UpdateConfig.order: `{order}` is none; it is `start-first` or `stop-first`"
            )));
        }
        Ok(Fields::default()
            .set("Parallelism", self.parallelism)
            .given("Delay", self.delay)
            .set("FailureAction", action)
            .given("Monitor", self.monitor)
            .given("MaxFailureRatio", self.max_failure_ratio)
            .given("Order", self.order.clone())
            .into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::types::Part;

    #[test]
    fn sends_what_is_given() {
        let made = Part::from(UpdateConfig::default()).to_wire().unwrap();
        assert_eq!(made, json!({"Parallelism": 0, "FailureAction": "continue"}));
        let made = Part::from(UpdateConfig::default().order("start-first").max_failure_ratio(0.5).delay(7));
        let made = made.to_wire().unwrap();
        assert_eq!(
            (&made["Order"], &made["MaxFailureRatio"], &made["Delay"]),
            (&json!("start-first"), &json!(0.5), &json!(7))
        );
    }

    #[test]
    fn refuses_what_cannot_be() {
        let config = UpdateConfig::default;
        for config in
            [config().failure_action("stop"), config().max_failure_ratio(1.5), config().order("any")]
        {
            assert!(Part::from(config.clone()).to_wire().is_err(), "{config:?}");
        }
    }
}
