//! Errors, and what matters otherwise, inside streams whose status is 200.

use moondock_engine::models::{BuildParams, DockerClient, ImageLoadParams, PullParams};
use moondock_engine::{Error, ErrorKind, stream};
use serde_json::json;

use super::gate::run;
use super::reply::Reply;
use super::server::Server;

const PULL: &str = "POST /images/create";
const LOAD: &str = "POST /images/load";
const BUILD: &str = "POST /build";

async fn pull(client: &DockerClient) -> Result<String, Error> {
    let pulled = client.images().pull("busybox:1", &PullParams::default()).await;
    pulled.map(|image| image.id().to_owned())
}

async fn load(client: &DockerClient) -> Result<Vec<String>, Error> {
    let loaded = client.images().load(stream::once("an archive"), &ImageLoadParams::default()).await?;
    Ok(loaded.iter().map(|image| image.id().to_owned()).collect())
}

async fn build(client: &DockerClient) -> Result<String, Error> {
    let params = BuildParams::default().custom_context(true).use_config_proxy(false);
    let built = client.images().build(&params, Some(stream::once("an archive"))).await;
    built.map(|built| built.image.id().to_owned())
}

/// What each of the three answers to one and the same stream.
async fn failures(chunks: &[&str]) -> [Error; 3] {
    let server = Server::unix();
    for line in [PULL, LOAD, BUILD] {
        server.on(line, Reply::stream(chunks));
    }
    let client = server.client();
    let failures = [
        pull(&client).await.unwrap_err(),
        load(&client).await.unwrap_err(),
        build(&client).await.unwrap_err(),
    ];
    assert_eq!(server.lines(), [PULL, LOAD, BUILD], "nothing may follow a failure");
    failures
}

#[test]
fn an_error_in_the_stream_is_one() {
    run(async {
        let detailed = "{\"errorDetail\":{\"code\":2,\"message\":\"the disk is full\"},\"error\":\"x\"}\r\n";
        let kinds = [ErrorKind::APIError, ErrorKind::ImageLoadError, ErrorKind::BuildError];
        for (error, kind) in failures(&["{\"status\":\"Begin\"}\r\n", detailed]).await.iter().zip(kinds) {
            assert_eq!((error.kind(), error.to_string().as_str()), (kind, "the disk is full"));
            assert_eq!(error.log()[0], json!({"status": "Begin"}));
            assert_eq!(error.log().len(), 2);
            assert_eq!(error.status_code(), None);
        }
        for (error, kind) in failures(&["{\"error\":\"only words\"}"]).await.iter().zip(kinds) {
            assert_eq!((error.kind(), error.to_string().as_str()), (kind, "only words"));
        }
    });
}

#[test]
fn what_comes_behind_the_error_does_not_matter() {
    run(async {
        let chunks = ["{\"error\":\"first\"}\n", "{\"aux\":{\"ID\":\"sha256:1\"}}\n{\"error\":\"second\"}\n"];
        for error in failures(&chunks).await {
            assert_eq!(error.to_string(), "first");
        }
    });
}

#[test]
fn a_pull_of_what_is_not_there_is_told_apart() {
    run(async {
        let words = "manifest for busybox:1 not found: manifest unknown";
        let server = Server::unix();
        server.on(
            PULL,
            Reply::stream(&[&json!({"errorDetail": {"message": words}, "error": words}).to_string()]),
        );
        let error = pull(&server.client()).await.unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::ImageNotFound, words));
        // As some registries have it, the engine says so at once.
        let words = "pull access denied for busybox, repository does not exist or may require 'docker login'";
        server.on(PULL, Reply::error("404 Not Found", words));
        let error = pull(&server.client()).await.unwrap_err();
        assert_eq!((error.kind(), error.status_code()), (ErrorKind::ImageNotFound, None));
        let error = pull(&server.client()).await.unwrap_err();
        assert_eq!((error.kind(), error.status_code()), (ErrorKind::ImageNotFound, Some(404)));
    });
}

#[test]
fn a_builds_image_is_the_one_in_aux() {
    run(async {
        let server = Server::unix();
        server
            .on(
                BUILD,
                Reply::stream(&[
                    "{\"id\":\"moby.buildkit.trace\",\"aux\":\"CnEKR3NoYTI1Njo=\"}\n",
                    "{\"stream\":\"Successfully built 000000000000\\n\"}\n",
                    "{\"id\":\"moby.image.id\",\"aux\":{\"ID\":\"sha256:1a\"}}\n",
                    "{\"id\":\"moby.buildkit.trace\",\"aux\":\"EgQKAnN0\"}\n",
                ]),
            )
            .on("GET /images/sha256:1a/json", Reply::json(&json!({"Id": "sha256:1a"})));
        assert_eq!(build(&server.client()).await.unwrap(), "sha256:1a");
    });
}

#[test]
fn a_build_without_an_image_is_an_error() {
    run(async {
        let server = Server::unix();
        server.on(BUILD, Reply::stream(&["{\"id\":\"moby.buildkit.trace\",\"aux\":\"CnEK\"}\n"]));
        let error = build(&server.client()).await.unwrap_err();
        assert_eq!((error.kind(), error.log().len()), (ErrorKind::BuildError, 1));
    });
}

#[test]
fn a_load_names_every_image() {
    run(async {
        let server = Server::unix();
        server
            .on(
                LOAD,
                Reply::stream(&[
                    "{\"status\":\"Loading layer\",\"progressDetail\":{\"current\":1,\"total\":2}}\r\n",
                    "{\"stream\":\"Loaded image: host:5000/a:1\\n\"}\r\n{\"stream\":\"Loaded image ID: sha256:2\\n\"}",
                ]),
            )
            .on("GET /images/host:5000/a:1/json", Reply::json(&json!({"Id": "sha256:1"})))
            .on("GET /images/sha256:2/json", Reply::json(&json!({"Id": "sha256:2"})));
        assert_eq!(load(&server.client()).await.unwrap(), ["sha256:1", "sha256:2"]);
        assert_eq!(server.requests()[0].body, b"an archive");
    });
}

#[test]
fn a_pull_that_is_cut_short_is_no_success() {
    run(async {
        let server = Server::unix();
        server.on(PULL, Reply::chunked("application/json").chunk("{\"status\":\"Begin\"}\n").close());
        let error = pull(&server.client()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionError);
        assert_eq!(error.request(), Some(PULL));
        server.on(PULL, Reply::stream(&["{\"status\":\"Begin\"}\n{\"status\":"]));
        pull(&server.client()).await.unwrap_err();
        let error = pull(&server.client()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StreamParseError);
    });
}
