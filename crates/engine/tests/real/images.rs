//! Images: saved, loaded, imported, listed, and their history.

use std::io::Read;

use futures_util::StreamExt;
use moondock_engine::api::{session, system};
use moondock_engine::models::{
    AttestationsParams, Image, ImageHistoryParams, ImageImportParams, ImageInspectParams, ImageListParams,
    ImageLoadParams, ImageRemoveParams, ImageSaveParams, ImportSource, SaveParams, SearchParams, TagParams,
};
use moondock_engine::stream::{ByteStream, collect, once};
use moondock_engine::types::Filters;
use moondock_engine::{ApiVersion, ErrorKind};
use moondock_tests::engine::abilities;
use serde_json::json;
use tokio::io::AsyncReadExt;

use super::needs::needs;
use super::{shared, short};

/// The entries of a tar archive, by name.
fn entries(archive: &[u8]) -> Vec<String> {
    let mut archive = tar::Archive::new(archive);
    let entries =
        archive.entries().unwrap().map(|entry| entry.unwrap().path().unwrap().display().to_string());
    entries.collect()
}

/// The `manifest.json` of an archive of images.
fn manifest(archive: &[u8]) -> serde_json::Value {
    let mut archive = tar::Archive::new(archive);
    let mut entries = archive.entries().unwrap().map(Result::unwrap);
    let mut entry = entries.find(|entry| entry.path().unwrap().as_os_str() == "manifest.json").unwrap();
    let mut text = String::new();
    entry.read_to_string(&mut text).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The names in the `manifest.json` of an archive of images, short.
fn tags(manifest: &serde_json::Value) -> Vec<String> {
    let images = manifest.as_array().unwrap().iter();
    let tags = images.flat_map(|image| image["RepoTags"].as_array().unwrap());
    let tags: Vec<_> = tags.map(|tag| tag.as_str().unwrap().to_owned()).collect();
    let mut tags: Vec<_> = short(&tags).into_iter().map(str::to_owned).collect();
    tags.sort_unstable();
    tags
}

async fn named(image: &Image, repository: &str) -> String {
    assert!(image.tag(&TagParams::default().repository(repository).tag("1")).await.unwrap());
    image.reload().await.unwrap();
    format!("{repository}:1")
}

#[tokio::test]
async fn an_image_is_saved_and_loaded() {
    let (_engine, client) = shared();
    let images = client.images();
    // An image of its own: loading one that is there already takes its names.
    let archive = layer("saved");
    let image = images.import(archive, &ImageImportParams::default()).await.unwrap();
    let name = named(&image, "moondock-images-saved").await;
    needs(&abilities::TAG_IN_REPOSITORY, async {
        image.tag(&TagParams::default().repository("moondock-images-saved:2")).await.unwrap();
        images.remove("moondock-images-saved:2", &ImageRemoveParams::default()).await.unwrap();
    })
    .await;

    let nameless = collect(image.save(&SaveParams::default()).await.unwrap()).await.unwrap();
    let none = manifest(&nameless)[0]["RepoTags"].clone();
    assert!(none.is_null() || none == json!([]), "{none}");
    let first = SaveParams::default().named(true).chunk_size(1000_u64);
    let pieces: Vec<_> = image.save(&first).await.unwrap().collect().await;
    assert!(pieces.iter().all(|piece| piece.as_ref().unwrap().len() <= 1000));
    let archive: Vec<u8> = pieces.into_iter().flat_map(|piece| piece.unwrap().to_vec()).collect();
    assert_eq!(tags(&manifest(&archive)), [name.as_str()]);
    let error = image.save(&SaveParams::default().named("other:1")).await.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert!(error.to_string().contains(&name), "{error}");

    images.remove(&name, &ImageRemoveParams::default()).await.unwrap();
    assert_eq!(images.get(&name).await.unwrap_err().kind(), ErrorKind::ImageNotFound);
    let loaded = images.load(once(archive.clone()), &ImageLoadParams::default()).await.unwrap();
    assert_eq!(short(&loaded.iter().flat_map(Image::tags).collect::<Vec<_>>()), [name.as_str()]);
    let loud = images.load_progress(once(archive), &ImageLoadParams::default().quiet(false)).await.unwrap();
    let records = loud.finish().await.unwrap();
    assert!(records.iter().any(|record| record["stream"].is_string()), "{records:?}");
    images.remove(&name, &ImageRemoveParams::default()).await.unwrap();

    let error = images.load(once("no archive"), &ImageLoadParams::default()).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::ImageLoadError | ErrorKind::APIError), "{error}");
}

#[tokio::test]
async fn several_images_are_saved_in_one_archive() {
    let (_engine, client) = shared();
    let (images, params) = (client.images(), ImageSaveParams::default());
    let archive = images.save(&["busybox:latest", "moondock/busybox:1"], &params).await.unwrap();
    let archive = collect(archive).await.unwrap();
    assert_eq!(tags(&manifest(&archive)), ["busybox:latest", "moondock/busybox:1"]);
    needs(&abilities::SHORT_NAMES, async {
        let image = images.get("busybox").await.unwrap();
        assert_eq!(image.tags(), ["busybox:latest", "moondock/busybox:1"]);
    })
    .await;
    assert!(entries(&archive).len() > 2);
    let error = images.save(&["moondock-images-none"], &params).await.err().unwrap();
    assert!(error.status_code().is_some(), "{error}");
}

/// A tar archive with one file of this content.
fn layer(content: &str) -> ByteStream {
    once(layer_bytes(content))
}

fn layer_bytes(content: &str) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(content.len() as u64);
    header.set_mode(0o644);
    builder.append_data(&mut header, "content", content.as_bytes()).unwrap();
    builder.into_inner().unwrap()
}

#[tokio::test]
async fn images_are_imported_from_data_and_files() {
    let (_engine, client) = shared();
    let images = client.images();
    let params: ImageImportParams = serde_json::from_value(json!({
        "repository": "moondock-images-imported", "tag": "1", "changes": ["CMD [\"a\"]", "LABEL of=data"],
        "message": "made by a test",
    }))
    .unwrap();
    let image = images.import(layer("from data"), &params).await.unwrap();
    let history = image.history(&ImageHistoryParams::default()).await.unwrap();
    needs(&abilities::IMPORT_TAG, async {
        assert_eq!(short(&image.tags()), ["moondock-images-imported:1"]);
        assert_eq!(history[0]["Tags"], json!(["moondock-images-imported:1"]));
    })
    .await;
    assert_eq!(image.labels()["of"], "data");
    assert_eq!(image.attrs()["Config"]["Cmd"], json!(["a"]));
    assert_eq!(history[0]["Comment"], "made by a test");
    image.remove(&ImageRemoveParams::default()).await.unwrap();

    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), layer_bytes("from a file")).unwrap();
    let source = ImportSource::from_text(file.path().to_str().unwrap());
    assert!(matches!(source, ImportSource::File(_)));
    let progress = images.import_progress(source, &ImageImportParams::default()).await.unwrap();
    let records = progress.finish().await.unwrap();
    let id = records.last().unwrap()["status"].as_str().unwrap();
    images.get(id).await.unwrap().remove(&ImageRemoveParams::default()).await.unwrap();

    let missing = ImportSource::File("/nowhere/image.tar".into());
    let error = images.import(missing, &ImageImportParams::default()).await.unwrap_err();
    assert!(error.to_string().contains("/nowhere/image.tar"), "{error}");
    assert!(matches!(ImportSource::from_text("http://host/a.tar"), ImportSource::Url(_)));
    let unreachable = ImportSource::Url("http://127.0.0.1:9/a.tar".to_owned());
    let error = images.import(unreachable, &ImageImportParams::default()).await.unwrap_err();
    assert!(error.kind().is_a("APIError"), "{error}");
}

#[tokio::test]
async fn newer_options_are_refused_by_older_engines() {
    let (_engine, client) = shared();
    let spoken = client.api().api_version().await.unwrap();
    let images = client.images();
    let image = images.get("busybox").await.unwrap();
    let shared_size = images.list(&ImageListParams::default().name("busybox").shared_size(true)).await;
    let manifests = images.get_with("busybox", &ImageInspectParams::default().manifests(true)).await;
    let engine = client.version().await.unwrap();
    let own = format!("linux/{}", engine["Arch"].as_str().unwrap());
    let history = image.history(&ImageHistoryParams::default().platform(own.as_str())).await;
    let platform = images.get_with("busybox", &ImageInspectParams::default().platform(own.as_str())).await;
    let attestations = image.attestations(&AttestationsParams::default()).await;
    for (since, what, result) in [
        (42, "shared_size", shared_size.map(|list| assert!(list[0].attrs()["SharedSize"].is_i64()))),
        (48, "manifests", manifests.map(drop)),
        (48, "platform", history.map(|layers| assert!(!layers.as_array().unwrap().is_empty()))),
        (49, "platform", platform.map(|found| assert_eq!(found, image))),
        (55, "ImageAttestations", attestations.map(drop)),
    ] {
        if spoken >= ApiVersion::new(1, since) {
            result.unwrap();
        } else {
            let error = result.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidVersion);
            let words = error.to_string();
            assert!(words.contains(what) && words.contains(&format!("1.{since}")), "{words}");
            assert!(words.contains(&spoken.to_string()), "{words}");
        }
    }
}

#[tokio::test]
async fn a_search_without_a_network_is_an_error() {
    let (_engine, client) = shared();
    let error = client.images().search("busybox", &SearchParams::default().limit(1)).await.unwrap_err();
    assert!(error.is_server_error(), "{error}");
    needs(&abilities::CLIENT_ERRORS, async {
        let filters = Filters::default().with("nonsense", "x");
        let error =
            client.images().search("busybox", &SearchParams::default().filters(filters)).await.unwrap_err();
        assert!(error.is_client_error() && error.to_string().contains("nonsense"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn an_engine_answers_a_ping_without_a_body() {
    let (_engine, client) = shared();
    let answer = client.api().send(system::ping_head()).await.unwrap();
    assert!(answer.header("api-version").is_some());
    assert!(answer.whole().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_session_is_a_connection_that_the_engine_calls_on() {
    needs(&abilities::BUILD_SESSIONS, async {
        let (_engine, client) = shared();
        let methods = ["/grpc.health.v1.Health/Check".to_owned()];
        let params = session::SessionParams::default().uuid("moondock-images-session").methods(methods);
        let mut connection = client.api().upgrade(session::session(&params)).await.unwrap();
        let mut preface = [0; 14];
        connection.read_exact(&mut preface).await.unwrap();
        assert_eq!(&preface, b"PRI * HTTP/2.0");
    })
    .await;
}
