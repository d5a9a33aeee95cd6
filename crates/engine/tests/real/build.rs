//! Build contexts.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use futures_util::stream;
use moondock_engine::models::{BuildParams, DockerClient, ImageRemoveParams, RunParams};
use moondock_engine::{Error, ErrorKind};
use moondock_tests::engine::abilities;
use serde_json::json;
use tempfile::TempDir;

use super::needs::needs;
use super::{map, shared, short};

pub(super) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn of(folder: &Path) -> BuildParams {
    BuildParams::default().path(folder.to_string_lossy()).rm(true)
}

/// What a command says in an image that is built for it.
async fn said(client: &DockerClient, params: &BuildParams, command: &str) -> String {
    let built = client.images().build(params, None).await.unwrap();
    let run = RunParams::default().command(command).remove(true).network_disabled(true);
    let output = client.containers().run(built.image.id(), run).await.unwrap();
    client.images().remove(built.image.id(), &ImageRemoveParams::default().force(true)).await.unwrap();
    String::from_utf8(output.bytes().to_vec()).unwrap()
}

/// The files that a build saw.
async fn files(client: &DockerClient, params: &BuildParams) -> Vec<String> {
    let said = said(client, params, "sh -c 'cd /context && find . | sort'").await;
    said.lines().skip(1).map(|line| line.trim_start_matches("./").to_owned()).collect()
}

const COPY_ALL: &str = "FROM busybox\nCOPY . /context\n";

#[tokio::test]
async fn ignored_files_stay_behind() {
    needs(&abilities::IGNORED_BUT_DEEP, async {
        let (_engine, client) = shared();
        let context = folder(&[
            ("Dockerfile", COPY_ALL),
            (".dockerignore", "# all but\n*\n!keep\n!docs/*.md\ndocs/secret.md\n!**/deep.txt\n"),
            ("keep/a", ""),
            ("keep/.hidden", ""),
            ("docs/README.md", ""),
            ("docs/secret.md", ""),
            ("docs/more/b", ""),
            ("other/very/deep.txt", ""),
            ("other/shallow.txt", ""),
            ("drop", ""),
        ]);
        fs::create_dir(context.path().join("keep/empty")).unwrap();
        let expected = [
            "docs",
            "docs/README.md",
            "keep",
            "keep/.hidden",
            "keep/a",
            "keep/empty",
            "other",
            "other/very",
            "other/very/deep.txt",
        ];
        assert_eq!(files(&client, &of(context.path())).await, expected);
    })
    .await;
}

#[tokio::test]
async fn the_ignore_file_beside_the_dockerfile_wins() {
    needs(&abilities::IGNORE_FILE_BESIDE, async {
        let (_engine, client) = shared();
        let context = folder(&[
            ("a", ""),
            ("b", ""),
            (".dockerignore", "a\n"),
            ("Dev", COPY_ALL),
            ("Dev.dockerignore", "b\n"),
        ]);
        let expected = ["Dev", "Dev.dockerignore", "a"];
        assert_eq!(files(&client, &of(context.path()).dockerfile("Dev")).await, expected);
    })
    .await;
}

#[tokio::test]
async fn a_dockerfile_may_be_outside() {
    let (_engine, client) = shared();
    let context = folder(&[("a", ""), ("b", "")]);
    let outside = folder(&[("Special", COPY_ALL)]);
    let params = of(context.path()).dockerfile(outside.path().join("Special").to_string_lossy());
    assert_eq!(files(&client, &params).await, ["a", "b"]);
    fs::write(outside.path().join("Special.dockerignore"), "b").unwrap();
    assert_eq!(files(&client, &params).await, ["a"]);
}

#[tokio::test]
async fn a_compressed_context_is_the_same() {
    let (_engine, client) = shared();
    let context =
        folder(&[("Dockerfile", COPY_ALL), (".dockerignore", "Dockerfile\n.dockerignore"), ("a", "A")]);
    let run = context.path().join("run.sh");
    fs::write(&run, "echo").unwrap();
    fs::set_permissions(&run, fs::Permissions::from_mode(0o750)).unwrap();
    let time = UNIX_EPOCH + Duration::from_secs(1_234_567_890);
    fs::File::options().write(true).open(&run).unwrap().set_modified(time).unwrap();
    for params in [of(context.path()).gzip(true), of(context.path())] {
        assert_eq!(files(&client, &params).await, ["a", "run.sh"]);
        let said = said(&client, &params, "stat -c '%a %Y %u %g' /context/run.sh").await;
        assert_eq!(said, "750 1234567890 0 0\n");
    }
}

#[tokio::test]
async fn what_cannot_be_read_ends_the_build() {
    let (_engine, client) = shared();
    let context = folder(&[("Dockerfile", COPY_ALL), (".dockerignore", "ok\n[a\n")]);
    let error = client.images().build(&of(context.path()), None).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    assert!(error.to_string().contains(".dockerignore: line 2"), "{error}");

    // A source that fails in the middle of its archive.
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(1 << 20);
    header.set_mode(0o644);
    archive.append_data(&mut header, "large", vec![7; 1 << 20].as_slice()).unwrap();
    let begun = archive.into_inner().unwrap();
    let gone = Error::new(ErrorKind::IOError, "/context/gone: No such file or directory");
    let source = Box::pin(stream::iter([Ok(begun[..1 << 19].to_vec().into()), Err(gone)]));
    let params = BuildParams::default().custom_context(true);
    let error = client.images().build(&params, Some(source)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::IOError, "{error}");
    assert!(error.to_string().contains("/context/gone"), "{error}");
}

#[tokio::test]
async fn options_reach_the_build() {
    let (_engine, client) = shared();
    let context = folder(&[(
        "Dockerfile",
        "FROM busybox AS tools\nARG VERSION\nRUN echo \"$VERSION\" > /version\n\
         FROM tools AS hosts\nRUN grep -q '10.9.8.7.*b.local' /etc/hosts\n\
         FROM tools AS rest\nRUN false\n",
    )]);
    let params = of(context.path())
        .target("tools")
        .tag("moondock-build-options:1")
        .buildargs(map(&json!({"VERSION": "1 \"2\""})))
        .labels(map(&json!({"a": "b", "c": ""})))
        .cache_from(vec!["busybox".to_owned()])
        .network_mode("none");
    let built = client.images().build(&params, None).await.unwrap();
    let mut labels = built.image.labels();
    // Podman's builder adds its own.
    labels.remove("io.buildah.version");
    assert_eq!(json!(labels), json!({"a": "b", "c": ""}));
    assert_eq!(short(&built.image.tags()), ["moondock-build-options:1"]);
    assert_eq!(said(&client, &params, "cat /version").await, "1 \"2\"\n");

    needs(&abilities::BUILD_HOSTS, async {
        let hosts = of(context.path()).target("hosts").extra_hosts([("b.local", "10.9.8.7")]);
        said(&client, &hosts, "true").await;
    })
    .await;

    let error = client.images().build(&of(context.path()), None).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::BuildError, "{error}");
}

#[tokio::test]
async fn a_dockerfile_alone_is_a_context() {
    let (_engine, client) = shared();
    let text = Box::pin(stream::iter([Ok("FROM busybox\n".into()), Ok("ENV FROM=text\n".into())]));
    let params = BuildParams::default().gzip(true).rm(true);
    let built = client.images().build(&params, Some(text)).await.unwrap();
    let environment = built.image.attrs()["Config"]["Env"].clone();
    assert!(environment.as_array().unwrap().contains(&json!("FROM=text")), "{environment}");
    client.images().remove(built.image.id(), &ImageRemoveParams::default()).await.unwrap();
}
