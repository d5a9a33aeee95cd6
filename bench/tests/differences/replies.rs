//! What is made of an answer.

use bollard::API_DEFAULT_VERSION;
use bollard::errors::Error as Theirs;
use bollard::query_parameters::{
    CreateImageOptionsBuilder, InspectContainerOptions, ListContainersOptions, WaitContainerOptions,
};
use futures_util::{StreamExt, TryStreamExt};
use moondock_engine::ErrorKind;
use moondock_engine::models::{Container, ContainerListParams, PullParams, WaitParams};
use serde_json::{Value, json};

use super::gate::run;
use super::reply::Reply;
use super::server::Server;
use super::{bollard, container};

const PULL: &str = "POST /images/create";

#[test]
fn a_value_that_is_not_known_fails_nothing() {
    run(async {
        let server = Server::unix();
        let found = json!([{"Id": "c", "State": "running"}, {"Id": "d", "State": "hibernating"}]);
        server.on("GET /containers/json", Reply::json(&found));
        let sparse = ContainerListParams::default().sparse(true);
        let listed = server.client().containers().list(&sparse).await.unwrap();
        assert_eq!(listed.iter().map(Container::status).collect::<Vec<_>>(), ["running", "hibernating"]);

        let error = bollard(&server).list_containers(None::<ListContainersOptions>).await.unwrap_err();
        assert!(matches!(error, Theirs::JsonDataError { .. }), "{error}");
    });
}

#[test]
fn a_field_that_is_not_known_is_kept() {
    run(async {
        let server = Server::unix();
        let attrs = json!({"Id": "c", "Newer": {"Than": "both"}});
        server.on("GET /containers/c/json", Reply::json(&attrs));
        let client = server.client();
        assert_eq!(*client.containers().get("c").await.unwrap().attrs(), attrs);

        assert_eq!(API_DEFAULT_VERSION.minor_version, 53);
        let docker = bollard(&server);
        let attrs = docker.inspect_container("c", None::<InspectContainerOptions>).await.unwrap();
        assert_eq!(serde_json::to_value(attrs).unwrap(), json!({"Id": "c"}));
    });
}

#[test]
fn a_failed_command_is_no_error_of_waiting() {
    run(async {
        let server = Server::unix();
        server.on("POST /containers/c/wait", Reply::json(&json!({"StatusCode": 3})));
        let waiting = container(&server, &server.client(), false).await;
        assert_eq!(waiting.wait(&WaitParams::default()).await.unwrap()["StatusCode"], 3);

        let docker = bollard(&server);
        let mut waited = docker.wait_container("c", None::<WaitContainerOptions>);
        let error = waited.next().await.unwrap().unwrap_err();
        assert!(matches!(error, Theirs::DockerContainerWaitError { code: 3, .. }), "{error}");
    });
}

#[test]
fn an_error_has_a_kind_and_names_its_request() {
    run(async {
        let server = Server::unix();
        server.on("GET /images/app/json", Reply::error("404 Not Found", "No such image: app"));
        let error = server.client().images().get("app").await.unwrap_err();
        assert_eq!((error.kind(), error.request()), (ErrorKind::ImageNotFound, Some("GET /images/app/json")));
        assert_eq!(error.to_string(), "GET /images/app/json: 404 Not Found: No such image: app");

        let error = bollard(&server).inspect_image("app").await.unwrap_err();
        assert!(matches!(error, Theirs::DockerResponseServerError { status_code: 404, .. }), "{error}");
        assert_eq!(error.to_string(), "Docker responded with status code 404: No such image: app");
    });
}

#[test]
fn an_error_in_progress_comes_with_the_progress() {
    run(async {
        let server = Server::unix();
        let detailed =
            "{\"errorDetail\":{\"message\":\"the disk is full\"},\"error\":\"the disk is full\"}\n";
        server.on(PULL, Reply::stream(&["{\"status\":\"Begin\"}\n", detailed]));
        let error = server.client().images().pull("app:1", &PullParams::default()).await.unwrap_err();
        assert_eq!((error.to_string().as_str(), error.log().len()), ("the disk is full", 2));

        let options = || Some(CreateImageOptionsBuilder::default().from_image("app").tag("1").build());
        let docker = bollard(&server);
        let error = docker.create_image(options(), None, None).try_collect::<Vec<_>>().await.unwrap_err();
        assert_eq!(error.to_string(), "Docker stream error: the disk is full");

        // In the older of the two forms alone.
        server.instead(PULL, Reply::stream(&["{\"error\":\"only words\"}\n"]));
        let error = server.client().images().pull("app:1", &PullParams::default()).await.unwrap_err();
        assert_eq!(error.to_string(), "only words");
        let records = docker.create_image(options(), None, None).try_collect::<Vec<_>>().await.unwrap();
        assert_eq!(serde_json::to_value(&records[0]).unwrap(), Value::Object(serde_json::Map::new()));
    });
}
