//! A config of a swarm.

use serde_json::{Map, Value};

use super::object::{object, versioned};
use crate::api::configs;
use crate::error::Result;

object! {
    /// A config of a swarm (docker-py: `docker.models.configs.Config`). Clones share their attributes.
    Config, configs::inspect
}

versioned!(Config);

impl Config {
    /// The name.
    pub fn name(&self) -> String {
        self.attrs.text("/Spec/Name")
    }

    /// The labels.
    pub fn labels(&self) -> Map<String, Value> {
        self.attrs.get().pointer("/Spec/Labels").and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// Sets it to a specification, of which engines let the `Labels` change only. docker-py does not have it.
    ///
    /// # Errors
    ///
    /// When it has changed since it was loaded, or more than its labels would change.
    pub async fn update(&self, spec: &Map<String, Value>) -> Result<()> {
        self.client.api().empty(configs::update(&self.id, self.version(), spec)).await
    }

    /// Removes it.
    ///
    /// # Errors
    ///
    /// When a service uses it.
    pub async fn remove(&self) -> Result<()> {
        self.client.api().empty(configs::remove(&self.id)).await
    }
}
