//! The plugins of an engine.

use std::path::Path;

use serde_json::{Map, Value};

use super::progress::Progress;
use super::{DockerClient, Plugin, PluginListParams, PluginPrivilegesParams, PluginPullParams, items};
use crate::api::plugins;
use crate::build_context;
use crate::error::{ErrorKind, Result};
use crate::params;
use crate::stream::ByteStream;

params! {
    /// How to install a plugin.
    pub struct PluginInstallParams {
        /// The plugin's name here; by default that in the registry.
        local_name: Option<String>,
        /// Credentials: `username` and `password`, or `identitytoken`; those for the registry without any.
        auth_config: Option<Map<String, Value>>,
    }
}

params! {
    /// How to create a plugin.
    pub struct PluginCreateParams {
        /// Ignored: engines do not read a compressed archive. docker-py has it.
        gzip: bool = false,
    }
}

/// The plugins of an engine (docker-py: `client.plugins`).
///
/// ```
/// # moondock_tests::example!(|client| {
/// use moondock_engine::models::{PluginCreateParams, PluginRemoveParams};
///
/// let folder = tempfile::tempdir()?;
/// std::fs::create_dir(folder.path().join("rootfs"))?;
/// let config = r#"{"interface": {"types": ["docker.volumedriver/1.0"], "socket": "x.sock"},
///     "env": [{"name": "LEVEL", "settable": ["value"], "value": "1"}]}"#;
/// std::fs::write(folder.path().join("config.json"), config)?;
/// let plugin = client.plugins().create("example-plugins", folder.path(), &PluginCreateParams::default()).await?;
/// plugin.configure(&[("LEVEL", "2")].into()).await?;
/// plugin.reload().await?;
/// assert_eq!(plugin.settings()["Env"][0], "LEVEL=2");
/// plugin.remove(&PluginRemoveParams::default()).await?;
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct Plugins {
    client: DockerClient,
}

impl Plugins {
    pub(super) fn new(client: DockerClient) -> Self {
        Self { client }
    }

    /// Creates a plugin from a folder that holds its `config.json` and `rootfs`. It is disabled at first.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read, it holds no plugin, or a plugin has the name.
    pub async fn create(
        &self,
        name: &str,
        folder: impl AsRef<Path>,
        _params: &PluginCreateParams,
    ) -> Result<Plugin> {
        self.create_from(name, build_context::of_plugin(folder.as_ref())).await
    }

    /// Creates a plugin from a tar archive that holds its `config.json` and `rootfs`.
    ///
    /// # Errors
    ///
    /// When the archive holds no plugin, or a plugin has the name.
    pub async fn create_from(&self, name: &str, archive: ByteStream) -> Result<Plugin> {
        self.client.api().empty(plugins::create(name, archive)).await?;
        self.get(name).await
    }

    /// Gets a plugin by name or id.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] when there is none.
    pub async fn get(&self, name: &str) -> Result<Plugin> {
        Plugin::inspected(&self.client, plugins::inspect(name)).await
    }

    /// Installs a plugin from a registry; it may then do what it wants to be allowed. It is disabled at first.
    ///
    /// # Errors
    ///
    /// When the registry does not have it or a plugin has the name.
    pub async fn install(&self, remote_name: &str, params: &PluginInstallParams) -> Result<Plugin> {
        let given = params.auth_config.as_ref();
        let auth_config = self.client.api().credentials_for(remote_name, given).await?;
        let auth = PluginPrivilegesParams { auth_config: auth_config.clone() };
        let privileges = self.client.api().json(plugins::privileges(remote_name, &auth)).await?;
        let local_name = params.local_name.as_deref().filter(|name| !name.is_empty());
        let pull = PluginPullParams { name: local_name.map(str::to_owned), auth_config };
        let stream = self.client.api().json_lines(plugins::pull(remote_name, &privileges, &pull)).await?;
        Progress::new(stream, ErrorKind::APIError).finish().await?;
        self.get(local_name.unwrap_or(remote_name)).await
    }

    /// Lists the plugins that are installed.
    ///
    /// # Errors
    ///
    /// When the engine is out of reach or refuses a filter.
    pub async fn list(&self, params: &PluginListParams) -> Result<Vec<Plugin>> {
        let list = self.client.api().json(plugins::list(params)).await?;
        Ok(items(&list).map(|attrs| Plugin::new(self.client.clone(), attrs.clone())).collect())
    }
}
