//! An image.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Attrs, DockerClient, ImageRemoveParams, TagParams, id_of};
use crate::api::images;
use crate::error::Result;

/// An image (docker-py: `docker.models.images.Image`). Clones share their attributes.
#[derive(Clone, Debug)]
pub struct Image {
    client: DockerClient,
    id: Arc<str>,
    attrs: Attrs,
}

impl Image {
    pub(super) fn new(client: DockerClient, attrs: Value) -> Self {
        Self { client, id: id_of(&attrs).into(), attrs: Attrs::new(attrs) }
    }

    /// The client that it came from.
    pub fn client(&self) -> &DockerClient {
        &self.client
    }

    /// The full id, for example `sha256:...`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The id cut to its algorithm and the first twelve digits.
    pub fn short_id(&self) -> String {
        let length = if self.id.starts_with("sha256:") { 19 } else { 12 };
        self.id.chars().take(length).collect()
    }

    /// The raw attributes as the engine gave them last.
    pub fn attrs(&self) -> Arc<Value> {
        self.attrs.get()
    }

    /// The labels.
    pub fn labels(&self) -> Map<String, Value> {
        let attrs = self.attrs.get();
        attrs.pointer("/Config/Labels").and_then(Value::as_object).cloned().unwrap_or_default()
    }

    /// The names that it has, each with its tag.
    pub fn tags(&self) -> Vec<String> {
        let attrs = self.attrs.get();
        let tags =
            attrs.get("RepoTags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        tags.filter(|tag| *tag != "<none>:<none>").map(str::to_owned).collect()
    }

    /// Gets the attributes anew.
    ///
    /// # Errors
    ///
    /// When the image is gone.
    pub async fn reload(&self) -> Result<()> {
        self.attrs.set(self.client.api().json(images::inspect(&self.id)).await?);
        Ok(())
    }

    /// Removes it.
    ///
    /// # Errors
    ///
    /// When a container uses it and `force` is not set.
    pub async fn remove(&self, params: &ImageRemoveParams) -> Result<Value> {
        self.client.api().json(images::remove(&self.id, params)).await
    }

    /// Gives it another name; true when that is done.
    ///
    /// # Errors
    ///
    /// When the name cannot be an image's.
    pub async fn tag(&self, params: &TagParams) -> Result<bool> {
        let answer = self.client.api().send(images::tag(&self.id, params)).await?;
        Ok(answer.status() == http::StatusCode::CREATED)
    }
}

impl PartialEq for Image {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
