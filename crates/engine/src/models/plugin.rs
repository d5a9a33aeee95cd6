//! A plugin.

use std::sync::Arc;

use serde_json::Value;

use super::progress::Progress;
use super::{
    Attrs, DockerClient, PluginDisableParams, PluginEnableParams, PluginPrivilegesParams, PluginPushParams,
    PluginRemoveParams, PluginUpgradeParams, id_of,
};
use crate::api::plugins;
use crate::error::{Error, ErrorKind, Result};
use crate::request::Request;
use crate::types::Pairs;

/// A plugin (docker-py: `docker.models.plugins.Plugin`). Clones share their attributes.
#[derive(Clone, Debug)]
pub struct Plugin {
    client: DockerClient,
    id: Arc<str>,
    attrs: Attrs,
}

impl Plugin {
    pub(super) fn new(client: DockerClient, attrs: Value) -> Self {
        Self { client, id: id_of(&attrs).into(), attrs: Attrs::new(attrs) }
    }

    /// The client that it came from.
    pub fn client(&self) -> &DockerClient {
        &self.client
    }

    /// The full id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The first twelve characters of the id.
    pub fn short_id(&self) -> String {
        self.id.chars().take(12).collect()
    }

    /// The raw attributes as the engine gave them last.
    pub fn attrs(&self) -> Arc<Value> {
        self.attrs.get()
    }

    /// The name with its tag.
    pub fn name(&self) -> String {
        self.attrs.text("/Name")
    }

    /// Whether it is enabled.
    pub fn enabled(&self) -> bool {
        self.attrs.get().get("Enabled").and_then(Value::as_bool).unwrap_or(false)
    }

    /// Its settings: `{Args, Devices, Env, Mounts}`.
    pub fn settings(&self) -> Value {
        self.attrs.get().get("Settings").cloned().unwrap_or(Value::Null)
    }

    /// Gets the attributes anew.
    ///
    /// # Errors
    ///
    /// When the plugin is gone.
    pub async fn reload(&self) -> Result<()> {
        self.attrs.set(self.client.api().json(plugins::inspect(&self.id)).await?);
        Ok(())
    }

    async fn change(&self, request: Request) -> Result<()> {
        self.client.api().empty(request).await?;
        self.reload().await
    }

    /// Sets its options: `NAME=value`, `MOUNT.source=path`, `DEVICE.path=path` or `args=words`.
    ///
    /// # Errors
    ///
    /// When it is enabled, or does not let an option be set.
    pub async fn configure(&self, options: &Pairs) -> Result<()> {
        self.change(plugins::configure(&self.name(), options)).await
    }

    /// Enables it.
    ///
    /// # Errors
    ///
    /// When it does not start or is enabled already.
    pub async fn enable(&self, params: &PluginEnableParams) -> Result<()> {
        self.change(plugins::enable(&self.name(), params)).await
    }

    /// Disables it.
    ///
    /// # Errors
    ///
    /// When it is in use and `force` is not set, or is disabled already.
    pub async fn disable(&self, params: &PluginDisableParams) -> Result<()> {
        self.change(plugins::disable(&self.name(), params)).await
    }

    /// Pushes it to the registry of its name and gives the progress records.
    ///
    /// # Errors
    ///
    /// What the registry says.
    pub async fn push(&self, params: &PluginPushParams) -> Result<Vec<Value>> {
        let name = self.name();
        let auth_config = self.client.api().credentials_for(&name, params.auth_config.as_ref()).await?;
        let request = plugins::push(&name, &PluginPushParams { auth_config });
        let stream = self.client.api().json_lines(request).await?;
        Progress::new(stream, ErrorKind::APIError).finish().await
    }

    /// Replaces it by what a registry has, by default under its own name; it may then do what it wants to be allowed.
    /// Gives the progress records.
    ///
    /// # Errors
    ///
    /// When it is enabled; what the registry says.
    pub async fn upgrade(&self, remote: Option<&str>, params: &PluginUpgradeParams) -> Result<Vec<Value>> {
        let name = self.name();
        if self.enabled() {
            let words = format!("the plugin {name} is enabled; it can be upgraded when it is disabled");
            return Err(Error::new(ErrorKind::DockerException, words));
        }
        let remote = remote.unwrap_or(&name);
        let auth_config = self.client.api().credentials_for(remote, params.auth_config.as_ref()).await?;
        let auth = PluginPrivilegesParams { auth_config: auth_config.clone() };
        let privileges = self.client.api().json(plugins::privileges(remote, &auth)).await?;
        let params = PluginUpgradeParams { auth_config };
        let request = plugins::upgrade(&name, remote, &privileges, &params);
        let stream = self.client.api().json_lines(request).await?;
        let log = Progress::new(stream, ErrorKind::APIError).finish().await?;
        self.reload().await?;
        Ok(log)
    }

    /// Removes it.
    ///
    /// # Errors
    ///
    /// When it is enabled and `force` is not set.
    pub async fn remove(&self, params: &PluginRemoveParams) -> Result<()> {
        self.client.api().empty(plugins::remove(&self.name(), params)).await
    }
}

impl PartialEq for Plugin {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
