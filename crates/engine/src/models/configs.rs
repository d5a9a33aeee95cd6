//! The configs of a swarm.

use super::{Config, ConfigCreateParams, ConfigListParams, DockerClient, items, named};
use crate::api::configs;
use crate::error::Result;

/// The configs of a swarm (docker-py: `client.configs`).
///
/// ```
/// # moondock_tests::example!(alone |client| {
/// use moondock_engine::models::{ConfigCreateParams, ConfigListParams};
/// # let swarm = client.swarm().await?;
/// # swarm.init(&moondock_engine::models::SwarmInitParams::default().advertise_addr("127.0.0.1")).await?;
///
/// let config = client.configs().create("app.conf", b"a = 1", &ConfigCreateParams::default()).await?;
/// assert_eq!(config.name(), "app.conf");
/// assert_eq!(client.configs().list(&ConfigListParams::default()).await?[0].id(), config.id());
/// config.remove().await?;
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct Configs {
    client: DockerClient,
}

impl Configs {
    pub(super) fn new(client: DockerClient) -> Self {
        Self { client }
    }

    /// Creates a config. What it has then is its id and name.
    ///
    /// # Errors
    ///
    /// When there is one of that name, or the engine manages no swarm.
    pub async fn create(&self, name: &str, data: &[u8], params: &ConfigCreateParams) -> Result<Config> {
        let created = self.client.api().json(configs::create(name, data, params)).await?;
        Ok(Config::new(self.client.clone(), named(created, name)))
    }

    /// Gets a config by id or name.
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) when there is none; when the engine manages no swarm.
    pub async fn get(&self, id: &str) -> Result<Config> {
        Config::inspected(&self.client, configs::inspect(id)).await
    }

    /// Lists configs.
    ///
    /// # Errors
    ///
    /// When the engine manages no swarm or refuses a filter.
    pub async fn list(&self, params: &ConfigListParams) -> Result<Vec<Config>> {
        let list = self.client.api().json(configs::list(params)).await?;
        Ok(items(&list).map(|attrs| Config::new(self.client.clone(), attrs.clone())).collect())
    }
}
