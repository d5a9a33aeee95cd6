//! Copying out of a container whose engine sends what no engine should.

use std::fs;
use std::path::Path;

use moondock_engine::ErrorKind;
use moondock_engine::models::{Container, CopyFromParams};
use tar::EntryType;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::UnixListener;

/// The path's stat: `{"name": "b", "mode": 2147484141}`, a folder.
const STAT: &str = "eyJuYW1lIjogImIiLCAibW9kZSI6IDIxNDc0ODQxNDF9";

fn archive(entries: &[(EntryType, &str, &str)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (kind, name, text) in entries {
        let mut header = tar::Header::new_gnu();
        let text = text.as_bytes();
        let fields = header.as_old_mut();
        fields.name[..name.len()].copy_from_slice(name.as_bytes());
        if !kind.is_file() {
            fields.linkname[..text.len()].copy_from_slice(text);
        }
        let data = if kind.is_file() { text } else { b"" };
        header.set_entry_type(*kind);
        header.set_mode(0o777);
        header.set_size(data.len() as u64);
        header.set_cksum();
        builder.append(&header, data).unwrap();
    }
    builder.into_inner().unwrap()
}

/// Answers every question as an engine would whose only container holds this archive.
async fn answer(listener: UnixListener, archive: Vec<u8>) {
    loop {
        let mut stream = BufReader::new(listener.accept().await.unwrap().0);
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        let mut header = String::new();
        while stream.read_line(&mut header).await.unwrap() > 2 {
            header.clear();
        }
        let body = match line.split(' ').nth(1).unwrap() {
            "/_ping" => b"OK",
            path if path.ends_with("/json") => &b"{\"Id\": \"c\"}"[..],
            _ => &archive,
        };
        let head = format!(
            "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: {}\r\nConnection: close\r\n\
             X-Docker-Container-Path-Stat: {STAT}\r\n\r\n",
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body].concat()).await.unwrap();
        // Who has read enough closes the connection.
        let _ = stream.shutdown().await;
    }
}

async fn copy(folder: &Path, bytes: Vec<u8>) -> moondock_engine::Result<()> {
    let socket = folder.join("socket");
    let engine = tokio::spawn(answer(UnixListener::bind(&socket).unwrap(), bytes));
    let client = super::client(&format!("unix://{}", socket.display()));
    let container: Container = client.containers().get("c").await.unwrap();
    let result = container.copy_from("/b", folder.join("target"), &CopyFromParams::default()).await;
    engine.abort();
    fs::remove_file(socket).unwrap();
    result
}

#[tokio::test]
async fn nothing_leaves_the_target() {
    use EntryType::{Directory, Link, Regular, Symlink};

    for (entries, words) in [
        (vec![(Regular, "b/../../evil", "x")], "`..`"),
        (vec![(Regular, "/b/evil", "x")], "absolute"),
        (vec![(Directory, "b", ""), (Regular, "evil", "x")], "does not belong"),
        (vec![(Symlink, "b/l", "../.."), (Regular, "b/l/evil", "x")], "link to `../..`"),
        (vec![(Symlink, "b/l", "/tmp"), (Regular, "b/l/evil", "x")], "link to `/tmp`"),
        (vec![(Link, "b/h", "b/../../secret")], "hard link"),
        (vec![(Symlink, "b/l", "m"), (Regular, "b/l/evil", "x")], "not a folder"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret"), "kept").unwrap();
        let error = copy(folder.path(), archive(&entries)).await.unwrap_err();
        assert!(error.to_string().contains(words), "{entries:?}: {error}");
        assert!(matches!(error.kind(), ErrorKind::InvalidArgument | ErrorKind::IOError), "{error:?}");
        let mut names: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.retain(|name| name != "target");
        assert_eq!(names, ["secret"], "{entries:?}");
        assert_eq!(fs::read(folder.path().join("secret")).unwrap(), b"kept");
    }
}

#[tokio::test]
async fn what_is_decent_arrives_and_what_is_cut_short_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let whole = archive(&[(EntryType::Directory, "b", ""), (EntryType::Regular, "b/x", "text")]);
    copy(folder.path(), whole.clone()).await.unwrap();
    assert_eq!(fs::read(folder.path().join("target/b/x")).ok(), None, "the target is the folder itself");
    assert_eq!(fs::read(folder.path().join("target/x")).unwrap(), b"text");
    let error = copy(folder.path(), whole[..whole.len() - 1024].to_vec()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::StreamParseError, "{error}");
}
