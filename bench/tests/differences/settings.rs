//! What is found by itself: engines, credentials, and what of a folder belongs to a build.

use bollard::query_parameters::{BuildImageOptionsBuilder, CreateImageOptionsBuilder};
use bollard::{Docker, body_full};
use futures_util::TryStreamExt;
use moondock_engine::Host;
use moondock_engine::context::{ContextParams, Contexts};
use moondock_engine::models::{BuildParams, DockerClient, PullParams};
use serde_json::json;
use tokio::process::Command;

use super::bollard;
use super::gate::run;
use super::reply::Reply;
use super::server::Server;

const PULL: &str = "POST /images/create";

#[test]
fn contexts_and_credentials_are_found() {
    if std::env::var_os("DOCKER_CONFIG")
        .is_some_and(|folder| folder.to_string_lossy().contains("differences-"))
    {
        return run(find_them());
    }
    run(async {
        let server = Server::unix();
        server
            .on(
                "GET /_ping",
                Reply::begin().head("200 OK", &[("Api-Version", "1.45"), ("Content-Length", "0")]),
            )
            .on(PULL, Reply::stream(&["{}\n"]))
            .on("GET /images/host:5000/app:1/json", Reply::json(&json!({"Id": "sha256:1"})));
        let folder = tempfile::Builder::new().prefix("differences-").tempdir().unwrap();
        let auths = json!({"auths": {"host:5000": {"auth": "bWU6aHVzaA=="}}});
        std::fs::write(folder.path().join("config.json"), auths.to_string()).unwrap();
        let contexts = Contexts::at(folder.path());
        let address = server.settings(45).host.to_string();
        contexts.create("box", &ContextParams::default().host(address)).unwrap();
        contexts.set_current("box").unwrap();

        // The environment is a process's own.
        let mut again = Command::new(std::env::current_exe().unwrap());
        again
            .args(["--exact", "settings::contexts_and_credentials_are_found"])
            .env("DOCKER_CONFIG", folder.path());
        for name in ["DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_TLS", "DOCKER_TLS_VERIFY", "DOCKER_API_VERSION"]
        {
            again.env_remove(name);
        }
        assert!(again.status().await.unwrap().success());
        let sent: Vec<_> =
            server.to(PULL).iter().map(|pull| pull.header("x-registry-auth").is_some()).collect();
        assert_eq!(sent, [true, false]);
    });
}

async fn find_them() {
    let client = DockerClient::from_env().unwrap();
    let Host::Unix(socket) = &client.api().settings().host else { panic!("the context has a socket") };
    client.images().pull("host:5000/app:1", &PullParams::default()).await.unwrap();

    // What it was made for stands in both the client and the error that there is no such socket.
    let found = format!("{:?}", Docker::connect_with_defaults());
    assert!(found.contains("/var/run/docker.sock"), "{found}");
    let docker =
        Docker::connect_with_unix(socket.to_str().unwrap(), 120, bollard::API_DEFAULT_VERSION).unwrap();
    let options = CreateImageOptionsBuilder::default().from_image("host:5000/app").tag("1").build();
    docker.create_image(Some(options), None, None).try_collect::<Vec<_>>().await.unwrap();
}

#[test]
fn a_folder_is_packed_by_its_ignore_file() {
    run(async {
        let server = Server::unix();
        server
            .on("POST /build", Reply::stream(&["{\"aux\":{\"ID\":\"sha256:1\"}}\n"]))
            .on("GET /images/sha256:1/json", Reply::json(&json!({"Id": "sha256:1"})));
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("app.Dockerfile", "FROM busybox"),
            ("app.Dockerfile.dockerignore", "secret"),
            ("secret", "hush"),
        ] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let path = folder.path().display().to_string();
        let params = BuildParams::default().path(path).dockerfile("app.Dockerfile").use_config_proxy(false);
        server.client().images().build(&params, None).await.unwrap();
        let sent = server.to("POST /build").remove(0).body;
        let mut archive = tar::Archive::new(&sent[..]);
        let names =
            archive.entries().unwrap().map(|entry| entry.unwrap().path().unwrap().display().to_string());
        let names: Vec<_> = names.filter(|name| !name.is_empty()).collect();
        assert!(
            names.contains(&"app.Dockerfile".to_owned()) && !names.contains(&"secret".to_owned()),
            "{names:?}"
        );

        // It takes what its caller has packed.
        let options = BuildImageOptionsBuilder::default().dockerfile("app.Dockerfile").build();
        let packed = body_full("whatever is given".into());
        let docker = bollard(&server);
        let built = docker.build_image(options, None, Some(packed));
        built.try_collect::<Vec<_>>().await.unwrap();
        assert_eq!(server.to("POST /build")[1].body, b"whatever is given");
    });
}
