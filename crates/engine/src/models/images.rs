//! The images of an engine.

use serde_json::Value;

use super::progress::{Progress, image_id};
use super::{
    BuildParams, BuildPruneParams, DockerClient, Image, ImageListParams, ImagePruneParams, ImageRemoveParams,
    PullParams, get_each, id_of, items, pruned,
};
use crate::api::{build_cache, images};
use crate::build_context::BuildContext;
use crate::error::{Error, ErrorKind, Result};
use crate::stream::ByteStream;
use crate::types::parse_repository_tag;

/// The images of an engine (docker-py: `client.images`).
#[derive(Clone, Debug)]
pub struct Images {
    client: DockerClient,
}

/// An image that was built.
#[derive(Debug)]
pub struct Built {
    /// The image.
    pub image: Image,
    /// The builder's progress records.
    pub log: Vec<Value>,
}

impl Images {
    pub(super) fn new(client: DockerClient) -> Self {
        Self { client }
    }

    /// Gets an image by name or id.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ImageNotFound`] when there is none.
    pub async fn get(&self, name: &str) -> Result<Image> {
        let attrs = self.client.api().json(images::inspect(name)).await?;
        Ok(Image::new(self.client.clone(), attrs))
    }

    /// Lists images. One that goes away meanwhile is left out.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach or refuses a filter.
    pub async fn list(&self, params: &ImageListParams) -> Result<Vec<Image>> {
        let list = self.client.api().json(images::list(params)).await?;
        let ids = items(&list).map(|attrs| id_of(attrs).to_owned());
        get_each(ids, |id| async move { self.get(&id).await }).await
    }

    /// Pulls an image and gives it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ImageNotFound`] when the registry does not have it; what the registry says otherwise.
    pub async fn pull(&self, repository: &str, params: &PullParams) -> Result<Image> {
        let (repository, tag) = split(repository, params);
        self.pull_progress(repository, Some(&tag), params).await?;
        let separator = if tag.contains(':') { '@' } else { ':' };
        self.get(&format!("{repository}{separator}{tag}")).await
    }

    /// Pulls every tag of a repository and gives the images.
    ///
    /// # Errors
    ///
    /// As [`Images::pull`].
    pub async fn pull_all(&self, repository: &str, params: &PullParams) -> Result<Vec<Image>> {
        let (repository, _) = split(repository, params);
        self.pull_progress(repository, None, params).await?;
        self.list(&ImageListParams::default().name(repository)).await
    }

    async fn pull_progress(&self, repository: &str, tag: Option<&str>, params: &PullParams) -> Result<()> {
        let stream = self.client.api().json_lines(images::pull(repository, tag, params)).await?;
        Progress::new(stream).finish(ErrorKind::APIError).await.map(drop)
    }

    /// Builds an image from a folder, a remote context, or `source`: a whole context with `custom_context`, else a
    /// Dockerfile.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::BuildError`] with the builder's log when the build fails; when the folder cannot be read.
    pub async fn build(&self, params: &BuildParams, source: Option<ByteStream>) -> Result<Built> {
        let mut params = params.clone();
        if params.use_config_proxy {
            let arguments = params.buildargs.get_or_insert_default();
            for (name, value) in self.client.api().proxies()? {
                arguments.entry(name).or_insert(value.into());
            }
        }
        let context = BuildContext::new(&params, source).await?;
        let (remote, dockerfile) = (context.remote, context.dockerfile);
        let request = images::build(&params, remote.as_deref(), dockerfile.as_deref(), context.archive)?;
        let stream = self.client.api().json_lines(request).await?;
        let log = Progress::new(stream).finish(ErrorKind::BuildError).await?;
        let Some(id) = image_id(&log) else {
            let words = "the build ended without an image's id";
            return Err(Error::new(ErrorKind::BuildError, words).with_log(log));
        };
        Ok(Built { image: self.get(&id).await?, log })
    }

    /// Removes an image by name or id: a list of `{"Untagged"}` and `{"Deleted"}`.
    ///
    /// # Errors
    ///
    /// When a container uses it and `force` is not set.
    pub async fn remove(&self, name: &str, params: &ImageRemoveParams) -> Result<Value> {
        self.client.api().json(images::remove(name, params)).await
    }

    /// Loads the images of an archive that `docker save` made.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ImageLoadError`] when the archive holds no images.
    pub async fn load(&self, archive: ByteStream) -> Result<Vec<Image>> {
        let stream = self.client.api().json_lines(images::load(archive)).await?;
        let log = Progress::new(stream).finish(ErrorKind::ImageLoadError).await?;
        let mut loaded = Vec::new();
        for words in log.iter().filter_map(|record| record.get("stream")?.as_str()) {
            let name =
                words.strip_prefix("Loaded image ID: ").or_else(|| words.strip_prefix("Loaded image: "));
            if let Some(name) = name {
                loaded.push(self.get(name.trim()).await?);
            }
        }
        Ok(loaded)
    }

    /// Removes unused images.
    ///
    /// # Errors
    ///
    /// When the engine refuses a filter.
    pub async fn prune(&self, params: &ImagePruneParams) -> Result<Value> {
        pruned(&self.client, images::prune(params), "ImagesDeleted").await
    }

    /// Removes what the builder has cached.
    ///
    /// # Errors
    ///
    /// When the engine refuses a filter.
    pub async fn prune_builds(&self, params: &BuildPruneParams) -> Result<Value> {
        pruned(&self.client, build_cache::prune(params), "CachesDeleted").await
    }
}

/// The repository, and the tag or digest to pull of it.
fn split<'a>(repository: &'a str, params: &PullParams) -> (&'a str, String) {
    let (repository, own) = parse_repository_tag(repository);
    let tag = params.tag.as_deref().filter(|tag| !tag.is_empty()).or(own).unwrap_or("latest");
    (repository, tag.to_owned())
}
