//! An image.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::object::object;
use super::{
    AttestationsParams, ImageHistoryParams, ImageInspectParams, ImageRemoveParams, ImageSaveParams,
    TagParams, listed,
};
use crate::api::images;
use crate::error::{Error, ErrorKind, Result};
use crate::params::{Kind, ParamType};
use crate::stream::{ByteStream, archive, at_most};

crate::params! {
    /// How to save an image.
    pub struct SaveParams {
        /// How many bytes a piece of the archive has at most; without a number, as many as arrive at once.
        chunk_size: Option<u64>,
        /// Keep a name in the archive: the first one with `true`, or one of the image's.
        named: Option<Named>;
        /// What to save.
        ..image: ImageSaveParams,
    }
}

/// The name that an archive keeps.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Named {
    /// The image's first one, or none.
    Any(bool),
    /// This one of the image's.
    Tag(String),
}

impl From<bool> for Named {
    fn from(any: bool) -> Self {
        Self::Any(any)
    }
}

impl From<&str> for Named {
    fn from(tag: &str) -> Self {
        Self::Tag(tag.to_owned())
    }
}

impl ParamType for Named {
    const KIND: Kind = Kind::Union(&[Kind::Bool, Kind::Str]);
}

object! {
    /// An image (docker-py: `docker.models.images.Image`). Clones share their attributes.
    Image, |id| images::inspect(id, &ImageInspectParams::default())
}

impl Image {
    /// Takes over what only a list tells, and only if it is asked to.
    pub(super) fn tell(&self, row: &Value) {
        let mut attrs = Value::clone(&self.attrs.get());
        for name in ["SharedSize", "Manifests"] {
            if let Some(value) = row.get(name) {
                attrs[name] = value.clone();
            }
        }
        self.attrs.set(&attrs.into());
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

    /// Removes it.
    ///
    /// # Errors
    ///
    /// When a container uses it and `force` is not set.
    pub async fn remove(&self, params: &ImageRemoveParams) -> Result<Value> {
        self.client.api().json(images::remove(&self.id, params)).await
    }

    /// Its layers, the newest first: a list of `{"Id", "Created", "CreatedBy", "Tags", "Size", "Comment"}`.
    ///
    /// # Errors
    ///
    /// When the image is gone.
    pub async fn history(&self, params: &ImageHistoryParams) -> Result<Value> {
        Ok(listed(self.client.api().json(images::history(&self.id, params)).await?))
    }

    /// The statements on how it was made (no counterpart in docker-py).
    ///
    /// # Errors
    ///
    /// When the image is gone, or the engine's API is before 1.55.
    pub async fn attestations(&self, params: &AttestationsParams) -> Result<Value> {
        Ok(listed(self.client.api().json(images::attestations(&self.id, params)).await?))
    }

    /// Saves it: an archive that `docker load` takes, as it arrives. Should the engine fail midway, its words are the
    /// stream's last error; they are looked for at the archive's end, where a whole one has zeros.
    ///
    /// # Errors
    ///
    /// When the image is gone, or does not have the name to keep.
    pub async fn save(&self, params: &SaveParams) -> Result<ByteStream> {
        let tags = self.tags();
        let name = match &params.named {
            None | Some(Named::Any(false)) => self.id(),
            Some(Named::Any(true)) => tags.first().map_or(self.id(), String::as_str),
            Some(Named::Tag(tag)) if tags.contains(tag) => tag,
            Some(Named::Tag(tag)) => {
                let words = format!("`{tag}` is no name of this image; it has {}", tags.join(", "));
                return Err(Error::new(ErrorKind::InvalidArgument, words));
            }
        };
        let archive = archive(self.client.api().bytes(images::save(name, &params.image)).await?);
        Ok(match params.chunk_size {
            Some(size) => at_most(archive, size),
            None => archive,
        })
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
