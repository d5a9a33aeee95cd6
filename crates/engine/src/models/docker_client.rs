//! Where everything starts.

use std::path::Path;

use serde_json::Value;

use super::{
    Configs, Containers, EventsParams, Images, LoginParams, Networks, Nodes, Plugins, Secrets, Services,
    Swarm, Volumes,
};
use crate::api::system;
use crate::client::{Client, Settings};
use crate::error::Result;
use crate::stream::JsonLines;

/// A client of a Docker Engine (docker-py: `docker.DockerClient`). Clones share its connections.
///
/// ```
/// # moondock_tests::example!(|client| {
/// use futures_util::StreamExt;
/// use moondock_engine::models::EventsParams;
/// use moondock_engine::types::Filters;
///
/// assert!(client.ping().await?);
/// assert!(client.version().await?["Version"].is_string());
/// let made = Filters::default().with("type", "volume").with("event", "create").with("volume", "example-client");
/// # let params = moondock_engine::models::VolumeCreateParams::default().name("example-client");
/// # let volume = client.volumes().create(&params).await?;
/// let mut events = client.events(&EventsParams::default().since("10m").filters(made)).await?;
/// let event = events.next().await.transpose()?.unwrap_or_default();
/// assert_eq!(event["Actor"]["ID"], "example-client");
/// # volume.remove(&moondock_engine::models::VolumeRemoveParams::default()).await?;
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct DockerClient {
    client: Client,
}

impl DockerClient {
    /// Makes a client. Nothing is sent before the first call.
    pub fn new(settings: Settings) -> Self {
        Self { client: Client::new(settings) }
    }

    /// Makes a client for the engine that the docker CLI would talk to: [`Settings::from_env`] says which that is.
    ///
    /// # Errors
    ///
    /// As [`Settings::from_env`].
    pub fn from_env() -> Result<Self> {
        Ok(Self::new(Settings::from_env()?))
    }

    /// Makes a client for the engine of one of docker's contexts; without a name, of the current one.
    ///
    /// # Errors
    ///
    /// When there is no such context, or it cannot be read.
    pub fn from_context(name: Option<&str>) -> Result<Self> {
        Ok(Self::new(Settings::from_context(name)?))
    }

    /// The client below, which carries out any request (docker-py: `client.api`).
    pub fn api(&self) -> &Client {
        &self.client
    }

    /// The engine's containers.
    pub fn containers(&self) -> Containers {
        Containers::new(self.clone())
    }

    /// The engine's images.
    pub fn images(&self) -> Images {
        Images::new(self.clone())
    }

    /// The engine's networks.
    pub fn networks(&self) -> Networks {
        Networks::new(self.clone())
    }

    /// The engine's plugins.
    pub fn plugins(&self) -> Plugins {
        Plugins::new(self.clone())
    }

    /// The engine's volumes.
    pub fn volumes(&self) -> Volumes {
        Volumes::new(self.clone())
    }

    /// The swarm that the engine is part of, as it is now. An engine that manages none has one without attributes.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach.
    pub async fn swarm(&self) -> Result<Swarm> {
        Swarm::load(self.clone()).await
    }

    /// The nodes of the engine's swarm.
    pub fn nodes(&self) -> Nodes {
        Nodes::new(self.clone())
    }

    /// The services of the engine's swarm.
    pub fn services(&self) -> Services {
        Services::new(self.clone())
    }

    /// The secrets of the engine's swarm.
    pub fn secrets(&self) -> Secrets {
        Secrets::new(self.clone())
    }

    /// The configs of the engine's swarm.
    pub fn configs(&self) -> Configs {
        Configs::new(self.clone())
    }

    /// Logs in to a registry: the engine checks the credentials, and later calls use them. Gives the engine's answer, or
    /// the credentials themselves when they were known already.
    ///
    /// # Errors
    ///
    /// When the registry refuses them or is out of the engine's reach, or a configuration file cannot be read.
    pub async fn login(&self, params: &LoginParams) -> Result<Value> {
        self.client.login(params).await
    }

    /// Forgets what was logged in with, and takes credentials from a configuration file from now on, else from the
    /// client's own (docker-py: `APIClient.reload_config`).
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn reload_config(&self, dockercfg_path: Option<&Path>) -> Result<()> {
        self.client.reload_config(dockercfg_path)
    }

    /// Whether the engine answers.
    ///
    /// # Errors
    ///
    /// When it is out of reach or answers with an error.
    pub async fn ping(&self) -> Result<bool> {
        Ok(self.client.text(system::ping()).await?.trim() == "OK")
    }

    /// The engine's version and its parts'.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach or answers with an error.
    pub async fn version(&self) -> Result<Value> {
        self.client.json(system::version()).await
    }

    /// What `docker info` shows.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach or answers with an error.
    pub async fn info(&self) -> Result<Value> {
        self.client.json(system::info()).await
    }

    /// How much disk the engine uses.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach or answers with an error.
    pub async fn df(&self) -> Result<Value> {
        self.client.json(system::df()).await
    }

    /// The engine's events as they happen, as the engine sends them; [`typed`](JsonLines::typed) reads them as
    /// [`Event`](super::Event). The stream also ends when the connection does.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach or refuses a filter.
    pub async fn events(&self, params: &EventsParams) -> Result<JsonLines> {
        self.client.json_lines(system::events(params)).await
    }
}
