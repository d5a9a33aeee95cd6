//! Archives of containers.

use std::collections::BTreeMap;
use std::io::Read;

use futures_util::StreamExt;
use moondock_engine::ErrorKind;
use moondock_engine::models::{CreateParams, ExportParams, GetArchiveParams, PutArchiveParams};
use moondock_engine::stream::{ByteStream, collect, once};
use moondock_tests::engine::abilities;

use super::needs::needs;
use super::scratch::{Scratch, megabytes};

/// The names in an archive and what the files hold.
async fn entries(stream: ByteStream) -> BTreeMap<String, Vec<u8>> {
    let bytes = collect(stream).await.unwrap();
    let mut archive = tar::Archive::new(&bytes[..]);
    let entries = archive.entries().unwrap().map(|entry| {
        let mut entry = entry.unwrap();
        let mut data = Vec::new();
        entry.read_to_end(&mut data).unwrap();
        (entry.path().unwrap().to_string_lossy().trim_end_matches('/').to_owned(), data)
    });
    entries.collect()
}

fn archive(files: &[(&str, &str)]) -> ByteStream {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, text.as_bytes()).unwrap();
    }
    once(builder.into_inner().unwrap())
}

#[tokio::test]
async fn exports_the_whole_file_system() {
    let container = Scratch::create(CreateParams::default().command("true")).await;
    let entries = entries(container.export(&ExportParams::default()).await.unwrap()).await;
    assert!(entries["bin/busybox"].len() > 100_000);
    assert!(String::from_utf8_lossy(&entries["etc/passwd"]).starts_with("root:"));
    let mut pieces = container.export(&ExportParams::default().chunk_size(1000)).await.unwrap();
    assert_eq!(pieces.next().await.unwrap().unwrap().len(), 1000);
    container.remove().await;
}

#[tokio::test]
async fn gives_archives_and_tells_what_they_are_of() {
    let container = Scratch::create(CreateParams::default().command("true")).await;
    let (stream, stat) = container.get_archive("/etc/passwd", &GetArchiveParams::default()).await.unwrap();
    let files = entries(stream).await;
    assert_eq!(files.keys().collect::<Vec<_>>(), ["passwd"]);
    assert_eq!((stat.name(), stat.permissions(), stat.is_dir()), ("passwd", 0o644, false));
    assert_eq!(usize::try_from(stat.size()).unwrap(), files["passwd"].len());
    assert_eq!(container.path_stat("/etc/passwd").await.unwrap(), stat);

    let (stream, stat) = container.get_archive("/etc", &GetArchiveParams::default()).await.unwrap();
    assert!(stat.is_dir() && entries(stream).await.contains_key("etc/passwd"));
    needs(&abilities::COMPRESSED_ARCHIVES, async {
        let encoded = GetArchiveParams::default().encode_stream(true);
        let (stream, _) = container.get_archive("/etc", &encoded).await.unwrap();
        assert_eq!(collect(stream).await.unwrap()[..2], [0x1f, 0x8b]);
    })
    .await;
    container.remove().await;
}

#[tokio::test]
async fn a_path_that_is_missing_is_not_found() {
    let container = Scratch::create(CreateParams::default().command("true")).await;
    let error = container.get_archive("/missing", &GetArchiveParams::default()).await.err().unwrap();
    assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
    let error = container.path_stat("/missing").await.unwrap_err();
    assert_eq!((error.kind(), error.status_code()), (ErrorKind::NotFound, Some(404)));
    assert!(error.to_string().contains("/missing"), "{error}");
    needs(&abilities::PUT_TO_NOWHERE, async {
        for data in [archive(&[("a", "a")]), megabytes(20)] {
            let error =
                container.put_archive("/missing", data, &PutArchiveParams::default()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
        }
    })
    .await;
    container.remove().await;
}

#[tokio::test]
async fn unpacks_what_it_is_given() {
    let container = Scratch::create(CreateParams::default().command("true").user("nobody")).await;
    let put = async |files, params| container.put_archive("/tmp", archive(files), &params).await;
    put(&[("x/a", "one"), ("b", "two")], PutArchiveParams::default()).await.unwrap();
    let (stream, _) = container.get_archive("/tmp/x", &GetArchiveParams::default()).await.unwrap();
    assert_eq!(entries(stream).await["x/a"], b"one");

    let kept = PutArchiveParams::default().no_overwrite_dir_non_dir(true);
    let error = put(&[("x", "a file")], kept).await.unwrap_err();
    assert!(error.status_code().is_some(), "{error}");
    assert!(container.path_stat("/tmp/x").await.unwrap().is_dir());
    put(&[("owned", "x")], PutArchiveParams::default().copy_uid_gid(true)).await.unwrap();
    let (stream, _) = container.get_archive("/tmp/owned", &GetArchiveParams::default()).await.unwrap();
    let bytes = collect(stream).await.unwrap();
    let mut archive = tar::Archive::new(&bytes[..]);
    let entry = archive.entries().unwrap().next().unwrap().unwrap();
    assert_eq!(entry.header().uid().unwrap(), 65534);
    container.remove().await;
}
