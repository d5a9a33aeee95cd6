//! Which driver to use.

use serde_json::{Map, Value};

use crate::error::Result;
use crate::params;
use crate::types::fields::Fields;
use crate::types::part::PartType;

params! {
    /// Which driver to use, and how: for logs, volumes and secrets (docker-py: `docker.types.DriverConfig`).
    pub struct DriverConfig {
        /// The driver's name.
        name: String => required,
        /// Options of the driver.
        options: Option<Map<String, Value>>,
    }
}

impl PartType for DriverConfig {
    const NAME: &'static str = "DriverConfig";

    fn to_wire(&self) -> Result<Value> {
        Ok(Fields::default().set("Name", self.name.as_str()).filled("Options", self.options.clone()).into())
    }
}
