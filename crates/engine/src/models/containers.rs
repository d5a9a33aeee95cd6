//! The containers of an engine.

use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::Value;

use super::{
    AT_ONCE, Container, ContainerListParams, ContainerPruneParams, CreateParams, DockerClient, RunOutput,
    RunParams, id_of, items, pruned, run,
};
use crate::api::containers;
use crate::error::{ErrorKind, Result};

/// The containers of an engine (docker-py: `client.containers`).
#[derive(Clone, Debug)]
pub struct Containers {
    client: DockerClient,
}

impl Containers {
    pub(super) fn new(client: DockerClient) -> Self {
        Self { client }
    }

    /// Runs a container: by default until it ends, giving what it wrote to its standard output.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ContainerError`] when the command fails; when the image can neither be found nor pulled; when an
    /// argument is wrong.
    pub async fn run(&self, image: &str, params: RunParams) -> Result<RunOutput> {
        run::run(&self.client, image, params).await
    }

    /// Creates a container without starting it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ImageNotFound`] without the image; when an argument is wrong.
    pub async fn create(&self, image: &str, params: &CreateParams) -> Result<Container> {
        let created = self.client.api().json(containers::create(image, params)?).await?;
        self.get(id_of(&created)).await
    }

    /// Gets a container by name or id.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when there is none.
    pub async fn get(&self, id: &str) -> Result<Container> {
        let attrs = self.client.api().json(containers::inspect(id)).await?;
        Ok(Container::new(self.client.clone(), attrs))
    }

    /// Lists containers, by default those that run. One that goes away meanwhile is left out.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach or refuses a filter.
    pub async fn list(&self, params: &ContainerListParams) -> Result<Vec<Container>> {
        let list = self.client.api().json(containers::list(params)).await?;
        if params.sparse {
            return Ok(items(&list)
                .map(|attrs| Container::new(self.client.clone(), attrs.clone()))
                .collect());
        }
        let inspections = items(&list).map(|attrs| {
            let id = id_of(attrs).to_owned();
            async move {
                match self.get(&id).await {
                    Ok(container) => Ok(Some(container)),
                    Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                    Err(error) => Err(error),
                }
            }
        });
        // Collected first: a stream over the borrowed list could not cross threads.
        let inspections: Vec<_> = inspections.collect();
        stream::iter(inspections)
            .buffered(AT_ONCE)
            .try_filter_map(|found| async { Ok(found) })
            .try_collect()
            .await
    }

    /// Removes stopped containers.
    ///
    /// # Errors
    ///
    /// When the engine refuses a filter.
    pub async fn prune(&self, params: &ContainerPruneParams) -> Result<Value> {
        pruned(&self.client, containers::prune(params), "ContainersDeleted").await
    }
}
