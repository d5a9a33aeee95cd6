//! The secrets of a swarm.
//!
//! ```
//! use moondock_engine::api::secrets::{self, SecretCreateParams};
//!
//! let request = secrets::create("key", b"hush", &SecretCreateParams::default().labels([("for", "web")]))?;
//! assert_eq!(request.line(), "POST /secrets/create");
//! # Ok::<_, moondock_engine::Error>(())
//! ```

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::error::Result;
use crate::params;
use crate::request::{Request, endpoints};
use crate::types::{DriverConfig, Filters, Pairs, Part, wire};

endpoints! {
    LIST = "SecretList" GET "/secrets";
    CREATE = "SecretCreate" POST "/secrets/create";
    INSPECT = "SecretInspect" GET "/secrets/{id}";
    REMOVE = "SecretDelete" DELETE "/secrets/{id}";
    UPDATE = "SecretUpdate" POST "/secrets/{id}/update";
}

params! {
    /// Which secrets to list.
    pub struct SecretListParams {
        /// Only those that match, for example `{label: "a=b"}`; also `id`, `name`, `names`.
        filters: Option<Filters>,
    }
}

/// Lists a swarm's secrets (docker-py: `secrets`).
pub fn list(params: &SecretListParams) -> Request {
    super::filtered(Request::new(&LIST), params.filters.as_ref())
}

params! {
    /// How to create a secret.
    pub struct SecretCreateParams {
        /// Labels, as a map or as a list of names.
        labels: Option<Pairs>,
        /// The driver that keeps the secret; the swarm itself without one.
        driver: Option<Part<DriverConfig>>,
        /// How the data is a template, for example `{Name: "golang"}`. docker-py does not have it.
        templating: Option<Map<String, Value>>,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

/// Creates a secret (docker-py: `create_secret`).
///
/// # Errors
///
/// When the driver has a wrong form.
pub fn create(name: &str, data: &[u8], params: &SecretCreateParams) -> Result<Request> {
    let driver = wire(params.driver.as_ref())?;
    let body = json!({
        "Data": STANDARD.encode(data),
        "Name": name,
        "Labels": params.labels.as_ref().map(Pairs::labels),
        "Driver": driver,
        "Templating": params.templating,
    });
    Ok(Request::new(&CREATE).json(body).extra(params.extra.as_ref()))
}

/// Asks for all about a secret but its data (docker-py: `inspect_secret`).
pub fn inspect(id: &str) -> Request {
    Request::new(&INSPECT).path("id", id)
}

/// Removes a secret (docker-py: `remove_secret`).
pub fn remove(id: &str) -> Request {
    Request::new(&REMOVE).path("id", id)
}

/// Sets a secret to a specification, of which engines let the labels change only. The version is the secret's that is
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
        let params = SecretCreateParams::default()
            .driver(DriverConfig::default().name("vault"))
            .templating(Map::from_iter([("name".to_owned(), "golang".into())]));
        assert_eq!(
            sent(create("key", b"\xff\xfe?", &params).unwrap()),
            (
                "POST /secrets/create".to_owned(),
                json!({"Name": "key", "Data": "//4/", "Driver": {"Name": "vault"}, "Templating": {"name": "golang"}})
            )
        );
    }

    #[test]
    fn an_update_names_its_version() {
        let spec = json!({"Name": "key", "Labels": {"a": "b"}});
        let request = update("1", 7, spec.as_object().unwrap());
        assert_eq!(sent(request), ("POST /secrets/1/update?version=7".to_owned(), spec));
    }
}
