//! Builds with BuildKit.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::StreamExt;
use moondock_engine::models::{
    BuildOutput, BuildParams, Builder, DockerClient, ImageRemoveParams, PullParams, PushParams, RunParams,
    TagParams,
};
use moondock_engine::types::Part;
use moondock_engine::{ApiVersion, Error, ErrorKind, stream};
use moondock_tests::engine::{ThrowawayEngine, abilities};
use moondock_tests::image;
use moondock_tests::registry::{PASSWORD, Registry, USER};
use serde_json::{Value, json};

use super::build::folder;
use super::needs::needs;
use super::{client, map, shared};

/// A build of this Dockerfile alone. What was built before, by another test or run, is built again.
async fn build(
    client: &DockerClient,
    dockerfile: &str,
    params: BuildParams,
) -> Result<(String, Vec<Value>), Error> {
    let params = params.builder(Builder::BuildKit).nocache(true);
    let built = client.images().build(&params, Some(stream::once(dockerfile.to_owned()))).await?;
    Ok((built.image.id().to_owned(), built.log))
}

async fn remove(client: &DockerClient, image: &str) {
    client.images().remove(image, &ImageRemoveParams::default().force(true)).await.unwrap();
}

/// All text of a log.
fn text(log: &[Value]) -> String {
    log.iter().filter_map(|record| record.get("stream")?.as_str()).collect()
}

/// Whether a line of a step ends so.
fn says(text: &str, end: &str) -> bool {
    text.lines().any(|line| line.starts_with('#') && line.ends_with(end))
}

static PROBES: AtomicU32 = AtomicU32::new(0);

/// Runs a test of BuildKit with a client of the shared engine.
async fn with_buildkit(test: impl AsyncFnOnce(DockerClient)) {
    needs(&abilities::BUILDKIT, async {
        let (_engine, client) = shared();
        // No two are the same image, which one test would remove under another.
        let number = PROBES.fetch_add(1, Ordering::Relaxed);
        let dockerfile = format!("FROM busybox\nLABEL probe={number}\n");
        let (id, log) = build(&client, &dockerfile, BuildParams::default()).await.unwrap();
        remove(&client, &id).await;
        let is_buildkits = |record: &Value| record["id"] == "moby.buildkit.trace";
        assert!(log.iter().any(is_buildkits), "another builder than BuildKit has built: {log:?}");
        test(client).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_built_runs_and_the_log_tells_how() {
    with_buildkit(async |client| {
        let dockerfile = "FROM busybox\nRUN echo to-stdout; echo to-stderr >&2; printf 'no end'\n\
                      RUN echo made > /made\nCMD cat /made\n";
        let params = BuildParams::default().tag("moondock-buildkit:1");
        let (id, log) = build(&client, dockerfile, params).await.unwrap();
        assert_eq!(client.images().get("moondock-buildkit:1").await.unwrap().id(), id);
        let run = RunParams::default().remove(true).network_disabled(true);
        assert_eq!(client.containers().run(&id, run).await.unwrap().bytes(), b"made\n");
        remove(&client, &id).await;

        let text = text(&log);
        for end in [" to-stdout", " to-stderr", " no end", "] RUN echo made > /made", " exporting to image"] {
            assert!(says(&text, end), "`{end}` is missing in\n{text}");
        }
        assert!(text.lines().any(|line| line.contains(" DONE ")), "{text}");
        // What the engine sent is there, too.
        let traces = log.iter().filter(|record| record["id"] == "moby.buildkit.trace");
        assert!(traces.filter(|record| record["aux"].is_string()).count() > 5, "{log:?}");
    })
    .await;
}

#[tokio::test]
async fn a_step_that_fails_ends_the_build_with_its_log() {
    with_buildkit(async |client| {
        let dockerfile = "FROM busybox\nRUN echo before-the-end; exit 7\n";
        let error = build(&client, dockerfile, BuildParams::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BuildError, "{error}");
        assert!(error.to_string().ends_with("exit code: 7"), "{error}");
        let text = text(error.log());
        assert!(says(&text, " before-the-end"), "{text}");
        assert!(
            text.lines().any(|line| line.contains(" ERROR: ") && line.ends_with("exit code: 7")),
            "{text}"
        );

        let error = build(&client, "FROM busybox\nBOGUS\n", BuildParams::default()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BuildError, "{error}");
        assert!(error.to_string().contains("unknown instruction: BOGUS"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn options_reach_the_build() {
    with_buildkit(async |client| {
        let dockerfile = "FROM busybox AS tools\nARG VERSION\n\
                      RUN echo \"version=$VERSION\"; grep '10.9.8.7.*b.local' /etc/hosts; ls /sys/class/net\n\
                      FROM tools AS rest\nRUN false\n";
        let params = BuildParams::default()
            .target("tools")
            .tag("moondock-buildkit-options:1")
            .buildargs(map(&json!({"VERSION": "1 \"2\""})))
            .labels(map(&json!({"a": "b", "c": ""})))
            .extra_hosts([("b.local", "10.9.8.7")])
            .cache_from(["busybox".to_owned()])
            .network_mode("none")
            .platform("linux");
        let (id, log) = build(&client, dockerfile, params).await.unwrap();
        let image = client.images().get(&id).await.unwrap();
        assert_eq!(image.attrs()["Config"]["Labels"], json!({"a": "b", "c": ""}));
        assert_eq!(image.tags(), ["moondock-buildkit-options:1"]);
        remove(&client, &id).await;
        let text = text(&log);
        for end in [" version=1 \"2\"", "b.local", " lo"] {
            assert!(says(&text, end), "`{end}` is missing in\n{text}");
        }
        assert!(!says(&text, " eth0"), "{text}");

        let error = build(&client, dockerfile, BuildParams::default().target("nowhere")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::BuildError, "{error}");
        let error =
            build(&client, dockerfile, BuildParams::default().network_mode("bridge")).await.unwrap_err();
        assert!(error.to_string().contains("\"bridge\" not supported by buildkit"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn the_size_of_shared_memory_holds_where_buildkit_has_it() {
    with_buildkit(async |client| {
        let dockerfile = "FROM busybox\nRUN df -k /dev/shm\n";
        let (id, log) = build(&client, dockerfile, BuildParams::default().shmsize("16m")).await.unwrap();
        remove(&client, &id).await;
        // Engine 20.10 leaves it at its default.
        let newer = client.api().api_version().await.unwrap() >= ApiVersion::new(1, 42);
        let size = if newer { " 16384 " } else { " 65536 " };
        assert!(text(&log).lines().any(|line| line.contains(size)), "{}", text(&log));
    })
    .await;
}

#[tokio::test]
async fn a_folder_is_a_context() {
    with_buildkit(async |client| {
        let context = folder(&[
            ("sub/Dev", "FROM busybox\nCOPY . /context\nRUN cd /context && find . -type f | sort\n"),
            (".dockerignore", "drop\n"),
            ("keep", ""),
            ("drop", ""),
        ]);
        for gzip in [false, true] {
            let params = BuildParams::default()
                .path(context.path().to_string_lossy())
                .dockerfile("sub/Dev")
                .builder(Builder::BuildKit)
                .nocache(true)
                .gzip(gzip);
            let built = client.images().build(&params, None).await.unwrap();
            remove(&client, built.image.id()).await;
            let text = text(&built.log);
            assert!(says(&text, " ./keep") && says(&text, " ./sub/Dev"), "{text}");
            assert!(!says(&text, " ./drop"), "{text}");
        }
    })
    .await;
}

#[tokio::test]
async fn quiet_gives_the_id_alone() {
    with_buildkit(async |client| {
        let dockerfile = "FROM busybox\nLABEL quiet=1\n";
        let (id, log) = build(&client, dockerfile, BuildParams::default().quiet(true)).await.unwrap();
        remove(&client, &id).await;
        assert_eq!(log, [json!({"stream": format!("{id}\n")})]);
    })
    .await;
}

#[tokio::test]
async fn outputs_are_the_engines_images() {
    with_buildkit(async |client| {
        let build = |output: Part<BuildOutput>| {
            let params = BuildParams::default().tag("moondock-buildkit-output:1").outputs([output]);
            build(&client, "FROM busybox\nLABEL output=1\n", params)
        };
        // Both spellings, and without attributes, of which engine 20.10 would die.
        for output in [json!({"type": "moby"}), json!({"Type": "moby"})] {
            let (id, _) = build(serde_json::from_value(output).unwrap()).await.unwrap();
            assert_eq!(client.images().get("moondock-buildkit-output:1").await.unwrap().id(), id);
            remove(&client, &id).await;
        }
        let error = build(BuildOutput::default().r#type("bogus").into()).await.unwrap_err();
        assert!(error.to_string().contains("exporter \"bogus\" could not be found"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_build_that_nobody_reads_any_more_ends() {
    with_buildkit(async |client| {
        // Only one step at a time has the folder.
        let dockerfile = |command: &str| {
            let folder = "--mount=type=cache,id=moondock-unread,target=/alone,sharing=locked";
            format!("FROM busybox\nRUN {folder} {command}\n")
        };
        let params = BuildParams::default().builder(Builder::BuildKit).nocache(true);
        let source = stream::once(dockerfile("echo begun; sleep 3600"));
        let mut progress = client.images().build_progress(&params, Some(source)).await.unwrap();
        let mut seen = Vec::new();
        while !says(&text(&seen), " begun") {
            seen.push(progress.next().await.unwrap().unwrap());
        }
        drop(progress);
        let dockerfile = dockerfile("echo after");
        let next = build(&client, &dockerfile, BuildParams::default());
        let next = tokio::time::timeout(Duration::from_secs(120), next).await;
        let (id, log) = next.expect("the first build has not ended").unwrap();
        remove(&client, &id).await;
        assert!(says(&text(&log), " after"), "{}", text(&log));
    })
    .await;
}

#[tokio::test]
async fn what_needs_a_session_says_so() {
    with_buildkit(async |client| {
        for mount in ["secret,id=x", "ssh"] {
            let dockerfile = format!("FROM busybox\nRUN --mount=type={mount} true\n");
            let error = build(&client, &dockerfile, BuildParams::default()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::BuildError, "{error}");
            assert!(error.to_string().contains("no active sessions: BuildKit asks for"), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_base_image_behind_a_login_is_pulled_before() {
    with_buildkit(async |_| {
        let mut engine = ThrowawayEngine::start().unwrap();
        image::prepare(&engine.address()).unwrap();
        let registry = Registry::start(&mut engine, 5000, true).unwrap();
        let client = client(&engine.host());
        let name = format!("{}/base:1", registry.address());
        let user = || map(&json!({"username": USER, "password": PASSWORD}));
        let busybox = client.images().get("busybox").await.unwrap();
        assert!(busybox.tag(&TagParams::default().repository(&*name)).await.unwrap());
        client.images().push(&name, &PushParams::default().auth_config(user())).await.unwrap();
        remove(&client, &name).await;

        let dockerfile = format!("FROM {name}\nRUN echo from the registry\n");
        let error = build(&client, &dockerfile, BuildParams::default()).await.unwrap_err();
        assert!(error.to_string().contains("pull base images first"), "{error}");
        client.images().pull(&name, &PullParams::default().auth_config(user())).await.unwrap();
        let (_, log) = build(&client, &dockerfile, BuildParams::default()).await.unwrap();
        assert!(says(&text(&log), " from the registry"), "{}", text(&log));
    })
    .await;
}
