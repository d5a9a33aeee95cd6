//! Registries: pushing, pulling, and the credentials for both.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use moondock_engine::models::{
    BuildParams, DistributionParams, DockerClient, ImageRemoveParams, LoginParams, PullParams, PushOutput,
    PushParams, TagParams,
};
use moondock_engine::{Error, ErrorKind, Settings};
use moondock_tests::engine::{ThrowawayEngine, abilities};
use moondock_tests::image;
use moondock_tests::registry::{PASSWORD, Registry, USER};
use serde_json::{Map, Value, json};

use super::needs::needs;

/// An engine with the image `busybox`, a registry for [`USER`] alone beside it, and a folder for `config.json`.
struct Place {
    engine: ThrowawayEngine,
    registry: Registry,
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let mut engine = ThrowawayEngine::start().unwrap();
        image::prepare(&engine.address()).unwrap();
        let registry = Registry::start(&mut engine, 5000, true).unwrap();
        Self { engine, registry, folder: tempfile::tempdir().unwrap() }
    }

    /// A client whose configuration file says this, and which finds the tests' credential helpers.
    fn client(&self, config: &Value) -> DockerClient {
        std::fs::write(self.folder.path().join("config.json"), config.to_string()).unwrap();
        let path = format!("{}:{}", self.folder.path().display(), std::env::var("PATH").unwrap());
        let kept = self.kept().display().to_string();
        DockerClient::new(Settings {
            config_folder: Some(self.folder.path().to_owned()),
            credstore_env: vec![("PATH".to_owned(), path), ("CREDENTIALS".to_owned(), kept)],
            ..Settings::new(self.engine.host().parse().unwrap())
        })
    }

    /// Where helpers keep what they are told, and a log of their calls.
    fn kept(&self) -> PathBuf {
        self.folder.path().join("kept")
    }

    /// Puts a helper of this name where clients find it, with credentials for the registry.
    fn helper(&self, name: &str, user: &str, secret: &str) {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/docker-credential.sh");
        let link = self.folder.path().join(format!("docker-credential-{name}"));
        std::os::unix::fs::symlink(program, link).unwrap();
        std::fs::create_dir_all(self.kept()).unwrap();
        let server = self.registry.address();
        let entry = json!({"ServerURL": server, "Username": user, "Secret": secret});
        std::fs::write(self.kept().join(server.replace(['.', ':'], "_")), entry.to_string()).unwrap();
    }

    fn name(&self, rest: &str) -> String {
        format!("{}/{rest}", self.registry.address())
    }

    /// Pushes `busybox` under a name and removes the name from the engine.
    async fn publish(&self, client: &DockerClient, rest: &str) -> String {
        let name = self.name(rest);
        tag(client, &name).await;
        let params = PushParams::default().auth_config(user(PASSWORD));
        client.images().push(&name, &params).await.unwrap();
        client.images().remove(&name, &ImageRemoveParams::default()).await.unwrap();
        name
    }
}

fn user(password: &str) -> Map<String, Value> {
    Map::from_iter([("username".to_owned(), USER.into()), ("password".to_owned(), password.into())])
}

async fn tag(client: &DockerClient, name: &str) {
    let image = client.images().get("busybox").await.unwrap();
    let (repository, tag) =
        name.rsplit_once(':').filter(|(_, tag)| !tag.contains('/')).unwrap_or((name, "latest"));
    assert!(image.tag(&TagParams::default().repository(repository).tag(tag)).await.unwrap());
}

/// The error of a pull that a registry refused.
async fn refused(client: &DockerClient, name: &str, params: &PullParams) -> Error {
    let error = client.images().pull(name, params).await.unwrap_err();
    assert!(is_refused(&error), "{error}");
    error
}

/// Whether a registry wants to see credentials, in the words of Docker or of podman.
fn is_refused(error: &Error) -> bool {
    let words = error.to_string();
    words.contains("no basic auth credentials") || words.contains("unauthorized")
}

#[tokio::test]
async fn images_are_pushed_and_pulled_with_credentials() {
    let place = Place::new();
    let client = place.client(&json!({}));
    let images = client.images();
    let name = place.name("team/app:1");
    tag(&client, &name).await;

    let anonymous = images.push(&name, &PushParams::default()).await.err().unwrap();
    assert!(is_refused(&anonymous), "{anonymous}");
    let wrong = PushParams::default().auth_config(user("wrong"));
    let wrong = images.push(&name, &wrong).await.err().unwrap();
    assert!(wrong.is_client_error() || is_refused(&wrong), "{wrong}");
    assert!(!wrong.log().is_empty(), "{wrong}");

    let params = PushParams::default().auth_config(user(PASSWORD));
    let PushOutput::Collected(text) = images.push(&name, &params).await.unwrap() else {
        panic!("a push without `stream` gives text");
    };
    let (_, digest) = text.split_once("1: digest: ").unwrap();
    let digest = digest.split(' ').next().unwrap();
    let records = images.push_progress(&name, &params).await.unwrap().finish().await.unwrap();
    needs(&abilities::PUSH_PROGRESS, async {
        assert!(text.contains("Pushed"), "{text}");
        assert!(records.iter().any(|record| record["status"] == "Layer already exists"), "{records:?}");
        assert!(records.iter().any(|record| record["aux"]["Digest"] == digest), "{records:?}");
    })
    .await;

    images.remove(&name, &ImageRemoveParams::default()).await.unwrap();
    refused(&client, &name, &PullParams::default()).await;
    refused(&client, &name, &PullParams::default().auth_config(user("wrong"))).await;
    let params = PullParams::default().auth_config(user(PASSWORD));
    let pulled = images.pull(&name, &params).await.unwrap();
    assert!(pulled.tags().contains(&name), "{:?}", pulled.tags());
    images.remove(&name, &ImageRemoveParams::default()).await.unwrap();
    let by_digest = format!("{}@{digest}", place.name("team/app"));
    let pulled = images.pull(&by_digest, &params).await.unwrap();
    let digests = pulled.attrs()["RepoDigests"].clone();
    assert!(digests.as_array().unwrap().contains(&by_digest.clone().into()), "{by_digest}: {digests}");

    let missing = images.pull(&place.name("team/none:1"), &params).await.unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::ImageNotFound, "{missing}");
}

#[tokio::test]
async fn every_tag_is_pulled_and_progress_is_seen() {
    let place = Place::new();
    let client = place.client(&json!({"auths": {place.registry.address(): user(PASSWORD)}}));
    for tag in ["app:1", "app:2"] {
        place.publish(&client, tag).await;
    }
    needs(&abilities::ALL_TAGS, async {
        let pulled = client.images().pull_all(&place.name("app"), &PullParams::default()).await.unwrap();
        let mut tags: Vec<_> = pulled.iter().flat_map(moondock_engine::models::Image::tags).collect();
        tags.retain(|tag| tag.starts_with(&place.name("app:")));
        tags.sort();
        assert_eq!(tags, [place.name("app:1"), place.name("app:2")]);

        let all = PullParams::default().all_tags(true);
        let progress = client.images().pull_progress(&place.name("app"), &all).await.unwrap();
        let records = progress.finish().await.unwrap();
        let pulling = records.iter().filter(|record| record["status"] == "Pulling from app").count();
        assert_eq!(pulling, 2, "{records:?}");
    })
    .await;
}

#[tokio::test]
async fn a_login_is_kept_for_later_calls() {
    let place = Place::new();
    let client = place.client(&json!({}));
    let name = place.publish(&client, "app:1").await;
    needs(&abilities::PLAIN_LOGIN, async {
        let wrong =
            LoginParams::default().username(USER).password("wrong").registry(place.registry.address());
        let error = client.login(&wrong).await.unwrap_err();
        assert!(error.to_string().to_lowercase().contains("unauthorized"), "{error}");
        refused(&client, &name, &PullParams::default()).await;

        let right = wrong.password(PASSWORD);
        let answer = client.login(&right).await.unwrap();
        assert_eq!(answer["Status"], "Login Succeeded");
        client.images().pull(&name, &PullParams::default()).await.unwrap();
        let known = client.login(&right.clone().password("forgotten")).await.unwrap();
        assert_eq!(known["password"], PASSWORD);
        let error = client.login(&right.clone().password("wrong").reauth(true)).await.unwrap_err();
        assert!(error.to_string().to_lowercase().contains("unauthorized"), "{error}");

        client.reload_config(None).unwrap();
        refused(&client, &name, &PullParams::default()).await;
        let other = place.folder.path().join("other.json");
        let auth = STANDARD.encode(format!("{USER}:{PASSWORD}"));
        let config = json!({"auths": {place.registry.address(): {"auth": auth}}});
        std::fs::write(&other, config.to_string()).unwrap();
        client.login(&right.dockercfg_path(other.display().to_string())).await.unwrap();
        client.images().pull(&name, &PullParams::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_configuration_file_leads_to_credentials() {
    let place = Place::new();
    let name = place.publish(&place.client(&json!({})), "app:1").await;
    let address = place.registry.address();
    place.helper("works", USER, PASSWORD);
    place.helper("fails", USER, PASSWORD);
    let calls = || std::fs::read_to_string(place.kept().join("calls.log")).unwrap_or_default();
    let auth = STANDARD.encode(format!("{USER}:{PASSWORD}"));
    let pull = async |config: Value| {
        let client = place.client(&config);
        client.images().pull(&name, &PullParams::default()).await
    };

    pull(json!({"auths": {format!("http://{address}"): {"auth": auth}}})).await.unwrap();
    assert_eq!(calls(), "");
    pull(json!({"credHelpers": {address: "works", "other.io": "fails"}, "credsStore": "fails"}))
        .await
        .unwrap();
    assert_eq!(calls(), format!("docker-credential-works get {address}\n"));
    pull(json!({"credsStore": "works"})).await.unwrap();
    // A helper that does not work leaves what the file itself has, and otherwise an anonymous pull.
    pull(json!({"credsStore": "fails", "auths": {address: {"auth": auth}}})).await.unwrap();
    refused(&place.client(&json!({"credsStore": "fails"})), &name, &PullParams::default()).await;
    refused(&place.client(&json!({"credsStore": "missing"})), &name, &PullParams::default()).await;

    let error = pull(json!({"auths": {address: {"auth": "?"}}})).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidConfigFile);
    let file = place.folder.path().join("config.json");
    assert!(error.to_string().starts_with(&file.display().to_string()), "{error}");
}

#[tokio::test]
async fn an_open_registry_needs_no_helper_that_works() {
    let mut place = Place::new();
    let open = Registry::start(&mut place.engine, 5001, false).unwrap();
    place.helper("fails", USER, PASSWORD);
    let client = place.client(&json!({"credsStore": "fails"}));
    let name = format!("{}/app:1", open.address());
    tag(&client, &name).await;
    client.images().push(&name, &PushParams::default()).await.unwrap();
    client.images().pull(&name, &PullParams::default()).await.unwrap();
}

#[tokio::test]
async fn builds_pull_with_all_credentials() {
    let place = Place::new();
    let name = place.publish(&place.client(&json!({})), "base:1").await;
    let dockerfile = format!("FROM {name}\nLABEL from=private\n");
    let build = async |config: &Value| {
        let client = place.client(config);
        let source = moondock_engine::stream::once(dockerfile.clone());
        client.images().build(&BuildParams::default().pull(true), Some(source)).await
    };
    let error = build(&json!({})).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BuildError, "{error}");
    assert!(is_refused(&error), "{error}");

    place.helper("works", USER, PASSWORD);
    let private = build(&json!({"credsStore": "works"})).await.unwrap();
    assert_eq!(private.image.labels()["from"], "private");
    let auth = STANDARD.encode(format!("{USER}:{PASSWORD}"));
    build(&json!({"auths": {place.registry.address(): {"auth": auth}}})).await.unwrap();
}

#[tokio::test]
async fn a_registry_tells_of_an_image() {
    let place = Place::new();
    let client = place.client(&json!({}));
    let name = place.publish(&client, "app:1").await;
    let images = client.images();
    let refused = images.get_registry_data(&name, &DistributionParams::default()).await.unwrap_err();
    assert!(refused.status_code().is_some(), "{refused}");

    needs(&abilities::REGISTRY_DATA, async {
        let params = DistributionParams::default().auth_config(user(PASSWORD));
        let data = images.get_registry_data(&name, &params).await.unwrap();
        assert!(data.id().starts_with("sha256:") && data.short_id().len() == 19, "{}", data.id());
        assert!(!format!("{data:?}").contains(PASSWORD));
        let engine = client.version().await.unwrap();
        let own = format!("linux/{}", engine["Arch"].as_str().unwrap());
        assert!(data.has_platform("linux").await.unwrap());
        assert!(data.has_platform(own.as_str()).await.unwrap());
        assert!(!data.has_platform("plan9/mips").await.unwrap());
        assert_eq!(data.has_platform("a/b/c/d").await.unwrap_err().kind(), ErrorKind::InvalidArgument);
        data.reload().await.unwrap();
        let pulled = data.pull(None).await.unwrap();
        let expected = format!("{}@{}", place.name("app"), data.id());
        assert_eq!(pulled.attrs()["RepoDigests"][0], expected.as_str());
    })
    .await;
}
