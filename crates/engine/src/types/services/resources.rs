//! What each of a service's containers may use.

use serde_json::{Value, json};

use crate::error::Result;
use crate::params;
use crate::types::Size;
use crate::types::fields::Fields;
use crate::types::invalid;
use crate::types::part::PartType;

params! {
    /// What each of a service's containers may use, and what is kept for it (docker-py: `docker.types.Resources`).
    pub struct Resources {
        /// The limit of CPU time in units of a billionth of a CPU.
        cpu_limit: Option<i64>,
        /// The memory limit, for example `512m`.
        mem_limit: Option<Size>,
        /// The CPU time that is kept for it, in units of a billionth of a CPU.
        cpu_reservation: Option<i64>,
        /// The memory that is kept for it.
        mem_reservation: Option<Size>,
        /// Resources of the node, such as GPUs: a map from kind to number or name, or a list in the engine's form.
        generic_resources: Option<Value>,
        /// How many processes it may have; 0 for no limit. docker-py does not have it.
        pids_limit: Option<i64>,
        /// The swap that it may use, in bytes; -1 for no limit.
        #[since(1, 52)]
        swap_bytes: Option<i64>,
        /// How eagerly its memory is swapped, 0 to 100.
        #[since(1, 52)]
        mem_swappiness: Option<i64>,
    }
}

impl PartType for Resources {
    const NAME: &'static str = "Resources";

    fn to_wire(&self) -> Result<Value> {
        let bytes = |size: &Option<Size>| size.as_ref().map(Size::bytes).transpose();
        let limits = Fields::default()
            .given("NanoCPUs", self.cpu_limit)
            .given("MemoryBytes", bytes(&self.mem_limit)?)
            .given("Pids", self.pids_limit);
        let reservations = Fields::default()
            .given("NanoCPUs", self.cpu_reservation)
            .given("MemoryBytes", bytes(&self.mem_reservation)?)
            .given("GenericResources", self.generic_resources.as_ref().map(generic).transpose()?);
        Ok(Fields::default()
            .filled("Limits", Some(limits))
            .filled("Reservations", Some(reservations))
            .given("SwapBytes", self.swap_bytes)
            .given("MemorySwappiness", self.mem_swappiness)
            .into())
    }
}

/// The engine's list of generic resources.
fn generic(resources: &Value) -> Result<Value> {
    let map = match resources {
        Value::Array(_) => return Ok(resources.clone()),
        Value::Object(map) => map,
        other => {
            return Err(invalid(format!("Resources.generic_resources is a map or a list, not `{other}`")));
        }
    };
    map.iter()
        .map(|(kind, value)| match value {
            Value::Number(number) if number.is_i64() || number.is_u64() => {
                Ok(json!({"DiscreteResourceSpec": {"Kind": kind, "Value": value}}))
            }
            Value::String(_) => Ok(json!({"NamedResourceSpec": {"Kind": kind, "Value": value}})),
            other => Err(invalid(format!(
                "Resources.generic_resources: `{kind}` is a whole number or a name, not `{other}`"
            ))),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Part;

    #[test]
    fn tells_limits_from_reservations() {
        let resources = Resources::default()
            .cpu_limit(0)
            .mem_limit("1m")
            .pids_limit(5)
            .generic_resources(json!({"gpu": 2, "card": "UUID1"}));
        assert_eq!(
            Part::from(resources).to_wire().unwrap(),
            json!({
                "Limits": {"NanoCPUs": 0, "MemoryBytes": 1 << 20, "Pids": 5},
                "Reservations": {"GenericResources": [
                    {"DiscreteResourceSpec": {"Kind": "gpu", "Value": 2}},
                    {"NamedResourceSpec": {"Kind": "card", "Value": "UUID1"}},
                ]},
            })
        );
        assert_eq!(Part::from(Resources::default()).to_wire().unwrap(), json!({}));
    }

    #[test]
    fn refuses_what_is_no_resource() {
        for (value, words) in
            [(json!({"gpu": 1.5}), "`gpu` is a whole number"), (json!("gpu"), "is a map or a list")]
        {
            let error = Part::from(Resources::default().generic_resources(value)).to_wire().unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
    }
}
