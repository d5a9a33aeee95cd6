//! The nodes of a swarm.

use super::{DockerClient, Node, NodeListParams, items};
use crate::api::nodes;
use crate::error::Result;

/// The nodes of a swarm (docker-py: `client.nodes`).
///
/// ```
/// # moondock_tests::example!(alone |client| {
/// use moondock_engine::models::NodeListParams;
/// use serde_json::json;
/// # let swarm = client.swarm().await?;
/// # swarm.init(&moondock_engine::models::SwarmInitParams::default().advertise_addr("127.0.0.1")).await?;
///
/// for node in client.nodes().list(&NodeListParams::default()).await? {
///     let mut spec = node.attrs()["Spec"].clone();
///     spec["Labels"] = json!({"disk": "ssd"});
///     if let Some(spec) = spec.as_object() {
///         node.update(spec).await?;
///     }
///     node.reload().await?;
///     assert_eq!(node.attrs()["Spec"]["Labels"]["disk"], "ssd");
/// }
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct Nodes {
    client: DockerClient,
}

impl Nodes {
    pub(super) fn new(client: DockerClient) -> Self {
        Self { client }
    }

    /// Gets a node by id or name.
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) when there is none; when the engine manages no swarm.
    pub async fn get(&self, id: &str) -> Result<Node> {
        Node::inspected(&self.client, nodes::inspect(id)).await
    }

    /// Lists nodes.
    ///
    /// # Errors
    ///
    /// When the engine manages no swarm or refuses a filter.
    pub async fn list(&self, params: &NodeListParams) -> Result<Vec<Node>> {
        let list = self.client.api().json(nodes::list(params)).await?;
        Ok(items(&list).map(|attrs| Node::new(self.client.clone(), attrs.clone())).collect())
    }
}
