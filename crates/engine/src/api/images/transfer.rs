//! Images that go to a registry and come from one.

use serde_json::{Map, Value, json};

use super::{CREATE, PUSH};
use crate::params;
use crate::request::{Patience, Request};
use crate::types::Platform;

params! {
    /// What to pull, and how.
    pub struct PullParams {
        /// The tag or digest; without one, that of the repository's name, else `latest`.
        tag: Option<String>,
        /// Pull every tag.
        all_tags: bool = false,
        /// Credentials: `username` and `password`, or `identitytoken`; those for the registry without any.
        auth_config: Option<Map<String, Value>>,
        /// Ignored: progress always arrives decoded. docker-py has it.
        decode: bool = false,
        /// The platform, for example `linux/arm64`.
        platform: Option<String>,
    }
}

/// Pulls an image. The repository is without a tag here.
pub fn pull(repository: &str, tag: Option<&str>, params: &PullParams) -> Request {
    Request::new(&CREATE)
        .query_opt("tag", tag)
        .query("fromImage", repository)
        .query_opt("platform", params.platform.as_deref())
        .registry_auth(params.auth_config.as_ref())
        .patience(Patience::Forever)
}

params! {
    /// What to push, and how.
    pub struct PushParams {
        /// The tag; without one, that of the repository's name, else every tag that the engine has.
        tag: Option<String>,
        /// Give the progress as it comes instead of all of it at the end.
        stream: bool = false,
        /// Credentials: `username` and `password`, or `identitytoken`; those for the registry without any.
        auth_config: Option<Map<String, Value>>,
        /// Ignored: progress that is streamed always arrives decoded. docker-py has it.
        decode: bool = false,
        /// The platform whose part is meant, for example `linux/arm64`.
        #[since(1, 46)]
        platform: Option<Platform>,
    }
}

/// Pushes an image. The repository is without a tag here.
pub fn push(repository: &str, tag: Option<&str>, params: &PushParams) -> Request {
    Request::new(&PUSH)
        .path("name", repository)
        .query_opt("tag", tag)
        .platforms("platform", &params.platform)
        .needs_of(params)
        // Engines of old want a body where there are no credentials.
        .json(json!({}))
        .registry_auth(params.auth_config.as_ref())
        .patience(Patience::Forever)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Body;

    #[test]
    fn a_push_is_docker_pys() {
        let mut request = push("host:5000/a/b", Some("c"), &PushParams::default());
        assert_eq!(request.line(), "POST /images/host:5000/a/b/push");
        assert_eq!(request.target().unwrap(), "/images/host:5000/a/b/push?tag=c");
        assert!(!request.headers.contains_key("x-registry-auth"));
        let Body::Json(body) = request.body else { panic!("the body is no JSON") };
        assert_eq!(body, json!({}));
    }

    #[test]
    fn credentials_that_are_given_are_sent_even_if_empty() {
        let params = PullParams::default().auth_config(Map::new());
        let mut request = pull("a", None, &params);
        assert_eq!(request.target().unwrap(), "/images/create?fromImage=a");
        assert_eq!(request.headers["x-registry-auth"], "e30=");
    }
}
