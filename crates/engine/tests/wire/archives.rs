//! Archives that the engine breaks off: it says so behind what it has sent.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt;
use moondock_engine::ErrorKind;
use moondock_engine::models::{ExportParams, GetArchiveParams, ImageSaveParams, SaveParams};
use moondock_engine::stream::ByteStream;
use serde_json::json;

use super::frames::container;
use super::gate::run;
use super::reply::Reply;
use super::server::Server;

const TAR: &str = "application/x-tar";

/// The bytes of an archive and what its stream says at the end.
async fn read(mut archive: ByteStream) -> (Vec<u8>, Option<String>) {
    let mut bytes = Vec::new();
    while let Some(piece) = archive.next().await {
        match piece {
            Ok(piece) => bytes.extend_from_slice(&piece),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::APIError);
                assert!(archive.next().await.is_none());
                return (bytes, Some(error.to_string()));
            }
        }
    }
    (bytes, None)
}

#[test]
fn the_engines_words_behind_an_archive_are_its_error() {
    run(async {
        let begun = [b'x'; 700];
        let saving = "{\"errorDetail\":{\"message\":\"no space left\"},\"error\":\"no space left\"}\r\n";
        let exporting = "{\"message\":\"no space left\"}\n";
        let stat = json!({"name": "a", "size": 1, "mode": 420, "mtime": "", "linkTarget": ""}).to_string();
        let headers = [
            ("Content-Type", TAR),
            ("Transfer-Encoding", "chunked"),
            ("X-Docker-Container-Path-Stat", &STANDARD.encode(stat)),
        ];
        let answer = |words| Reply::begin().head("200 OK", &headers).chunk(begun).chunk(words).end();
        let server = Server::unix();
        server
            .on("GET /images/app/json", Reply::json(&json!({"Id": "sha256:1", "RepoTags": ["app:1"]})))
            .on("GET /images/sha256:1/get", answer(saving))
            .on("GET /images/get", answer(saving))
            .on("GET /containers/c1/export", answer(exporting))
            .on("GET /containers/c1/archive", answer(exporting));
        let client = server.client();
        let container = container(&server, &client, false).await;
        let image = client.images().get("app").await.unwrap();
        let archives = [
            image.save(&SaveParams::default()).await.unwrap(),
            image.save(&SaveParams::default().chunk_size(100_u64)).await.unwrap(),
            client.images().save(&["app"], &ImageSaveParams::default()).await.unwrap(),
            container.export(&ExportParams::default()).await.unwrap(),
            container.export(&ExportParams::default().chunk_size(100)).await.unwrap(),
            container.get_archive("/a", &GetArchiveParams::default()).await.unwrap().0,
        ];
        for (number, archive) in archives.into_iter().enumerate() {
            let (bytes, error) = read(archive).await;
            let words = error.unwrap_or_else(|| panic!("the archive {number} seems whole"));
            assert_eq!(words, "the engine broke off the archive: no space left");
            assert!(bytes.starts_with(&begun), "{number}");
        }
    });
}
