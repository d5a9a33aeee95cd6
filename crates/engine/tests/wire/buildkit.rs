//! Builds with BuildKit. What it tells was recorded from engines: `built` from 20.10, `failed` from 28.5.

use futures_util::StreamExt;
use moondock_engine::models::{BuildOutput, BuildParams, Builder, DockerClient};
use moondock_engine::{Error, ErrorKind, stream};
use serde_json::{Value, json};

use super::gate::run;
use super::reply::Reply;
use super::server::Server;

const BUILD: &str = "POST /build";
const BUILT: &str = include_str!("buildkit/built.jsonl");
const FAILED: &str = include_str!("buildkit/failed.jsonl");
const ID: &str = "sha256:a70dcafad617a90ba6bc2bf92b9c8c87f7ced5e7dbd8169ff1bdd400850c64dd";

fn params() -> BuildParams {
    BuildParams::default().builder(Builder::BuildKit).custom_context(true).use_config_proxy(false)
}

/// A server that answers a build with this, in chunks of so many bytes.
fn server(told: &str, size: usize) -> Server {
    let server = Server::unix();
    let reply = Reply::chunked("application/json");
    let chunks = told.as_bytes().chunks(size);
    server.on(BUILD, chunks.fold(reply, Reply::chunk).end());
    server.on(&format!("GET /images/{ID}/json"), Reply::json(&json!({"Id": ID})));
    server
}

async fn build(server: &Server) -> Result<Vec<Value>, Error> {
    let built = server.client().images().build(&params(), Some(stream::once("an archive"))).await?;
    assert_eq!(built.image.id(), ID);
    Ok(built.log)
}

/// All text of a log.
fn text(log: &[Value]) -> String {
    log.iter().filter_map(|record| record.get("stream")?.as_str()).collect()
}

/// The records as the engine sent them.
fn sent(told: &str) -> Vec<Value> {
    serde_json::Deserializer::from_str(told).into_iter().map(Result::unwrap).collect()
}

#[test]
fn the_log_is_text_and_what_was_sent() {
    run(async {
        for size in [7, 1000, BUILT.len()] {
            let mut log = build(&server(BUILT, size)).await.unwrap();
            assert_eq!(text(&log), include_str!("buildkit/built.txt"));
            for (record, sent) in log.iter_mut().zip(sent(BUILT)) {
                if record["id"] == "moby.buildkit.trace" {
                    record.as_object_mut().unwrap().remove("stream");
                }
                assert_eq!(*record, sent);
            }
        }
    });
}

#[test]
fn a_failure_has_the_builders_words_and_its_log() {
    run(async {
        let error = build(&server(FAILED, 100)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BuildError);
        let words = "process \"/bin/sh -c echo hello $WHO; echo oops >&2; exit 3\" did not complete successfully: \
                     exit code: 3";
        assert_eq!(error.to_string(), words);
        assert_eq!(text(error.log()), include_str!("buildkit/failed.txt"));
        assert_eq!(error.log().last(), sent(FAILED).last());
    });
}

#[test]
fn progress_is_told_as_it_comes() {
    run(async {
        let server = server(BUILT, 1000);
        let images = server.client().images();
        let source = Some(stream::once("an archive"));
        let mut progress = images.build_progress(&params(), source).await.unwrap();
        let mut first = Value::Null;
        while first.get("stream").is_none() {
            first = progress.next().await.unwrap().unwrap();
        }
        assert_eq!(first["stream"], "#1 [internal] load remote build context\n");
    });
}

#[test]
fn the_request_names_the_builder_and_carries_no_credentials() {
    run(async {
        let folder = tempfile::tempdir().unwrap();
        let config = json!({"auths": {"registry:5000": {"auth": "dXNlcjpwYXNz"}}});
        std::fs::write(folder.path().join("config.json"), config.to_string()).unwrap();
        let server = server(BUILT, 1000);
        let mut settings = server.settings(41);
        settings.config_folder = Some(folder.path().to_owned());
        let client = DockerClient::new(settings);
        let output = BuildOutput::default().r#type("moby");
        for params in [params().outputs([output.into()]), params().builder(Builder::Classic)] {
            client.images().build(&params, Some(stream::once("an archive"))).await.unwrap();
        }
        let requests = server.to(BUILD);
        let query = |at: usize| &requests[at].query;
        let with_outputs = "&version=2&outputs=%5B%7B%22Type%22%3A%22moby%22%2C%22Attrs%22%3A%7B%7D%7D%5D";
        assert!(query(0).ends_with(with_outputs), "{}", query(0));
        assert!(query(1).ends_with("&version=1"), "{}", query(1));
        let credentials = |at: usize| requests[at].header("x-registry-config").is_some();
        assert_eq!([credentials(0), credentials(1)], [false, true]);
    });
}

#[test]
fn what_needs_a_session_is_not_sent() {
    run(async {
        let server = Server::unix();
        let params = params().outputs([BuildOutput::default().r#type("local").into()]);
        let source = Some(stream::once("an archive"));
        let error = server.client().images().build(&params, source).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}");
        assert_eq!(server.lines(), [""; 0]);
    });
}
