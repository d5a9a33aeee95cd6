//! A network.

use serde_json::Value;

use super::object::object;
use super::{Container, NetworkConnectParams, NetworkDisconnectParams, NetworkInspectParams, get_each};
use crate::api::networks;
use crate::error::Result;

object! {
    /// A network (docker-py: `docker.models.networks.Network`). Clones share their attributes.
    Network, |id| networks::inspect(id, &NetworkInspectParams::default())
}

impl Network {
    /// The name.
    pub fn name(&self) -> String {
        self.attrs.text("/Name")
    }

    /// The containers in it, as its attributes tell: those of a list have none, so [`Network::reload`] it first. One
    /// that went away meanwhile is left out, and so is what is no container, such as a load balancer of a swarm.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach.
    pub async fn containers(&self) -> Result<Vec<Container>> {
        let attrs = self.attrs.get();
        let ids = attrs.get("Containers").and_then(Value::as_object).into_iter().flat_map(|map| map.keys());
        let containers = &self.client.containers();
        get_each(ids.cloned(), |id| async move { containers.get(&id).await }).await
    }

    /// Connects a container, given itself or by its name or id.
    ///
    /// # Errors
    ///
    /// When there is no such container, it is in the network already, or an address is taken or not of the network.
    pub async fn connect(&self, container: impl AsRef<str>, params: &NetworkConnectParams) -> Result<()> {
        self.client.api().empty(networks::connect(&self.id, container.as_ref(), params)).await
    }

    /// Disconnects a container, given itself or by its name or id.
    ///
    /// # Errors
    ///
    /// When the container is not in the network.
    pub async fn disconnect(
        &self,
        container: impl AsRef<str>,
        params: &NetworkDisconnectParams,
    ) -> Result<()> {
        self.client.api().empty(networks::disconnect(&self.id, container.as_ref(), params)).await
    }

    /// Removes it.
    ///
    /// # Errors
    ///
    /// When containers are in it, or it is one of the engine's own.
    pub async fn remove(&self) -> Result<()> {
        self.client.api().empty(networks::remove(&self.id)).await
    }
}

/// The container's id, which names it in any call.
impl AsRef<str> for Container {
    fn as_ref(&self) -> &str {
        self.id()
    }
}
