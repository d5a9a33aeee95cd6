//! How long is waited, by a clock that leaps.

use std::time::Duration;

use bollard::body_try_stream;
use bollard::errors::Error as Theirs;
use bollard::query_parameters::{BuildImageOptionsBuilder, StopContainerOptionsBuilder};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use moondock_engine::ErrorKind;
use moondock_engine::models::{BuildParams, StopParams};
use serde_json::json;

use super::gate::run_at_leaps;
use super::reply::Reply;
use super::server::Server;
use super::{bollard, container};

#[test]
fn an_answer_that_stops_is_given_up() {
    run_at_leaps(async {
        let server = Server::unix();
        let headers = [("Content-Type", "application/json"), ("Content-Length", "10")];
        server.on("GET /info", Reply::begin().head("200 OK", &headers).raw("{").read_to_end());
        let error = server.client().info().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);

        let day = Duration::from_secs(24 * 3600);
        assert!(tokio::time::timeout(day, bollard(&server).info()).await.is_err());
    });
}

#[test]
fn a_stop_may_take_as_long_as_it_is_told_to() {
    run_at_leaps(async {
        let server = Server::unix();
        let late = Reply::begin().sleep(Duration::from_secs(600)).head("204 No Content", &[]);
        server.on("POST /containers/c/stop", late);
        let stopping = container(&server, &server.client(), false).await;
        stopping.stop(&StopParams::default().timeout(600)).await.unwrap();

        let options = StopContainerOptionsBuilder::default().t(600).build();
        let error = bollard(&server).stop_container("c", Some(options)).await.unwrap_err();
        assert!(matches!(error, Theirs::RequestTimeoutError), "{error}");
    });
}

/// A context whose pieces come half a minute apart.
fn slow<E: Send + 'static>() -> impl Stream<Item = Result<Bytes, E>> + Send + 'static {
    stream::iter(0..10).then(|_| async {
        tokio::time::sleep(Duration::from_secs(30)).await;
        Ok(Bytes::from_static(b"piece"))
    })
}

#[test]
fn an_upload_may_take_as_long_as_it_moves() {
    run_at_leaps(async {
        let server = Server::unix();
        server
            .on("POST /build", Reply::stream(&["{\"aux\":{\"ID\":\"sha256:1\"}}\n"]))
            .on("GET /images/sha256:1/json", Reply::json(&json!({"Id": "sha256:1"})));
        let params = BuildParams::default().custom_context(true).use_config_proxy(false).timeout(60.0);
        server.client().images().build(&params, Some(Box::pin(slow()))).await.unwrap();

        let options = BuildImageOptionsBuilder::default().t("app").build();
        let docker = bollard(&server);
        let built = docker.build_image(options, None, Some(body_try_stream(slow())));
        let error = built.try_collect::<Vec<_>>().await.unwrap_err();
        assert!(matches!(error, Theirs::RequestTimeoutError), "{error}");
    });
}
