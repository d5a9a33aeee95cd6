//! The credentials of a client: those that it was logged in with, and those that its configuration file leads to.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::entries::helper_key;
use super::{CredentialHelper, HUB_KEY, LoginParams, of_user};
use crate::api::registry;
use crate::client::Client;
use crate::config_file::ConfigFile;
use crate::error::Result;
use crate::types::{HUB, registry_name, split_registry};

/// What a client knows of credentials beside its configuration file.
#[derive(Default)]
pub(crate) struct Session {
    /// What was logged in with, by registry as the caller wrote it.
    logins: Map<String, Value>,
    /// The file to read instead of the client's own.
    file: Option<PathBuf>,
}

impl Session {
    fn find(&self, registry: &str) -> Option<&Map<String, Value>> {
        self.logins.iter().find(|(key, _)| registry_name(key) == registry)?.1.as_object()
    }

    fn keep(&mut self, registry: &str, credentials: Map<String, Value>) {
        self.logins.retain(|key, _| registry_name(key) != registry_name(registry));
        self.logins.insert(registry.to_owned(), credentials.into());
    }
}

impl Client {
    /// The file that credentials are in.
    fn credentials_file(&self) -> Result<ConfigFile> {
        match self.session(|session| session.file.clone()) {
            Some(path) => ConfigFile::at(&path),
            None => self.config_file(),
        }
    }

    fn helper(&self, name: &str) -> CredentialHelper {
        CredentialHelper::new(name).environment(&self.settings().credstore_env)
    }

    /// Asks a helper for the credentials of a registry. One that does not work is a warning: the call may do without.
    async fn ask(&self, helper: &str, server: &str) -> Option<Map<String, Value>> {
        match self.helper(helper).get(server).await {
            Ok(found) => found.map(|found| of_user(server, &found.username, &found.secret)),
            Err(error) => {
                tracing::warn!(registry = server, %error, "going on without the helper's credentials");
                None
            }
        }
    }

    /// The credentials for a registry, if there are any (docker-py: `resolve_authconfig`).
    ///
    /// # Errors
    ///
    /// When the configuration file cannot be read.
    pub(crate) async fn credentials(&self, registry: &str) -> Result<Option<Map<String, Value>>> {
        if let Some(found) = self.session(|session| session.find(registry).cloned()) {
            return Ok(Some(found));
        }
        let file = self.credentials_file()?;
        if let Some(helper) = file.helper(registry)?
            && let Some(found) = self.ask(helper, helper_key(registry)).await
        {
            return Ok(Some(found));
        }
        file.credentials(registry)
    }

    /// The credentials that the caller gives for an image, else those for its registry.
    ///
    /// # Errors
    ///
    /// When the image's name cannot be one, or the configuration file cannot be read.
    pub(crate) async fn credentials_for(
        &self,
        image: &str,
        given: Option<&Map<String, Value>>,
    ) -> Result<Option<Map<String, Value>>> {
        let (registry, _) = split_registry(image)?;
        match given {
            Some(given) => Ok(Some(given.clone())),
            None => self.credentials(registry).await,
        }
    }

    /// All credentials, by registry, for a build that may need any of them (docker-py: `get_all_credentials`).
    ///
    /// # Errors
    ///
    /// When the configuration file cannot be read.
    pub(crate) async fn all_credentials(&self) -> Result<Map<String, Value>> {
        let file = self.credentials_file()?;
        let mut all = file.all_credentials()?;
        let mut asked = Vec::new();
        if let Some(helper) = file.default_helper()? {
            match self.helper(helper).list().await {
                Ok(list) => asked.extend(list.into_iter().map(|(server, _)| (server, helper))),
                Err(error) => tracing::warn!(%error, "building without the helper's credentials"),
            }
        }
        asked.extend(file.helpers()?.into_iter().map(|(registry, helper)| (registry.to_owned(), helper)));
        for (server, helper) in asked {
            if let Some(found) = self.ask(helper, helper_key(&server)).await {
                all.insert(registry_name(&server).to_owned(), found.clone().into());
                all.insert(server, found.into());
            }
        }
        for (registry, credentials) in self.session(|session| session.logins.clone()) {
            all.retain(|key, _| registry_name(key) != registry_name(&registry));
            all.insert(registry, credentials);
        }
        // The engine looks for Docker Hub's under this key alone.
        if let Some(hub) = all.get(HUB).filter(|_| !all.contains_key(HUB_KEY)).cloned() {
            all.insert(HUB_KEY.to_owned(), hub);
        }
        Ok(all)
    }

    /// Logs in to a registry and keeps the credentials for later calls.
    pub(crate) async fn login(&self, params: &LoginParams) -> Result<Value> {
        if let Some(path) = params.dockercfg_path.as_deref().map(Path::new).filter(|path| path.exists()) {
            self.reload_config(Some(path))?;
        }
        let registry = params.registry.as_deref().filter(|registry| !registry.is_empty()).unwrap_or(HUB);
        let known = match self.session(|session| session.find(registry_name(registry)).cloned()) {
            Some(known) => Some(known),
            None => self.credentials_file()?.credentials(registry_name(registry))?,
        };
        let same =
            |known: &Map<String, Value>| known.get("username") == Some(&params.username.as_str().into());
        if let Some(known) = known.filter(|known| !params.reauth && same(known)) {
            return Ok(known.into());
        }
        let request = registry::auth(params);
        let answer = self.json(request).await?;
        let token = answer.get("IdentityToken").and_then(Value::as_str).filter(|token| !token.is_empty());
        let credentials = match token {
            Some(token) => of_user(registry, super::TOKEN_USER, token),
            None => registry::credentials(params),
        };
        self.session(|session| session.keep(registry, credentials));
        Ok(answer)
    }

    /// Forgets what was logged in with, and takes credentials from a file from now on, else from the client's own.
    pub(crate) fn reload_config(&self, dockercfg_path: Option<&Path>) -> Result<()> {
        if let Some(path) = dockercfg_path {
            ConfigFile::at(path)?;
        }
        let file = dockercfg_path.map(Path::to_owned);
        self.session(|session| *session = Session { logins: Map::new(), file });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::client::Settings;
    use crate::host::Host;

    fn client(folder: &Path, config: &Value) -> Client {
        std::fs::write(folder.join("config.json"), config.to_string()).unwrap();
        Client::new(Settings {
            config_folder: Some(folder.to_owned()),
            ..Settings::new(Host::default_socket())
        })
    }

    fn keep(client: &Client, registry: &str, token: &str) {
        let credentials = json!({"identitytoken": token}).as_object().unwrap().clone();
        client.session(|session| session.keep(registry, credentials));
    }

    #[tokio::test]
    async fn a_login_goes_before_the_file_and_the_last_one_wins() {
        let folder = tempfile::tempdir().unwrap();
        let client = client(folder.path(), &json!({"auths": {"host:5000": {"identitytoken": "file"}}}));
        let token = async |image: &str| {
            let found = client.credentials_for(image, None).await.unwrap();
            found.map_or(Value::Null, |found| found["identitytoken"].clone())
        };
        assert_eq!(token("host:5000/app").await, "file");
        keep(&client, "https://host:5000/v2/", "first");
        keep(&client, "host:5000", "second");
        assert_eq!(token("host:5000/app").await, "second");
        assert_eq!(token("app").await, Value::Null);
        client.reload_config(None).unwrap();
        assert_eq!(token("host:5000/app").await, "file");
    }

    #[tokio::test]
    async fn a_broken_helper_is_no_error() {
        let folder = tempfile::tempdir().unwrap();
        let client = client(folder.path(), &json!({"credsStore": "moondock-has-none"}));
        assert_eq!(client.credentials("host:5000").await.unwrap(), None);
        assert!(client.all_credentials().await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn a_build_gets_docker_hubs_under_the_engines_key() {
        let folder = tempfile::tempdir().unwrap();
        let config = json!({"auths": {"docker.io": {"identitytoken": "hub"}, "empty": {}}});
        let client = client(folder.path(), &config);
        keep(&client, "host:5000", "login");
        let token = |token: &str| json!({"identitytoken": token});
        assert_eq!(
            Value::Object(client.all_credentials().await.unwrap()),
            json!({"docker.io": token("hub"), HUB_KEY: token("hub"), "host:5000": token("login")})
        );
        std::fs::write(
            folder.path().join("config.json"),
            json!({"auths": {HUB_KEY: {"identitytoken": "old"}}}).to_string(),
        )
        .unwrap();
        keep(&client, HUB, "new");
        assert_eq!(client.all_credentials().await.unwrap()[HUB_KEY], token("new"));
    }

    #[tokio::test]
    async fn a_name_with_a_scheme_is_refused_whatever_is_given() {
        let folder = tempfile::tempdir().unwrap();
        let client = client(folder.path(), &json!({}));
        let error = client.credentials_for("https://host/app", Some(&Map::new())).await.unwrap_err();
        assert_eq!(error.kind(), crate::ErrorKind::InvalidRepository);
    }

    #[tokio::test]
    async fn a_file_that_is_not_there_cannot_be_reloaded() {
        let folder = tempfile::tempdir().unwrap();
        let client = client(folder.path(), &json!({}));
        let error = client.reload_config(Some(Path::new("/nowhere/config.json"))).unwrap_err();
        assert!(error.to_string().contains("/nowhere/config.json"), "{error}");
    }
}
