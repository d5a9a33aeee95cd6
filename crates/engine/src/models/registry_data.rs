//! What a registry knows of an image.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::{Attrs, DockerClient, Image, PullParams, items};
use crate::api::registry::{DistributionParams, inspect_distribution};
use crate::error::Result;
use crate::types::{Platform, parse_repository_tag};

/// What a registry knows of an image (docker-py: `docker.models.images.RegistryData`). Clones share their attributes.
///
/// ```
/// # moondock_tests::example!(alone |client, registry| {
/// use moondock_engine::models::{DistributionParams, LoginParams, PushParams, TagParams};
///
/// let login = LoginParams::default().username("moondock").password("open sesame").registry(registry);
/// client.login(&login).await?;
/// let name = format!("{registry}/busybox");
/// let image = client.images().get("busybox").await?;
/// image.tag(&TagParams::default().repository(name.as_str()).tag("1")).await?;
/// client.images().push(&format!("{name}:1"), &PushParams::default()).await?;
///
/// let data = client.images().get_registry_data(&format!("{name}:1"), &DistributionParams::default()).await?;
/// assert!(data.id().starts_with("sha256:"));
/// assert_eq!(data.pull(None).await?.id(), image.id());
/// # });
/// ```
#[derive(Clone)]
pub struct RegistryData {
    client: DockerClient,
    name: Arc<str>,
    params: DistributionParams,
    attrs: Attrs,
}

impl fmt::Debug for RegistryData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The parameters may hold a password.
        f.debug_struct("RegistryData").field("name", &self.name).finish_non_exhaustive()
    }
}

impl RegistryData {
    pub(super) async fn get(client: DockerClient, name: &str, params: &DistributionParams) -> Result<Self> {
        let attrs = Value::Null.into();
        let data = Self { client, name: name.into(), params: params.clone(), attrs };
        data.reload().await?;
        Ok(data)
    }

    /// The client that it came from.
    pub fn client(&self) -> &DockerClient {
        &self.client
    }

    /// The image's name as it was asked for.
    pub fn image_name(&self) -> &str {
        &self.name
    }

    /// The image's digest, for example `sha256:...`.
    pub fn id(&self) -> String {
        self.attrs.text("/Descriptor/digest")
    }

    /// The digest cut to its algorithm and the first twelve digits.
    pub fn short_id(&self) -> String {
        self.id().chars().take(19).collect()
    }

    /// The raw attributes as the engine gave them last: `Descriptor` and `Platforms`.
    pub fn attrs(&self) -> Arc<Value> {
        self.attrs.get()
    }

    /// Pulls the image with this digest, for a platform if one is given, and gives it.
    ///
    /// # Errors
    ///
    /// As [`Images::pull`](super::Images::pull).
    pub async fn pull(&self, platform: Option<&str>) -> Result<Image> {
        let (repository, _) = parse_repository_tag(&self.name);
        let params = PullParams {
            tag: Some(self.id()),
            auth_config: self.params.auth_config.clone(),
            platform: platform.map(str::to_owned),
            ..PullParams::default()
        };
        self.client.images().pull(repository, &params).await
    }

    /// Whether the image is there for a platform; what the platform leaves out is the engine's.
    ///
    /// # Errors
    ///
    /// When the platform cannot be one, or the engine is out of reach.
    pub async fn has_platform(&self, platform: impl Into<Platform>) -> Result<bool> {
        let mut platform = platform.into().descriptor()?;
        let engine = self.client.version().await?;
        for (name, key) in [("os", "Os"), ("architecture", "Arch")] {
            platform.entry(name).or_insert_with(|| engine[key].clone());
        }
        let platform = Value::Object(platform);
        Ok(items(&self.attrs.get()["Platforms"]).any(|known| *known == platform))
    }

    /// Asks the registry anew, with the same credentials (docker-py: with those for the registry).
    ///
    /// # Errors
    ///
    /// When the registry does not have the image or refuses to tell.
    pub async fn reload(&self) -> Result<()> {
        let api = self.client.api();
        let auth_config = api.credentials_for(&self.name, self.params.auth_config.as_ref()).await?;
        let request = inspect_distribution(&self.name, &DistributionParams { auth_config });
        self.attrs.set(&api.json_as(request).await?);
        Ok(())
    }
}
