//! The containers of an engine.

use serde_json::Value;

use super::{
    Container, ContainerListParams, ContainerPruneParams, ContainerSummaryParams, CreateParams, DockerClient,
    RunOutput, RunParams, get_each, id_of, items, pruned, run,
};
use crate::api::containers;
use crate::client::Client;
use crate::error::Result;
use crate::request::Request;

/// The containers of an engine (docker-py: `client.containers`).
///
/// ```
/// # moondock_tests::example!(|client| {
/// use moondock_engine::models::{ContainerListParams, ContainerRemoveParams, CreateParams, WaitParams};
/// use moondock_engine::types::Filters;
///
/// let params = CreateParams::default().command("sh -c 'exit 3'").labels([("example", "containers")]);
/// let container = client.containers().create("busybox", &params).await?;
/// container.start().await?;
/// assert_eq!(container.wait(&WaitParams::default()).await?["StatusCode"], 3);
///
/// let mine = Filters::default().with("label", "example=containers");
/// let found = client.containers().list(&ContainerListParams::default().all(true).filters(mine)).await?;
/// assert_eq!((found.len(), found[0].id()), (1, container.id()));
/// container.remove(&ContainerRemoveParams::default()).await?;
/// # });
/// ```
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
    /// [`ErrorKind::ContainerError`](crate::ErrorKind::ContainerError) when the command fails; when the image can
    /// neither be found nor pulled; when an argument is wrong.
    pub async fn run(&self, image: &str, params: RunParams) -> Result<RunOutput> {
        // Boxed, for all that a container can be given makes it large.
        Box::pin(run::run(&self.client, image, params)).await
    }

    /// Creates a container without starting it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ImageNotFound`](crate::ErrorKind::ImageNotFound) without the image; when an argument is wrong.
    pub async fn create(&self, image: &str, params: &CreateParams) -> Result<Container> {
        let api = self.client.api();
        let created = api.json(creation(api, image, params)?).await?;
        self.get(id_of(&created)).await
    }

    /// Gets a container by name or id.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is none.
    pub async fn get(&self, id: &str) -> Result<Container> {
        Container::inspected(&self.client, containers::inspect(id)).await
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
        let ids = items(&list).map(|attrs| id_of(attrs).to_owned());
        get_each(ids, |id| async move { self.get(&id).await }).await
    }

    /// Lists containers with what the engine tells of each in a list, in one request (docker-py:
    /// `APIClient.containers`).
    ///
    /// # Errors
    ///
    /// When the engine is out of reach or refuses a filter.
    pub async fn summaries(&self, params: &ContainerSummaryParams) -> Result<Value> {
        let list = self.client.api().json(containers::summaries(params)).await?;
        Ok(containers::shortened(list, params))
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

/// The request that creates a container, with the proxies of docker's configuration file. By itself, so that what waits
/// for the answer does not hold a copy of the parameters.
fn creation(api: &Client, image: &str, params: &CreateParams) -> Result<Request> {
    let container = params.container.with_proxies(api)?;
    containers::create(image, &CreateParams { container, ..params.clone() })
}
