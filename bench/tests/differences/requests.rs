//! What is asked for, and how.

use bollard::Docker;
use bollard::auth::DockerCredentials;
use bollard::query_parameters::{
    CreateImageOptionsBuilder, InspectContainerOptions, RemoveContainerOptions, StopContainerOptionsBuilder,
};
use futures_util::TryStreamExt;
use moondock_engine::api::containers::{self, ContainerRemoveParams};
use moondock_engine::models::{DockerClient, PullParams, StopParams};
use moondock_engine::{ErrorKind, Settings};
use serde_json::json;

use super::gate::run;
use super::reply::Reply;
use super::server::Server;
use super::{bollard, container};

const PING: &str = "GET /_ping";
const STOP: &str = "POST /containers/c/stop";
const PULL: &str = "POST /images/create";

#[test]
fn the_version_is_in_every_path() {
    run(async {
        let server = Server::unix();
        let pong = Reply::begin().answer("200 OK", "text/plain", "OK");
        server
            .on("GET /info", Reply::json(&json!({})))
            .on("GET /version", Reply::json(&json!({"ApiVersion": "1.43"})))
            .on(PING, Reply::begin().head("200 OK", &[("Api-Version", "1.43"), ("Content-Length", "0")]))
            .on(PING, pong);
        server.negotiating().info().await.unwrap();
        let asked: Vec<_> =
            server.requests().iter().map(|seen| (seen.line(), seen.version.clone())).collect();
        assert_eq!(asked, [(PING.to_owned(), String::new()), ("GET /info".to_owned(), "1.43".to_owned())]);

        let docker = bollard(&server).negotiate_version().await.unwrap();
        assert_eq!(docker.client_version().minor_version, 43);
        docker.info().await.unwrap();
        assert_eq!(server.requests().last().unwrap().version, "");
    });
}

#[test]
fn an_option_that_the_version_lacks_is_not_sent() {
    run(async {
        let server = Server::unix();
        server.on(STOP, Reply::bare("204 No Content"));
        let client = DockerClient::new(server.settings(41));
        let stopping = container(&server, &client, false).await;
        let error = stopping.stop(&StopParams::default().signal("SIGINT")).await.unwrap_err();
        assert_eq!((error.kind(), server.to(STOP).len()), (ErrorKind::InvalidVersion, 0));

        let version = bollard::ClientVersion { major_version: 1, minor_version: 41 };
        let docker = Docker::connect_with_unix(&server.settings(41).host.to_string(), 120, &version).unwrap();
        let options = StopContainerOptionsBuilder::default().signal("SIGINT").build();
        docker.stop_container("c", Some(options)).await.unwrap();
        assert_eq!(server.to(STOP)[0].query, "signal=SIGINT");
    });
}

#[test]
fn a_name_cannot_lead_to_another_path() {
    run(async {
        let server = Server::unix();
        server
            .on("DELETE /networks/back", Reply::bare("204 No Content"))
            .on("DELETE /containers/c", Reply::bare("204 No Content"));
        let (client, docker) = (server.client(), bollard(&server));

        let name = "../networks/back";
        let remove = |name| containers::remove(name, &ContainerRemoveParams::default());
        let error = client.api().empty(remove(name)).await.unwrap_err();
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::InvalidArgument, 0));
        docker.remove_container(name, None::<RemoveContainerOptions>).await.unwrap();
        assert_eq!(server.lines(), ["DELETE /networks/back"]);

        let name = "c?force=1#";
        client.api().empty(remove(name)).await.unwrap_err();
        assert_eq!(server.requests()[1].line(), "DELETE /containers/c%3Fforce%3D1%23");
        docker.remove_container(name, None::<RemoveContainerOptions>).await.unwrap();
        let sent = &server.requests()[2];
        assert_eq!((sent.line().as_str(), sent.query.as_str()), ("DELETE /containers/c", "force=1"));

        let error = client.containers().get("").await.unwrap_err();
        assert_eq!((error.kind(), server.requests().len()), (ErrorKind::NullResource, 3));
        docker.inspect_container("", None::<InspectContainerOptions>).await.unwrap_err();
        assert_eq!(server.requests()[3].line(), "GET /containers//json");
    });
}

#[test]
fn credentials_are_url_safe() {
    run(async {
        let server = Server::unix();
        server
            .on(PULL, Reply::stream(&["{}\n"]))
            .on("GET /images/app:1/json", Reply::json(&json!({"Id": "sha256:1"})));
        let folder = tempfile::tempdir().unwrap();
        let password = "\u{3ff}?>~";

        let client = DockerClient::new(Settings {
            config_folder: Some(folder.path().to_owned()),
            ..server.settings(45)
        });
        let given = json!({"username": "me", "password": password});
        let params = PullParams::default().auth_config(given.as_object().unwrap().clone());
        client.images().pull("app:1", &params).await.unwrap();

        let options = CreateImageOptionsBuilder::default().from_image("app").tag("1").build();
        let credentials = DockerCredentials {
            username: Some("me".to_owned()),
            password: Some(password.to_owned()),
            ..DockerCredentials::default()
        };
        let pulled = bollard(&server).create_image(Some(options), None, Some(credentials));
        pulled.try_collect::<Vec<_>>().await.unwrap();

        let sent = server.to(PULL);
        let [here, there] = [0, 1].map(|place| sent[place].header("x-registry-auth").unwrap());
        assert!(here.contains(['-', '_']) && !here.contains(['+', '/']), "{here}");
        assert!(there.contains(['+', '/']), "{there}");
    });
}
