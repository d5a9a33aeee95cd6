//! What configs and secrets have in common: data that a swarm keeps for its services.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::types::Pairs;

/// Makes the requests that are the same for both, of their endpoints.
macro_rules! stored {
    ($what:literal, $list_params:ident) => {
        #[doc = concat!("Lists a swarm's ", $what, "s (docker-py: `", $what, "s`).")]
        pub fn list(params: &$list_params) -> Request {
            super::filtered(Request::new(&LIST), params.filters.as_ref())
        }

        #[doc = concat!("Asks for all about a ", $what, " but its data (docker-py: `inspect_", $what, "`).")]
        pub fn inspect(id: &str) -> Request {
            Request::new(&INSPECT).path("id", id)
        }

        #[doc = concat!("Removes a ", $what, " (docker-py: `remove_", $what, "`).")]
        pub fn remove(id: &str) -> Request {
            Request::new(&REMOVE).path("id", id)
        }

        #[doc = concat!("Sets a ", $what, " to a specification, of which engines let the labels change only.")]
        ///
        /// The version is that of what is changed: its `Version.Index`. docker-py does not have it.
        pub fn update(id: &str, version: u64, spec: &Map<String, Value>) -> Request {
            Request::new(&UPDATE).path("id", id).query("version", version).json(Value::Object(spec.clone()))
        }
    };
}
pub(super) use stored;

/// What creates one of either.
pub(super) fn creation(
    name: &str,
    data: &[u8],
    labels: Option<&Pairs>,
    templating: Option<&Map<String, Value>>,
) -> Value {
    json!({
        "Data": STANDARD.encode(data),
        "Name": name,
        "Labels": labels.map(Pairs::labels),
        "Templating": templating,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{configs, secrets};

    #[test]
    fn the_data_is_in_base64() {
        let templating = json!({"Name": "golang"}).as_object().unwrap().clone();
        let config = configs::ConfigCreateParams::default().templating(templating.clone());
        let secret = secrets::SecretCreateParams::default().templating(templating);
        let body = json!({"Name": "key", "Data": "//4/", "Templating": {"Name": "golang"}});
        let data = b"\xff\xfe?";
        let created = configs::create("key", data, &config).shown();
        assert_eq!(created, ("POST /configs/create".to_owned(), body.clone()));
        let created = secrets::create("key", data, &secret).unwrap().shown();
        assert_eq!(created, ("POST /secrets/create".to_owned(), body));
    }

    #[test]
    fn an_update_names_its_version() {
        let spec = json!({"Name": "key", "Labels": {"a": "b"}});
        let map = spec.as_object().unwrap();
        for (request, what) in
            [(configs::update("1", 7, map), "configs"), (secrets::update("1", 7, map), "secrets")]
        {
            assert_eq!(request.shown(), (format!("POST /{what}/1/update?version=7"), spec.clone()));
        }
    }
}
