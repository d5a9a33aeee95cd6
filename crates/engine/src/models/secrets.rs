//! The secrets of a swarm.

use super::{DockerClient, Secret, SecretCreateParams, SecretListParams, items, named};
use crate::api::secrets;
use crate::error::Result;

/// The secrets of a swarm (docker-py: `client.secrets`).
///
/// ```
/// # moondock_tests::example!(alone |client| {
/// use moondock_engine::models::{SecretCreateParams, SecretListParams};
/// # let swarm = client.swarm().await?;
/// # swarm.init(&moondock_engine::models::SwarmInitParams::default().advertise_addr("127.0.0.1")).await?;
///
/// let secret = client.secrets().create("key", b"hush", &SecretCreateParams::default()).await?;
/// assert_eq!(secret.name(), "key");
/// assert_eq!(client.secrets().list(&SecretListParams::default()).await?[0].id(), secret.id());
/// secret.remove().await?;
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct Secrets {
    client: DockerClient,
}

impl Secrets {
    pub(super) fn new(client: DockerClient) -> Self {
        Self { client }
    }

    /// Creates a secret. What it has then is its id and name.
    ///
    /// # Errors
    ///
    /// When there is one of that name, or the engine manages no swarm.
    pub async fn create(&self, name: &str, data: &[u8], params: &SecretCreateParams) -> Result<Secret> {
        let created = self.client.api().json(secrets::create(name, data, params)?).await?;
        Ok(Secret::new(self.client.clone(), named(created, name)))
    }

    /// Gets a secret by id or name.
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) when there is none; when the engine manages no swarm.
    pub async fn get(&self, id: &str) -> Result<Secret> {
        Secret::inspected(&self.client, secrets::inspect(id)).await
    }

    /// Lists secrets.
    ///
    /// # Errors
    ///
    /// When the engine manages no swarm or refuses a filter.
    pub async fn list(&self, params: &SecretListParams) -> Result<Vec<Secret>> {
        let list = self.client.api().json(secrets::list(params)).await?;
        Ok(items(&list).map(|attrs| Secret::new(self.client.clone(), attrs.clone())).collect())
    }
}
