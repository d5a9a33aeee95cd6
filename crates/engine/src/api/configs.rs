//! The configs of a swarm.
//!
//! ```
//! # moondock_tests::example!(alone |client| {
//! use moondock_engine::api::configs::{self, ConfigCreateParams};
//! # use moondock_engine::api::swarm;
//! # client.api().json(swarm::init(&swarm::InitSwarmParams::default().advertise_addr("127.0.0.1"))?).await?;
//!
//! let request = configs::create("app.conf", b"a = 1", &ConfigCreateParams::default().labels([("for", "web")]));
//! let created = client.api().json(request).await?;
//! let id = created["ID"].as_str().unwrap_or_default();
//! assert_eq!(client.api().json(configs::inspect(id)).await?["Spec"]["Data"], "YSA9IDE=");
//! # });
//! ```

use serde_json::{Map, Value};

use super::stored::{creation, stored};
use crate::params;
use crate::request::{Request, endpoints};
use crate::types::{Filters, Pairs};

endpoints! {
    LIST = "ConfigList" GET "/configs";
    CREATE = "ConfigCreate" POST "/configs/create";
    INSPECT = "ConfigInspect" GET "/configs/{id}";
    REMOVE = "ConfigDelete" DELETE "/configs/{id}";
    UPDATE = "ConfigUpdate" POST "/configs/{id}/update";
}

params! {
    /// Which configs to list.
    pub struct ConfigListParams {
        /// Only those that match, for example `{label: "a=b"}`; also `id`, `name`, `names`.
        filters: Option<Filters>,
    }
}

stored!("config", ConfigListParams);

params! {
    /// How to create a config.
    pub struct ConfigCreateParams {
        /// Labels, as a map or as a list of names.
        labels: Option<Pairs>,
        /// How the data is a template, for example `{Name: "golang"}`.
        templating: Option<Map<String, Value>>,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

/// Creates a config (docker-py: `create_config`).
pub fn create(name: &str, data: &[u8], params: &ConfigCreateParams) -> Request {
    let body = creation(name, data, params.labels.as_ref(), params.templating.as_ref());
    Request::new(&CREATE).json(body).extra(params.extra.as_ref())
}
