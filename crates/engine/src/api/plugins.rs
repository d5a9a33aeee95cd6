//! Plugins.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::api::plugins::{self, PluginListParams};
//! use moondock_engine::types::Filters;
//!
//! let drivers = Filters::default().with("capability", "logdriver");
//! let found = client.api().json(plugins::list(&PluginListParams::default().filters(drivers))).await?;
//! assert!(found.as_array().is_some_and(Vec::is_empty));
//! # });
//! ```

use std::time::Duration;

use http::header;
use serde_json::{Map, Value};

use crate::params;
use crate::request::{Patience, Request, endpoints};
use crate::stream::ByteStream;
use crate::types::{Filters, Pairs};

endpoints! {
    LIST = "PluginList" GET "/plugins";
    PRIVILEGES = "GetPluginPrivileges" GET "/plugins/privileges";
    PULL = "PluginPull" POST "/plugins/pull";
    INSPECT = "PluginInspect" GET "/plugins/{name}/json";
    REMOVE = "PluginDelete" DELETE "/plugins/{name}";
    ENABLE = "PluginEnable" POST "/plugins/{name}/enable";
    DISABLE = "PluginDisable" POST "/plugins/{name}/disable";
    UPGRADE = "PluginUpgrade" POST "/plugins/{name}/upgrade";
    CREATE = "PluginCreate" POST "/plugins/create";
    PUSH = "PluginPush" POST "/plugins/{name}/push";
    SET = "PluginSet" POST "/plugins/{name}/set";
}

params! {
    /// Which plugins to list.
    pub struct PluginListParams {
        /// Only those that match, for example `{capability: "volumedriver", enabled: true}`. docker-py has none.
        filters: Option<Filters>,
    }
}

/// Lists the plugins that are installed (docker-py: `plugins`).
pub fn list(params: &PluginListParams) -> Request {
    let filters = params.filters.as_ref().filter(|filters| !filters.0.is_empty());
    Request::new(&LIST).query_opt("filters", filters.map(Filters::to_query))
}

params! {
    /// How to ask a registry for what a plugin wants to be allowed.
    pub struct PluginPrivilegesParams {
        /// Credentials: `username` and `password`, or `identitytoken`; those for the registry without any.
        auth_config: Option<Map<String, Value>>,
    }
}

/// Asks what a plugin of a registry wants to be allowed: a list of `{Name, Description, Value}`, or null for nothing
/// (docker-py: `plugin_privileges`).
pub fn privileges(remote: &str, params: &PluginPrivilegesParams) -> Request {
    Request::new(&PRIVILEGES).query("remote", remote).registry_auth(params.auth_config.as_ref())
}

params! {
    /// How to pull a plugin.
    pub struct PluginPullParams {
        /// The plugin's name here; by default that in the registry.
        name: Option<String>,
        /// Credentials: `username` and `password`, or `identitytoken`; those for the registry without any.
        auth_config: Option<Map<String, Value>>,
    }
}

/// Pulls and installs a plugin, which may do what [`privileges`] has told (docker-py: `pull_plugin`).
pub fn pull(remote: &str, privileges: &Value, params: &PluginPullParams) -> Request {
    let name = params.name.as_deref().filter(|name| !name.is_empty());
    let request = Request::new(&PULL).query("remote", remote).query_opt("name", name);
    granting(request, privileges).registry_auth(params.auth_config.as_ref())
}

/// A request that installs. A plugin that wants nothing has null for its privileges, which stands for an empty list.
fn granting(request: Request, privileges: &Value) -> Request {
    let privileges = if privileges.is_null() { Value::Array(Vec::new()) } else { privileges.clone() };
    request.json(privileges).patience(Patience::Forever)
}

/// Asks for all about a plugin (docker-py: `inspect_plugin`).
pub fn inspect(name: &str) -> Request {
    Request::new(&INSPECT).path("name", name)
}

params! {
    /// How to remove a plugin.
    pub struct PluginRemoveParams {
        /// Disable it first, even if something uses it.
        force: bool = false,
    }
}

/// Removes a plugin (docker-py: `remove_plugin`).
pub fn remove(name: &str, params: &PluginRemoveParams) -> Request {
    Request::new(&REMOVE).path("name", name).query("force", params.force)
}

params! {
    /// How to enable a plugin.
    pub struct PluginEnableParams {
        /// How many seconds the engine waits for an answer of the plugin; 0 for no limit.
        timeout: i64 = 0,
    }
}

/// Enables a plugin (docker-py: `enable_plugin`).
pub fn enable(name: &str, params: &PluginEnableParams) -> Request {
    let seconds = u64::try_from(params.timeout).unwrap_or_default();
    Request::new(&ENABLE)
        .path("name", name)
        .query("timeout", params.timeout)
        .patience(Patience::Longer(Duration::from_secs(seconds)))
}

params! {
    /// How to disable a plugin.
    pub struct PluginDisableParams {
        /// Disable it even if something uses it.
        force: bool = false,
    }
}

/// Disables a plugin (docker-py: `disable_plugin`).
pub fn disable(name: &str, params: &PluginDisableParams) -> Request {
    Request::new(&DISABLE).path("name", name).query("force", params.force)
}

params! {
    /// How to upgrade a plugin.
    pub struct PluginUpgradeParams {
        /// Credentials: `username` and `password`, or `identitytoken`; those for the registry without any.
        auth_config: Option<Map<String, Value>>,
    }
}

/// Replaces a plugin by one of a registry, which may do what [`privileges`] has told (docker-py: `upgrade_plugin`).
pub fn upgrade(name: &str, remote: &str, privileges: &Value, params: &PluginUpgradeParams) -> Request {
    let request = Request::new(&UPGRADE).path("name", name).query("remote", remote);
    granting(request, privileges).registry_auth(params.auth_config.as_ref())
}

/// Creates a plugin from a tar archive of `config.json` and `rootfs` (docker-py: `create_plugin`).
pub fn create(name: &str, archive: ByteStream) -> Request {
    Request::new(&CREATE)
        .query("name", name)
        .header(header::CONTENT_TYPE, "application/x-tar")
        .stream(archive)
        .patience(Patience::Forever)
}

params! {
    /// How to push a plugin.
    pub struct PluginPushParams {
        /// Credentials: `username` and `password`, or `identitytoken`; those for the registry without any.
        auth_config: Option<Map<String, Value>>,
    }
}

/// Pushes a plugin to the registry of its name (docker-py: `push_plugin`, which asks for `pull` by mistake).
pub fn push(name: &str, params: &PluginPushParams) -> Request {
    let request = Request::new(&PUSH).path("name", name).patience(Patience::Forever);
    request.registry_auth(params.auth_config.as_ref())
}

/// Sets a plugin's options: `NAME=value`, `MOUNT.source=path`, `DEVICE.path=path` or `args=words` (docker-py:
/// `configure_plugin`).
pub fn configure(name: &str, options: &Pairs) -> Request {
    Request::new(&SET).path("name", name).json(options.environment().into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NAME: &str = "host:5000/a/b:1";

    #[test]
    fn asks_for_plugins_by_name() {
        assert_eq!(list(&PluginListParams::default()).shown().0, "GET /plugins");
        let params = PluginListParams::default().filters(Filters::default().with("enabled", true));
        assert_eq!(list(&params).shown().0, r#"GET /plugins?filters={"enabled":["true"]}"#);
        assert_eq!(inspect(NAME).shown().0, "GET /plugins/host:5000/a/b:1/json");
        let removed = remove(NAME, &PluginRemoveParams::default());
        assert_eq!(removed.shown().0, "DELETE /plugins/host:5000/a/b:1?force=false");
        let disabled = disable(NAME, &PluginDisableParams::default().force(true));
        assert_eq!(disabled.shown().0, "POST /plugins/host:5000/a/b:1/disable?force=true");
        let enabled = enable(NAME, &PluginEnableParams::default().timeout(30));
        assert_eq!(enabled.patience, Patience::Longer(Duration::from_secs(30)));
        assert_eq!(enabled.shown().0, "POST /plugins/host:5000/a/b:1/enable?timeout=30");
    }

    #[test]
    fn installs_with_privileges_and_credentials() {
        let auth = json!({"username": "me"}).as_object().unwrap().clone();
        let params = PluginPrivilegesParams::default().auth_config(auth.clone());
        let request = privileges(NAME, &params);
        assert_eq!(request.headers["x-registry-auth"], "eyJ1c2VybmFtZSI6Im1lIn0=");
        assert_eq!(request.shown().0, "GET /plugins/privileges?remote=host:5000/a/b:1");

        let granted = json!([{"Name": "network", "Description": "", "Value": ["host"]}]);
        let request = pull(NAME, &granted, &PluginPullParams::default().name("c").auth_config(auth));
        assert!(request.headers.contains_key("x-registry-auth"));
        let (line, body) = request.shown();
        assert_eq!((line.as_str(), body), ("POST /plugins/pull?remote=host:5000/a/b:1&name=c", granted));
        let (line, body) = pull(NAME, &Value::Null, &PluginPullParams::default()).shown();
        assert_eq!((line.as_str(), body), ("POST /plugins/pull?remote=host:5000/a/b:1", json!([])));

        let (line, body) = upgrade("c", NAME, &Value::Null, &PluginUpgradeParams::default()).shown();
        assert_eq!((line.as_str(), body), ("POST /plugins/c/upgrade?remote=host:5000/a/b:1", json!([])));
    }

    #[test]
    fn creates_configures_and_pushes() {
        let request = create(NAME, crate::stream::once("tar"));
        assert_eq!(request.headers["content-type"], "application/x-tar");
        assert_eq!(request.shown().0, "POST /plugins/create?name=host:5000/a/b:1");
        let (line, body) =
            configure("c", &Pairs::from([("DEBUG", json!(1)), ("args", json!("x y"))])).shown();
        assert_eq!((line.as_str(), body), ("POST /plugins/c/set", json!(["DEBUG=1", "args=x y"])));
        assert_eq!(push(NAME, &PluginPushParams::default()).shown().0, "POST /plugins/host:5000/a/b:1/push");
    }
}
