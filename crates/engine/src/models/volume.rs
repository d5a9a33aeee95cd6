//! A volume.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Attrs, DockerClient, VolumeRemoveParams, VolumeUpdateParams};
use crate::api::volumes;
use crate::error::Result;

/// A volume (docker-py: `docker.models.volumes.Volume`). Clones share their attributes.
#[derive(Clone, Debug)]
pub struct Volume {
    client: DockerClient,
    name: Arc<str>,
    attrs: Attrs,
}

impl Volume {
    pub(super) fn new(client: DockerClient, attrs: Value) -> Self {
        let name = attrs.get("Name").and_then(Value::as_str).unwrap_or_default().into();
        Self { client, name, attrs: Attrs::new(attrs) }
    }

    /// The client that it came from.
    pub fn client(&self) -> &DockerClient {
        &self.client
    }

    /// The name, which is what a volume has for an id.
    pub fn id(&self) -> &str {
        &self.name
    }

    /// The first twelve characters of the name.
    pub fn short_id(&self) -> String {
        self.name.chars().take(12).collect()
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The raw attributes as the engine gave them last.
    pub fn attrs(&self) -> Arc<Value> {
        self.attrs.get()
    }

    /// Gets the attributes anew.
    ///
    /// # Errors
    ///
    /// When the volume is gone.
    pub async fn reload(&self) -> Result<()> {
        self.attrs.set(self.client.api().json(volumes::inspect(&self.name)).await?);
        Ok(())
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
        let id = cluster["ID"].as_str().unwrap_or(&self.name);
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
        self.client.api().empty(volumes::remove(&self.name, params)).await
    }
}

impl PartialEq for Volume {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
