//! A plugin.

use serde_json::Value;

use super::object::object;
use super::progress::Progress;
use super::{
    PluginDisableParams, PluginEnableParams, PluginPrivilegesParams, PluginPushParams, PluginRemoveParams,
    PluginUpgradeParams,
};
use crate::api::plugins;
use crate::error::{Error, ErrorKind, Result};
use crate::request::Request;
use crate::types::Pairs;

object! {
    /// A plugin (docker-py: `docker.models.plugins.Plugin`). Clones share their attributes.
    Plugin, plugins::inspect
}

impl Plugin {
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
