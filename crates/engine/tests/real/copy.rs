//! Files that go into containers and come out of them.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::time::{Duration, SystemTime};

use moondock_engine::models::{CopyFromParams, CopySource, CopyToParams, CreateParams, ExecRunParams};
use moondock_engine::{ErrorKind, Result};
use moondock_tests::engine::abilities;
use moondock_tests::tree::{self, Tree};

use super::needs::needs;
use super::scratch::Scratch;

/// What a tree has, but for the times of links, which the engine does not keep.
fn tree(root: &Path) -> Tree {
    let mut found = tree::of(root).unwrap();
    for (path, (_, mtime, _)) in &mut found {
        if root.join(path).is_symlink() {
            *mtime = 0;
        }
    }
    found
}

/// A tree of everything that is hard to copy.
fn plant(root: &Path) {
    let deep = root.join("n".repeat(150)).join("ü☃".repeat(30));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("ä b"), "deep").unwrap();
    fs::create_dir(root.join("empty")).unwrap();
    fs::write(root.join("program"), "#!/bin/sh").unwrap();
    fs::set_permissions(root.join("program"), fs::Permissions::from_mode(0o751)).unwrap();
    fs::hard_link(root.join("program"), root.join("zwilling")).unwrap();
    symlink("../program", root.join("empty/link")).unwrap();
    symlink("x".repeat(180), root.join("long link")).unwrap();
    fs::File::create(root.join("holes")).unwrap().set_len(20 << 20).unwrap();
    fs::set_permissions(root.join("empty"), fs::Permissions::from_mode(0o710)).unwrap();
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_234_567_890);
    for name in ["program", "holes", "empty"] {
        fs::File::open(root.join(name)).unwrap().set_modified(old).unwrap();
    }
}

async fn put(container: &Scratch, path: &str, source: impl Into<CopySource>) -> Result<()> {
    container.copy_to(path, source, &CopyToParams::default()).await
}

async fn get(container: &Scratch, path: &str, here: impl AsRef<Path>) -> Result<()> {
    container.copy_from(path, here, &CopyFromParams::default()).await
}

#[tokio::test]
async fn a_tree_comes_back_as_it_went() {
    let folder = tempfile::tempdir().unwrap();
    let (source, back) = (folder.path().join("source"), folder.path().join("back"));
    fs::create_dir(&source).unwrap();
    plant(&source);
    let container = Scratch::idle().await;
    put(&container, "/srv", &source).await.unwrap();
    let script =
        "cd /srv && cat n*/*/ä* && stat -c %a program empty && stat -c %h zwilling && readlink empty/link";
    let told = container.exec_run(&ExecRunParams::default().cmd(["sh", "-c", script])).await.unwrap();
    let moondock_engine::models::ExecOutput::Collected(told) = told.output else { panic!("not collected") };
    assert_eq!(String::from_utf8_lossy(&told), "deep751\n710\n2\n../program\n");

    get(&container, "/srv", &back).await.unwrap();
    let (before, after) = (tree(&source), tree(&back));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (path, was) in &before {
        assert!(after[path] == *was, "{} differs", path.display());
    }
    let inode = |name: &str| fs::metadata(back.join(name)).unwrap().ino();
    assert_eq!(inode("program"), inode("zwilling"));
    assert!(fs::metadata(back.join("holes")).unwrap().blocks() * 512 < 1 << 20);
    container.remove().await;
}

#[tokio::test]
async fn lands_where_docker_cp_puts_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("dir")).unwrap();
    fs::write(root.join("dir/inner"), "inner").unwrap();
    fs::write(root.join("file"), "file").unwrap();
    symlink("dir", root.join("link")).unwrap();
    let here = |path: &str| format!("{}/{path}", root.display());
    let container = Scratch::idle().await;
    let script = "mkdir /d; echo old > /f; ln -s /d /l";
    container.exec_run(&ExecRunParams::default().cmd(["sh", "-c", script])).await.unwrap();

    for (source, path, lands) in [
        ("file", "/d", "/d/file"),
        ("file", "/d/", "/d/file"),
        ("file", "/l", "/d/file"),
        ("file", "/f", "/f"),
        ("file", "/new", "/new"),
        ("file", "/d/other", "/d/other"),
        ("dir", "/d", "/d/dir/inner"),
        ("dir/", "/d", "/d/dir/inner"),
        ("dir/.", "/d", "/d/inner"),
        ("dir", "/made", "/made/inner"),
        ("dir/.", "/contents/", "/contents/inner"),
        ("link/", "/linked", "/linked/inner"),
    ] {
        put(&container, path, here(source)).await.unwrap();
        let stat = container.path_stat(lands).await.unwrap();
        assert!(!stat.is_dir(), "{source} -> {path}");
        container.exec_run(&ExecRunParams::default().cmd(["rm", lands])).await.unwrap();
        assert!(container.path_stat(lands).await.is_err());
    }
    put(&container, "/f", here("file")).await.unwrap();
    for (source, path, kind) in [
        ("dir", "/f", ErrorKind::InvalidArgument),
        ("file", "/missing/", ErrorKind::InvalidArgument),
        ("missing", "/d", ErrorKind::IOError),
    ] {
        let error = put(&container, path, here(source)).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{source} -> {path}: {error}");
    }
    needs(&abilities::PUT_TO_NOWHERE, async {
        let error = put(&container, "/missing/x", here("file")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
    })
    .await;

    put(&container, "/d/text", CopySource::bytes("ignored", "some text")).await.unwrap();
    put(&container, "/d", CopySource::bytes("app.conf", "debug")).await.unwrap();
    let text = root.join("text");
    for (path, expected) in [("/d/text", "some text"), ("/d/app.conf", "debug"), ("/f", "file")] {
        get(&container, path, &text).await.unwrap();
        assert_eq!(fs::read_to_string(&text).unwrap(), expected);
    }
    let error = put(&container, "/d", CopySource::bytes("../x", "x")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{error}");
    container.remove().await;
}

#[tokio::test]
async fn comes_out_where_docker_cp_puts_it() {
    let container = Scratch::idle().await;
    let script = "mkdir -p /d/sub; echo x > /d/sub/file; ln -s /d/sub /l; chmod 700 /d/sub";
    container.exec_run(&ExecRunParams::default().cmd(["sh", "-c", script])).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("into")).unwrap();
    fs::set_permissions(root.join("into"), fs::Permissions::from_mode(0o755)).unwrap();
    for (path, here, lands) in [
        ("/d/sub", "into", "into/sub/file"),
        ("/d/sub/.", "into", "into/file"),
        ("/d/sub", "new", "new/file"),
        ("/d/sub/.", "contents", "contents/file"),
        ("/d/sub/file", "into", "into/file"),
        ("/d/sub/file", "into/file", "into/file"),
        ("/d/sub/file", "alone", "alone"),
        ("/l/file", "through", "through"),
    ] {
        get(&container, path, root.join(here)).await.unwrap();
        assert_eq!(fs::read_to_string(root.join(lands)).unwrap(), "x\n", "{path} -> {here}");
    }
    let mode = |path: &str| fs::metadata(root.join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("into"), mode("into/sub")), (0o755, 0o700));
    for (path, here, kind) in [
        ("/d/sub", "alone", ErrorKind::InvalidArgument),
        ("/d/sub/file", "missing/", ErrorKind::InvalidArgument),
        ("/d/sub/file", "missing/x", ErrorKind::IOError),
        ("/missing", "x", ErrorKind::NotFound),
    ] {
        let error = get(&container, path, format!("{}/{here}", root.display())).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{path} -> {here}: {error}");
    }

    needs(&abilities::LINKS_AS_LINKS, async {
        let error = get(&container, "/l", root.join("link")).await.unwrap_err();
        assert!(error.to_string().contains("link to `/d/sub`"), "{error}");
        let followed = CopyFromParams::default().follow_link(true);
        container.copy_from("/l", root.join("into"), &followed).await.unwrap();
        assert_eq!(fs::read_to_string(root.join("into/l/file")).unwrap(), "x\n");
        let outside = CopyFromParams::default().outside_links(true);
        container.copy_from("/l", root.join("link"), &outside).await.unwrap();
        assert_eq!(fs::read_link(root.join("link")).unwrap(), Path::new("/d/sub"));
    })
    .await;
    container.remove().await;
}

#[tokio::test]
async fn a_whole_file_system_comes_out() {
    let container = Scratch::create(CreateParams::default().command("true")).await;
    put(&container, "/", CopySource::bytes("marker", "here")).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let outside = CopyFromParams::default().outside_links(true);
    container.copy_from("/", folder.path(), &outside).await.unwrap();
    assert_eq!(fs::read(folder.path().join("marker")).unwrap(), b"here");
    assert!(fs::metadata(folder.path().join("bin/busybox")).unwrap().len() > 100_000);
    container.remove().await;
}

#[tokio::test]
async fn a_file_that_vanishes_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("a")).unwrap();
    symlink("nowhere", folder.path().join("b")).unwrap();
    let container = Scratch::idle().await;
    // A link that leads nowhere stands for a file that goes between the look at it and its reading.
    let follow = CopyToParams::default().follow_link(true);
    let gone = folder.path().join("b");
    let error = container.copy_to("/srv", &gone, &follow).await.unwrap_err();
    assert!(error.to_string().starts_with(&gone.display().to_string()), "{error}");
    put(&container, "/srv", folder.path()).await.unwrap();
    container.remove().await;
}
