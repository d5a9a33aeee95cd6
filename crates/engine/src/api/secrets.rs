//! The secrets of a swarm.
//!
//! ```
//! # moondock_tests::example!(alone |client| {
//! use moondock_engine::api::secrets::{self, SecretCreateParams};
//! # use moondock_engine::api::swarm;
//! # client.api().json(swarm::init(&swarm::InitSwarmParams::default().advertise_addr("127.0.0.1"))?).await?;
//!
//! let request = secrets::create("key", b"hush", &SecretCreateParams::default().labels([("for", "web")]))?;
//! let created = client.api().json(request).await?;
//! let id = created["ID"].as_str().unwrap_or_default();
//! let secret = client.api().json(secrets::inspect(id)).await?;
//! assert_eq!((&secret["Spec"]["Name"], secret["Spec"].get("Data")), (&"key".into(), None));
//! # });
//! ```

use serde_json::{Map, Value};

use super::stored::{creation, stored};
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

stored!("secret", SecretListParams);

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
    let mut body = creation(name, data, params.labels.as_ref(), params.templating.as_ref());
    body["Driver"] = wire(params.driver.as_ref())?.into();
    Ok(Request::new(&CREATE).json(body).extra(params.extra.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_driver_may_keep_it() {
        let params = SecretCreateParams::default().driver(DriverConfig::default().name("vault"));
        let body = create("key", b"", &params).unwrap().shown().1;
        assert_eq!(body, serde_json::json!({"Name": "key", "Data": "", "Driver": {"Name": "vault"}}));
    }
}
