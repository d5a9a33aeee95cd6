//! Registries: logging in, and what they know of an image.
//!
//! ```
//! # moondock_tests::example!(alone |client, address| {
//! use moondock_engine::api::registry;
//! use moondock_engine::auth::LoginParams;
//!
//! // Only asks; `DockerClient::login` also keeps the credentials.
//! let login = LoginParams::default().username("moondock").password("open sesame").registry(address);
//! let answer = client.api().json(registry::auth(&login)).await?;
//! assert_eq!(answer["Status"], "Login Succeeded");
//! # });
//! ```

use serde_json::{Map, Value};

use crate::auth::LoginParams;
use crate::params;
use crate::request::{Request, endpoints};

endpoints! {
    AUTH = "SystemAuth" POST "/auth";
    DISTRIBUTION = "DistributionInspect" GET "/distribution/{name}/json";
}

/// Has the engine check credentials with a registry (docker-py: `login`).
pub fn auth(params: &LoginParams) -> Request {
    Request::new(&AUTH).json(Value::Object(credentials(params)))
}

/// The credentials of a login.
pub(crate) fn credentials(params: &LoginParams) -> Map<String, Value> {
    let fields = [
        ("username", Some(&params.username)),
        ("password", params.password.as_ref()),
        ("email", params.email.as_ref()),
        ("serveraddress", params.registry.as_ref()),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value.cloned().into())).collect()
}

params! {
    /// How to ask a registry.
    pub struct DistributionParams {
        /// Credentials: `username` and `password`, or `identitytoken`; those for the registry without any.
        auth_config: Option<Map<String, Value>>,
    }
}

/// Asks the registry of an image for its digest and platforms (docker-py: `inspect_distribution`).
pub fn inspect_distribution(image: &str, params: &DistributionParams) -> Request {
    Request::new(&DISTRIBUTION).path("name", image).registry_auth(params.auth_config.as_ref())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::request::Body;

    #[test]
    fn a_login_sends_what_is_given() {
        let mut request = auth(&LoginParams::default().username("me").password("p").registry("host:5000"));
        assert_eq!((request.line().as_str(), request.target().unwrap().as_str()), ("POST /auth", "/auth"));
        let Body::Json(body) = request.body else { panic!("the body is no JSON") };
        assert_eq!(body, json!({"username": "me", "password": "p", "serveraddress": "host:5000"}));
    }

    #[test]
    fn credentials_go_in_a_header() {
        let credentials = json!({"username": "me", "password": "p"}).as_object().unwrap().clone();
        let params = DistributionParams::default().auth_config(credentials);
        let mut request = inspect_distribution("host:5000/app:1", &params);
        assert_eq!(request.target().unwrap(), "/distribution/host:5000/app:1/json");
        assert_eq!(request.headers["x-registry-auth"], "eyJ1c2VybmFtZSI6Im1lIiwicGFzc3dvcmQiOiJwIn0=");
    }
}
