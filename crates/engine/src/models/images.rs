//! The images of an engine.

use serde_json::Value;

use super::progress::image_id;
use super::{
    BuildParams, BuildPruneParams, Builder, DistributionParams, DockerClient, Image, ImageImportParams,
    ImageInspectParams, ImageListParams, ImageLoadParams, ImagePruneParams, ImageRemoveParams,
    ImageSaveParams, ImportSource, Progress, PullParams, PushParams, RegistryData, SearchParams, get_each,
    id_of, items, listed, pruned,
};
use crate::api::{build_cache, images};
use crate::build_context::BuildContext;
use crate::error::{Error, ErrorKind, Result};
use crate::request::Request;
use crate::stream::{ByteStream, JsonLines, archive, once};
use crate::types::parse_repository_tag;

/// The images of an engine (docker-py: `client.images`).
///
/// ```
/// # moondock_tests::example!(|client| {
/// use moondock_engine::models::{BuildParams, ImageRemoveParams};
/// use moondock_engine::stream::once;
///
/// let dockerfile = once("FROM busybox\nRUN echo hi > /greeting\n");
/// let built = client.images().build(&BuildParams::default().tag("example/images:1"), Some(dockerfile)).await?;
/// assert_eq!(built.image.tags(), ["example/images:1"]);
/// client.images().remove("example/images:1", &ImageRemoveParams::default()).await?;
/// # });
/// ```
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

/// The progress of a push, in the form that was asked for.
pub enum PushOutput {
    /// All of it as the engine wrote it: a JSON record a line.
    Collected(String),
    /// The records as they come, with `stream`.
    Streaming(Progress),
}

impl Images {
    pub(super) fn new(client: DockerClient) -> Self {
        Self { client }
    }

    async fn progress(&self, request: Request, kind: ErrorKind) -> Result<Progress> {
        Ok(Progress::new(self.client.api().json_lines(request).await?, kind))
    }

    /// Gets an image by name or id.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ImageNotFound`] when there is none.
    pub async fn get(&self, name: &str) -> Result<Image> {
        self.get_with(name, &ImageInspectParams::default()).await
    }

    /// Gets an image by name or id, with what its attributes tell beside the usual.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ImageNotFound`] when there is none, or none for the platform.
    pub async fn get_with(&self, name: &str, params: &ImageInspectParams) -> Result<Image> {
        Image::inspected(&self.client, images::inspect(name, params)).await
    }

    /// Asks the registry of an image what it knows of it.
    ///
    /// # Errors
    ///
    /// When the registry does not have the image or refuses to tell.
    pub async fn get_registry_data(&self, name: &str, params: &DistributionParams) -> Result<RegistryData> {
        RegistryData::get(self.client.clone(), name, params).await
    }

    /// Searches Docker Hub: a list of `{"name", "description", "star_count", "is_official"}`.
    ///
    /// # Errors
    ///
    /// When the engine cannot reach Docker Hub or refuses a filter.
    pub async fn search(&self, term: &str, params: &SearchParams) -> Result<Value> {
        Ok(listed(self.client.api().json(images::search(term, params)).await?))
    }

    /// Lists images. One that goes away meanwhile is left out.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach or refuses a filter.
    pub async fn list(&self, params: &ImageListParams) -> Result<Vec<Image>> {
        let list = self.client.api().json(images::list(params)).await?;
        let ids = items(&list).map(|attrs| id_of(attrs).to_owned());
        let images = get_each(ids, |id| async move { self.get(&id).await }).await?;
        if params.shared_size || params.manifests {
            for image in &images {
                let mut rows = items(&list).filter(|row| id_of(row) == image.id());
                image.tell(rows.next().unwrap_or(&Value::Null));
            }
        }
        Ok(images)
    }

    /// Pulls an image and gives it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ImageNotFound`] when the registry does not have it; what the registry says otherwise.
    pub async fn pull(&self, repository: &str, params: &PullParams) -> Result<Image> {
        let (repository, tag) = split(repository, params);
        self.pulling(repository, Some(&tag), params).await?.finish().await?;
        self.get(&named(repository, Some(&tag))).await
    }

    /// Pulls every tag of a repository and gives the images.
    ///
    /// # Errors
    ///
    /// As [`Images::pull`].
    pub async fn pull_all(&self, repository: &str, params: &PullParams) -> Result<Vec<Image>> {
        let (repository, _) = split(repository, params);
        self.pulling(repository, None, params).await?.finish().await?;
        self.list(&ImageListParams::default().name(repository)).await
    }

    /// Pulls an image, or with `all_tags` every one of a repository, and gives the progress (docker-py:
    /// `APIClient.pull` with `stream` and `decode`).
    ///
    /// # Errors
    ///
    /// When the engine is out of reach, or the name cannot be one. What the registry says is the progress's error.
    pub async fn pull_progress(&self, repository: &str, params: &PullParams) -> Result<Progress> {
        let (repository, tag) = split(repository, params);
        self.pulling(repository, (!params.all_tags).then_some(&tag), params).await
    }

    async fn pulling(&self, repository: &str, tag: Option<&str>, params: &PullParams) -> Result<Progress> {
        let given = params.auth_config.as_ref();
        let auth_config = self.client.api().credentials_for(repository, given).await?;
        let request = images::pull(repository, tag, &PullParams { auth_config, ..params.clone() });
        self.progress(request, ErrorKind::APIError).await
    }

    /// Pushes an image: by default until it is done, giving the progress as text.
    ///
    /// # Errors
    ///
    /// When the engine does not have the image, or the registry refuses it (docker-py leaves the latter in the text).
    pub async fn push(&self, repository: &str, params: &PushParams) -> Result<PushOutput> {
        let request = self.pushing(repository, params).await?;
        if params.stream {
            return Ok(PushOutput::Streaming(self.progress(request, ErrorKind::APIError).await?));
        }
        let text = crate::stream::collect(self.client.api().bytes(request).await?).await?;
        Progress::new(JsonLines::new(once(text.clone())), ErrorKind::APIError).finish().await?;
        Ok(PushOutput::Collected(String::from_utf8_lossy(&text).into_owned()))
    }

    /// Pushes an image and gives the progress.
    ///
    /// # Errors
    ///
    /// When the engine does not have the image. What the registry says is the progress's error.
    pub async fn push_progress(&self, repository: &str, params: &PushParams) -> Result<Progress> {
        self.progress(self.pushing(repository, params).await?, ErrorKind::APIError).await
    }

    async fn pushing(&self, repository: &str, params: &PushParams) -> Result<Request> {
        let (repository, tag) = match params.tag.as_deref().filter(|tag| !tag.is_empty()) {
            Some(tag) => (repository, Some(tag)),
            None => parse_repository_tag(repository),
        };
        let given = params.auth_config.as_ref();
        let auth_config = self.client.api().credentials_for(repository, given).await?;
        Ok(images::push(repository, tag, &PushParams { auth_config, ..params.clone() }))
    }

    /// Builds an image from a folder, a remote context, or `source`: a whole context with `custom_context`, else a
    /// Dockerfile.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::BuildError`] with the builder's log when the build fails; when the folder cannot be read.
    pub async fn build(&self, params: &BuildParams, source: Option<ByteStream>) -> Result<Built> {
        let log = self.build_progress(params, source).await?.finish().await?;
        let Some(id) = image_id(&log) else {
            let words = "the build ended without an image's id";
            return Err(Error::new(ErrorKind::BuildError, words).with_log(log));
        };
        Ok(Built { image: self.get(&id).await?, log })
    }

    /// Builds an image and gives the builder's progress (docker-py: `APIClient.build` with `decode`).
    ///
    /// # Errors
    ///
    /// When the folder cannot be read, or the engine is out of reach. A build that fails is the progress's error.
    pub async fn build_progress(&self, params: &BuildParams, source: Option<ByteStream>) -> Result<Progress> {
        let mut params = params.clone();
        if params.use_config_proxy {
            let arguments = params.buildargs.get_or_insert_default();
            for (name, value) in self.client.api().proxies()? {
                arguments.entry(name).or_insert(value.into());
            }
        }
        let context = BuildContext::new(&params, source).await?;
        params.gzip = context.gzip;
        let (remote, dockerfile) = (context.remote, context.dockerfile);
        let request = images::build(&params, remote.as_deref(), dockerfile.as_deref(), context.archive)?;
        let request = match params.builder {
            // It asks for credentials in a session and reads no others.
            Some(Builder::BuildKit) => request,
            _ => request.registry_config(&self.client.api().all_credentials().await?),
        };
        self.progress(request, ErrorKind::BuildError).await
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
    pub async fn load(&self, archive: ByteStream, params: &ImageLoadParams) -> Result<Vec<Image>> {
        let log = self.load_progress(archive, params).await?.finish().await?;
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

    /// Loads the images of an archive and gives the progress (docker-py: `APIClient.load_image`).
    ///
    /// # Errors
    ///
    /// When the engine is out of reach. An archive without images is the progress's error.
    pub async fn load_progress(&self, archive: ByteStream, params: &ImageLoadParams) -> Result<Progress> {
        self.progress(images::load(archive, params), ErrorKind::ImageLoadError).await
    }

    /// Saves several images in one archive, as it arrives, and fails midway as [`Image::save`] does (no counterpart in
    /// docker-py).
    ///
    /// # Errors
    ///
    /// When the engine does not have one of them.
    pub async fn save(&self, names: &[&str], params: &ImageSaveParams) -> Result<ByteStream> {
        Ok(archive(self.client.api().bytes(images::save_all(names, params)).await?))
    }

    /// Makes an image of an archive of its files, and gives it.
    ///
    /// # Errors
    ///
    /// When the archive cannot be read or is none, or the name cannot be an image's.
    pub async fn import(&self, source: impl Into<ImportSource>, params: &ImageImportParams) -> Result<Image> {
        let source = source.into();
        let pulled = match &source {
            ImportSource::Image(image) => Some(named(image, params.tag.as_deref())),
            _ => None,
        };
        let log = self.import_progress(source, params).await?.finish().await?;
        let imported = log.iter().rev().find_map(|record| record.get("status")?.as_str());
        match pulled.as_deref().or(imported) {
            Some(name) => self.get(name.trim()).await,
            None => {
                Err(Error::new(ErrorKind::APIError, "the import ended without an image's id").with_log(log))
            }
        }
    }

    /// Makes an image of an archive of its files, and gives the progress; the last record's `status` is the image's id
    /// (docker-py: `APIClient.import_image`).
    ///
    /// # Errors
    ///
    /// As [`Images::import`]; what the engine finds is the progress's error.
    pub async fn import_progress(
        &self,
        source: impl Into<ImportSource>,
        params: &ImageImportParams,
    ) -> Result<Progress> {
        let request = match source.into() {
            ImportSource::File(path) => images::import_archive(crate::stream::file(&path).await?, params),
            ImportSource::Archive(archive) => images::import_archive(archive, params),
            ImportSource::Url(url) => images::import_url(&url, params),
            ImportSource::Image(image) => images::import_image(&image, params),
        };
        self.progress(request, ErrorKind::APIError).await
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

/// A repository with a tag or digest.
fn named(repository: &str, tag: Option<&str>) -> String {
    match tag {
        None => repository.to_owned(),
        Some(tag) if tag.contains(':') => format!("{repository}@{tag}"),
        Some(tag) => format!("{repository}:{tag}"),
    }
}
