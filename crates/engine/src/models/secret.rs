//! A secret of a swarm.

use serde_json::{Map, Value};

use super::object::{object, versioned};
use crate::api::secrets;
use crate::error::Result;

object! {
    /// A secret of a swarm (docker-py: `docker.models.secrets.Secret`). Clones share their attributes.
    Secret, secrets::inspect
}

versioned!(Secret);

impl Secret {
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
        self.client.api().empty(secrets::update(&self.id, self.version(), spec)).await
    }

    /// Removes it.
    ///
    /// # Errors
    ///
    /// When a service uses it.
    pub async fn remove(&self) -> Result<()> {
        self.client.api().empty(secrets::remove(&self.id)).await
    }
}
