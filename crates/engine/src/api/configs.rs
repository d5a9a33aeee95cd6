//! The configs of a swarm.
//!
//! ```
//! use moondock_engine::api::configs::{self, ConfigCreateParams};
//!
//! let request = configs::create("key", b"a = 1", &ConfigCreateParams::default().labels([("for", "web")]));
//! assert_eq!(request.line(), "POST /configs/create");
//! ```

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

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

/// Lists a swarm's configs (docker-py: `configs`).
pub fn list(params: &ConfigListParams) -> Request {
    super::filtered(Request::new(&LIST), params.filters.as_ref())
}

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
    let body = json!({
        "Data": STANDARD.encode(data),
        "Name": name,
        "Labels": params.labels.as_ref().map(Pairs::labels),
        "Templating": params.templating,
    });
    Request::new(&CREATE).json(body).extra(params.extra.as_ref())
}

/// Asks for all about a config but its data (docker-py: `inspect_config`).
pub fn inspect(id: &str) -> Request {
    Request::new(&INSPECT).path("id", id)
}

/// Removes a config (docker-py: `remove_config`).
pub fn remove(id: &str) -> Request {
    Request::new(&REMOVE).path("id", id)
}

/// Sets a config to a specification, of which engines let the labels change only. The version is the config's that is
/// changed: its `Version.Index`. docker-py does not have it.
pub fn update(id: &str, version: u64, spec: &Map<String, Value>) -> Request {
    Request::new(&UPDATE).path("id", id).query("version", version).json(Value::Object(spec.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Body;

    fn sent(mut request: Request) -> (String, Value) {
        let target = request.target().unwrap();
        let Body::Json(body) = request.body else { panic!("the body is no JSON") };
        (format!("{} {target}", request.endpoint.method), body)
    }

    #[test]
    fn the_data_is_in_base64() {
        let params =
            ConfigCreateParams::default().templating(Map::from_iter([("name".to_owned(), "golang".into())]));
        assert_eq!(
            sent(create("key", b"\xff\xfe?", &params)),
            (
                "POST /configs/create".to_owned(),
                json!({"Name": "key", "Data": "//4/", "Templating": {"name": "golang"}})
            )
        );
    }

    #[test]
    fn an_update_names_its_version() {
        let spec = json!({"Name": "key", "Labels": {"a": "b"}});
        let request = update("1", 7, spec.as_object().unwrap());
        assert_eq!(sent(request), ("POST /configs/1/update?version=7".to_owned(), spec));
    }
}
