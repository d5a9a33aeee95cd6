//! The services of a swarm.

use serde_json::{Map, Value};

use super::{
    CreateServiceParams, DockerClient, Service, ServiceCreateParams, ServiceInspectParams, ServiceListParams,
    ServiceLogsParams, TaskListParams, UpdateServiceParams, frames, id_of, items,
};
use crate::api::{services, tasks};
use crate::error::Result;
use crate::request::{Body, Request};
use crate::stream::Frames;

/// The services of a swarm (docker-py: `client.services`).
///
/// ```
/// # moondock_tests::example!(alone |client| {
/// use moondock_engine::models::{ServiceCreateParams, ServiceInspectParams};
/// use moondock_engine::types::{ServiceMode, UpdateConfig};
/// # let swarm = client.swarm().await?;
/// # swarm.init(&moondock_engine::models::SwarmInitParams::default().advertise_addr("127.0.0.1")).await?;
///
/// let params = ServiceCreateParams::default()
///     .name("web")
///     .command("httpd -f")
///     .mode(ServiceMode::default().mode("replicated").replicas(2))
///     .update_config(UpdateConfig::default().order("start-first"));
/// let service = client.services().create("busybox", &params).await?;
/// service.reload().await?;
/// service.scale(3).await?;
/// let service = client.services().get("web", &ServiceInspectParams::default()).await?;
/// assert_eq!(service.attrs()["Spec"]["Mode"]["Replicated"]["Replicas"], 3);
/// service.remove().await?;
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct Services {
    client: DockerClient,
}

impl Services {
    pub(super) fn new(client: DockerClient) -> Self {
        Self { client }
    }

    /// Creates a service.
    ///
    /// # Errors
    ///
    /// When there is one of that name, an argument is wrong, or the engine manages no swarm.
    pub async fn create(&self, image: &str, params: &ServiceCreateParams) -> Result<Service> {
        let created = self.create_service(&params.request(image)?).await?;
        self.get(id_of(&created), &ServiceInspectParams::default()).await
    }

    /// Creates a service and gives the engine's `{"ID": ...}` (docker-py: `APIClient.create_service`).
    ///
    /// # Errors
    ///
    /// As [`Services::create`].
    pub async fn create_service(&self, params: &CreateServiceParams) -> Result<Value> {
        let request = services::create(params)?;
        self.client.api().json(self.authorized(request, params.service.auth_config.as_ref()).await?).await
    }

    /// Sends credentials for the image's registry along: those that are known, if none are given.
    async fn authorized(&self, request: Request, given: Option<&Map<String, Value>>) -> Result<Request> {
        let image = match &request.body {
            Body::Json(body) if given.is_none() => body.pointer("/TaskTemplate/ContainerSpec/Image"),
            _ => None,
        };
        let Some(image) = image.and_then(Value::as_str).map(str::to_owned) else { return Ok(request) };
        let found = self.client.api().credentials_for(&image, None).await?;
        Ok(request.registry_auth(found.as_ref()))
    }

    /// Gets a service by id or name.
    ///
    /// # Errors
    ///
    /// [`NotFound`](crate::ErrorKind::NotFound) when there is none; when the engine manages no swarm.
    pub async fn get(&self, id: &str, params: &ServiceInspectParams) -> Result<Service> {
        Service::inspected(&self.client, services::inspect(id, params)).await
    }

    /// Lists services.
    ///
    /// # Errors
    ///
    /// When the engine manages no swarm or refuses a filter.
    pub async fn list(&self, params: &ServiceListParams) -> Result<Vec<Service>> {
        let list = self.client.api().json(services::list(params)).await?;
        Ok(items(&list).map(|attrs| Service::new(self.client.clone(), attrs.clone())).collect())
    }

    /// Updates a service of a version and gives the engine's `{"Warnings": [...]}` (docker-py:
    /// `APIClient.update_service`).
    ///
    /// # Errors
    ///
    /// When it has another version by now, or an argument is wrong.
    pub async fn update_service(
        &self,
        id: &str,
        version: u64,
        params: &UpdateServiceParams,
    ) -> Result<Value> {
        let current = if params.fetch_current_spec {
            let inspect = ServiceInspectParams::default().insert_defaults(true);
            let mut attrs = self.client.api().json(services::inspect(id, &inspect)).await?;
            attrs.get_mut("Spec").map(Value::take)
        } else {
            None
        };
        let request = services::update(id, version, params, current.as_ref())?;
        let request = self.authorized(request, params.service.auth_config.as_ref()).await?;
        let mut answer = self.client.api().json(request).await?;
        if let Some(warnings) = answer.get_mut("Warnings").filter(|warnings| warnings.is_null()) {
            *warnings = Value::Array(Vec::new());
        }
        Ok(answer)
    }

    /// A service's logs as a stream of frames (docker-py: `APIClient.service_logs`).
    ///
    /// # Errors
    ///
    /// As [`Service::logs`].
    pub async fn logs(&self, id: &str, params: &ServiceLogsParams) -> Result<Frames> {
        let answer = self.client.api().send(services::logs(id, params)).await?;
        let service = services::inspect(id, &ServiceInspectParams::default());
        let has_terminal = self.has_terminal(service, "/Spec/TaskTemplate/ContainerSpec/TTY", params.is_tty);
        frames(&self.client, answer, has_terminal).await
    }

    /// Lists tasks of all services, as the engine describes them (docker-py: `APIClient.tasks`).
    ///
    /// # Errors
    ///
    /// When the engine manages no swarm or refuses a filter.
    pub async fn tasks(&self, params: &TaskListParams) -> Result<Value> {
        let tasks = self.client.api().json(tasks::list(params)).await?;
        Ok(if tasks.is_null() { Value::Array(Vec::new()) } else { tasks })
    }

    /// A task's logs as a stream of frames. docker-py does not have it.
    ///
    /// # Errors
    ///
    /// As [`Service::logs`].
    pub async fn task_logs(&self, id: &str, params: &ServiceLogsParams) -> Result<Frames> {
        let answer = self.client.api().send(tasks::logs(id, params)).await?;
        let has_terminal = self.has_terminal(tasks::inspect(id), "/Spec/ContainerSpec/TTY", params.is_tty);
        frames(&self.client, answer, has_terminal).await
    }

    /// Whether containers have a terminal: as the caller says, else as the engine does at a JSON pointer.
    async fn has_terminal(&self, inspect: Request, pointer: &str, known: Option<bool>) -> Result<bool> {
        if let Some(known) = known {
            return Ok(known);
        }
        let attrs = self.client.api().json(inspect).await?;
        Ok(attrs.pointer(pointer).and_then(Value::as_bool).unwrap_or(false))
    }
}
