//! A node of a swarm.

use serde_json::{Map, Value};

use super::NodeRemoveParams;
use super::object::{object, versioned};
use crate::api::nodes;
use crate::error::Result;

object! {
    /// A node of a swarm (docker-py: `docker.models.nodes.Node`). Clones share their attributes.
    Node, nodes::inspect
}

versioned!(Node);

impl Node {
    /// Sets it to a specification, `{Name, Labels, Role, Availability}`; what is left out is unset.
    ///
    /// # Errors
    ///
    /// When it has changed since it was loaded, or would be the last manager to go.
    pub async fn update(&self, spec: &Map<String, Value>) -> Result<()> {
        self.client.api().empty(nodes::update(&self.id, self.version(), Some(spec))).await
    }

    /// Removes it from its swarm.
    ///
    /// # Errors
    ///
    /// When it is a manager, or is active and `force` is not set.
    pub async fn remove(&self, params: &NodeRemoveParams) -> Result<()> {
        self.client.api().empty(nodes::remove(&self.id, params)).await
    }
}
