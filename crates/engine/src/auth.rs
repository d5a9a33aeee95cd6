//! Credentials for registries: where they come from, and how an engine takes them.
//!
//! A call that needs credentials and is given none takes those of [`DockerClient::login`], else those that docker's
//! configuration file leads to: of the helper program of the registry at hand, or in the file itself.
//!
//! ```
//! # moondock_tests::example!(|_client| {
//! use moondock_engine::auth::{CredentialHelper, HUB_KEY};
//! # use std::os::unix::fs::PermissionsExt;
//!
//! # let folder = tempfile::tempdir()?;
//! # let program = folder.path().join("docker-credential-example");
//! # std::fs::write(&program, "#!/bin/sh\necho '{\"Username\": \"me\", \"Secret\": \"hush\"}'\n")?;
//! # std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755))?;
//! # let path = format!("{}:{}", folder.path().display(), std::env::var("PATH")?);
//! // The program `docker-credential-example`.
//! let helper = CredentialHelper::new("example").environment(&[("PATH".to_owned(), path)]);
//! let found = helper.get(HUB_KEY).await?.ok_or("it has some")?;
//! assert_eq!((found.username.as_str(), found.secret.as_str()), ("me", "hush"));
//! # });
//! ```
//!
//! [`DockerClient::login`]: crate::models::DockerClient::login

mod entries;
mod helper;
mod session;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use http::HeaderName;
use serde_json::{Map, Value};

use crate::params;
use crate::request::Request;

pub(crate) use entries::legacy;
pub use helper::{CredentialHelper, StoredCredentials};
pub(crate) use session::Session;

/// The key of Docker Hub's credentials, in files and for helpers.
pub const HUB_KEY: &str = "https://index.docker.io/v1/";

/// The name of a user whose password is an identity token.
const TOKEN_USER: &str = "<token>";

const REGISTRY_AUTH: HeaderName = HeaderName::from_static("x-registry-auth");
const REGISTRY_CONFIG: HeaderName = HeaderName::from_static("x-registry-config");

params! {
    /// How to log in to a registry.
    pub struct LoginParams {
        /// The user's name.
        username: String => required,
        /// The password.
        password: Option<String>,
        /// The user's address; registries of today ignore it.
        email: Option<String>,
        /// The registry, for example `host:5000`; Docker Hub without one.
        registry: Option<String>,
        /// Ask the registry even when credentials of this user are known already.
        reauth: bool = false,
        /// The configuration file to take credentials from, from now on, if there is such a file.
        dockercfg_path: Option<String>,
    }
}

impl Request {
    /// Sends credentials for the registry at hand along.
    pub(crate) fn registry_auth(self, credentials: Option<&Map<String, Value>>) -> Self {
        match credentials {
            Some(credentials) => self.header(REGISTRY_AUTH, &header(credentials)),
            None => self,
        }
    }

    /// Sends credentials for all registries along, by registry.
    pub(crate) fn registry_config(self, credentials: &Map<String, Value>) -> Self {
        if credentials.is_empty() { self } else { self.header(REGISTRY_CONFIG, &header(credentials)) }
    }
}

/// Credentials as an engine takes them: JSON in URL-safe base64 with padding.
fn header(credentials: &Map<String, Value>) -> String {
    URL_SAFE.encode(Value::Object(credentials.clone()).to_string())
}

/// What an engine is told of a user and a password, or of an identity token.
fn of_user(server: &str, username: &str, password: &str) -> Map<String, Value> {
    let mut credentials = Map::new();
    if username == TOKEN_USER {
        credentials.insert("identitytoken".to_owned(), password.into());
    } else {
        credentials.insert("username".to_owned(), username.into());
        credentials.insert("password".to_owned(), password.into());
    }
    credentials.insert("serveraddress".to_owned(), server.into());
    credentials
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn headers_are_url_safe_with_padding() {
        let credentials = json!({"password": "\u{3ff}\u{3ff}>?>?~~~"});
        let header = header(credentials.as_object().unwrap());
        assert!(header.contains(['-', '_']) && !header.contains(['+', '/']), "{header}");
        assert_eq!(header.len() % 4, 0, "{header}");
    }

    /// What an engine reads in a header.
    fn read(request: &Request, name: &HeaderName) -> Value {
        let text = request.headers[name].to_str().unwrap();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=');
        assert!(text.bytes().all(plain) && text.len().is_multiple_of(4), "{text}");
        serde_json::from_slice(&URL_SAFE.decode(text).unwrap()).unwrap()
    }

    proptest! {
        #[test]
        fn any_credentials_survive_a_header(
            server: String, username: String, password: String,
            more in prop::collection::btree_map(any::<String>(), any::<String>(), 0..4),
        ) {
            let mut credentials = of_user(&server, &username, &password);
            credentials.extend(more.into_iter().map(|(name, value)| (name, value.into())));
            let request = crate::api::system::ping().registry_auth(Some(&credentials));
            prop_assert_eq!(read(&request, &REGISTRY_AUTH), Value::from(credentials.clone()));
            let all = Map::from_iter([(server, credentials.into())]);
            let request = crate::api::system::ping().registry_config(&all);
            prop_assert_eq!(read(&request, &REGISTRY_CONFIG), Value::from(all));
        }

        #[test]
        fn only_a_token_is_no_password(username: String, secret: String) {
            let token = Value::Object(of_user("host", TOKEN_USER, &secret));
            prop_assert_eq!(token, json!({"identitytoken": &secret, "serveraddress": "host"}));
            prop_assume!(username != TOKEN_USER);
            let user = Value::Object(of_user("host", &username, &secret));
            prop_assert_eq!(user, json!({"username": username, "password": secret, "serveraddress": "host"}));
        }
    }
}
