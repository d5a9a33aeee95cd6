//! The networks of an engine.

use serde_json::Value;

use super::{
    DockerClient, Network, NetworkCreateParams, NetworkInspectParams, NetworkListParams, NetworkPruneParams,
    get_each, id_of, items, pruned,
};
use crate::api::networks;
use crate::error::Result;

/// The networks of an engine (docker-py: `client.networks`).
///
/// ```
/// # moondock_tests::example!(|client| {
/// use moondock_engine::models::{NetworkCreateParams, NetworkListParams};
/// use moondock_engine::types::{IPAMConfig, IPAMPool};
///
/// let ipam = IPAMConfig::default().pool(IPAMPool::default().subnet("10.7.0.0/24"));
/// let network = client.networks().create("example-networks", &NetworkCreateParams::default().ipam(ipam)).await?;
/// let found = client.networks().list(&NetworkListParams::default().names("example-networks")).await?;
/// assert_eq!(found[0].attrs()["IPAM"]["Config"][0]["Subnet"], "10.7.0.0/24");
/// network.remove().await?;
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct Networks {
    client: DockerClient,
}

impl Networks {
    pub(super) fn new(client: DockerClient) -> Self {
        Self { client }
    }

    /// Creates a network.
    ///
    /// # Errors
    ///
    /// When the driver refuses it, for example since the subnet is taken; when an argument is wrong.
    pub async fn create(&self, name: &str, params: &NetworkCreateParams) -> Result<Network> {
        let created = self.client.api().json(networks::create(name, params)?).await?;
        self.get(id_of(&created), &NetworkInspectParams::default()).await
    }

    /// Gets a network by name or id.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is none; when several have the name.
    pub async fn get(&self, id: &str, params: &NetworkInspectParams) -> Result<Network> {
        Network::inspected(&self.client, networks::inspect(id, params)).await
    }

    /// Lists networks. With `greedy`, one that goes away meanwhile is left out.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach or refuses a filter.
    pub async fn list(&self, params: &NetworkListParams) -> Result<Vec<Network>> {
        let list = self.client.api().json(networks::list(params)).await?;
        if params.greedy {
            let ids = items(&list).map(|attrs| id_of(attrs).to_owned());
            return get_each(ids, |id| async move { self.get(&id, &NetworkInspectParams::default()).await })
                .await;
        }
        Ok(items(&list).map(|attrs| Network::new(self.client.clone(), attrs.clone())).collect())
    }

    /// Removes networks that no container is in.
    ///
    /// # Errors
    ///
    /// When the engine refuses a filter.
    pub async fn prune(&self, params: &NetworkPruneParams) -> Result<Value> {
        pruned(&self.client, networks::prune(params), "NetworksDeleted").await
    }
}
