//! The volumes of an engine.

use serde_json::Value;

use super::{DockerClient, Volume, VolumeCreateParams, VolumeListParams, VolumePruneParams, items, pruned};
use crate::api::volumes;
use crate::error::Result;

/// The volumes of an engine (docker-py: `client.volumes`).
///
/// ```
/// # moondock_tests::example!(|client| {
/// use moondock_engine::models::{RunParams, VolumeCreateParams, VolumeRemoveParams};
///
/// let volume = client.volumes().create(&VolumeCreateParams::default().name("example-volumes")).await?;
/// for (command, output) in [("sh -c 'echo kept > /data/file'", ""), ("cat /data/file", "kept\n")] {
///     let mut params = RunParams::default().command(command).remove(true);
///     params.create = params.create.volumes([(volume.name(), "/data")]);
///     assert_eq!(client.containers().run("busybox", params).await?.bytes(), output.as_bytes());
/// }
/// volume.remove(&VolumeRemoveParams::default()).await?;
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct Volumes {
    client: DockerClient,
}

impl Volumes {
    pub(super) fn new(client: DockerClient) -> Self {
        Self { client }
    }

    /// Creates a volume. One of that name that is there already is given instead.
    ///
    /// # Errors
    ///
    /// When the driver refuses it, or one of the name is there with another driver.
    pub async fn create(&self, params: &VolumeCreateParams) -> Result<Volume> {
        let attrs = self.client.api().json(volumes::create(params)).await?;
        Ok(Volume::new(self.client.clone(), attrs))
    }

    /// Gets a volume by name.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is none.
    pub async fn get(&self, name: &str) -> Result<Volume> {
        Volume::inspected(&self.client, volumes::inspect(name)).await
    }

    /// Lists volumes.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach or refuses a filter.
    pub async fn list(&self, params: &VolumeListParams) -> Result<Vec<Volume>> {
        let list = self.client.api().json(volumes::list(params)).await?;
        let volumes = items(list.get("Volumes").unwrap_or(&Value::Null));
        Ok(volumes.map(|attrs| Volume::new(self.client.clone(), attrs.clone())).collect())
    }

    /// Removes volumes that no container uses: since API 1.42 only those without a name of their own, unless the
    /// filter `all` is set.
    ///
    /// # Errors
    ///
    /// When the engine refuses a filter.
    pub async fn prune(&self, params: &VolumePruneParams) -> Result<Value> {
        pruned(&self.client, volumes::prune(params), "VolumesDeleted").await
    }
}
