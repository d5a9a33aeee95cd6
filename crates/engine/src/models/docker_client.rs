//! Where everything starts.

use serde_json::Value;

use super::{Containers, EventsParams, Images, Networks, Plugins, Volumes};
use crate::api::system;
use crate::client::{Client, Settings};
use crate::error::Result;
use crate::stream::JsonLines;

/// A client of a Docker Engine (docker-py: `docker.DockerClient`). Clones share its connections.
#[derive(Clone, Debug)]
pub struct DockerClient {
    client: Client,
}

impl DockerClient {
    /// Makes a client. Nothing is sent before the first call.
    pub fn new(settings: Settings) -> Self {
        Self { client: Client::new(settings) }
    }

    /// Makes a client for the engine that `DOCKER_HOST` names, else for the one at the default socket.
    ///
    /// # Errors
    ///
    /// When `DOCKER_HOST` or `DOCKER_API_VERSION` is set to what cannot be read.
    pub fn from_env() -> Result<Self> {
        Ok(Self::new(Settings::from_env()?))
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

    /// The engine's events as they happen. The stream also ends when the connection does.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach or refuses a filter.
    pub async fn events(&self, params: &EventsParams) -> Result<JsonLines> {
        self.client.json_lines(system::events(params)).await
    }
}
