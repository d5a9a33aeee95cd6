//! A volume.

use serde_json::{Map, Value};

use super::object::object;
use super::{VolumeRemoveParams, VolumeUpdateParams};
use crate::api::volumes;
use crate::error::Result;

object! {
    /// A volume (docker-py: `docker.models.volumes.Volume`). Clones share their attributes.
    Volume, volumes::inspect, named by "Name"
}

impl Volume {
    /// The name.
    pub fn name(&self) -> &str {
        &self.id
    }

    /// Changes a swarm's volume to a whole new specification, in the Engine API's own names, and gets its attributes
    /// anew. docker-py has no such method.
    ///
    /// # Errors
    ///
    /// When it is no swarm's, anything but `Availability` differs, or it was changed since its attributes were read.
    pub async fn update(&self, spec: Map<String, Value>) -> Result<()> {
        let attrs = self.attrs.get();
        let cluster = &attrs["ClusterVolume"];
        // Engines find it by its id in the swarm alone.
        let id = cluster["ID"].as_str().unwrap_or(&self.id);
        let version = cluster.pointer("/Version/Index").and_then(Value::as_i64).unwrap_or_default();
        let params = VolumeUpdateParams::default().version(version).spec(spec);
        self.client.api().empty(volumes::update(id, &params)).await?;
        self.reload().await
    }

    /// Removes it.
    ///
    /// # Errors
    ///
    /// When a container uses it.
    pub async fn remove(&self, params: &VolumeRemoveParams) -> Result<()> {
        self.client.api().empty(volumes::remove(&self.id, params)).await
    }
}
