//! Volumes.

use moondock_engine::models::{
    CreateParams, DockerClient, SwarmInitParams, VolumeCreateParams, VolumeListParams, VolumePruneParams,
    VolumeRemoveParams,
};
use moondock_engine::types::{Filters, Pairs};
use moondock_engine::{ApiVersion, ErrorKind};
use moondock_tests::engine::{ThrowawayEngine, abilities};
use serde_json::json;

use super::needs::needs;
use super::sleeper::{idle, output, remove};
use super::{client, map, oldest, shared};

const FORCE: fn() -> VolumeRemoveParams = || VolumeRemoveParams::default().force(true);

fn labelled(value: &str) -> VolumeListParams {
    VolumeListParams::default().filters(Filters::default().with("label", format!("moondock.volumes={value}")))
}

async fn names(client: &DockerClient, params: &VolumeListParams) -> Vec<String> {
    let volumes = client.volumes().list(params).await.unwrap();
    let mut names: Vec<_> = volumes.iter().map(|volume| volume.name().to_owned()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_volume_outlives_the_containers_that_use_it() {
    let (_engine, client) = shared();
    let options = |o: &str| map(&json!({"type": "tmpfs", "device": "tmpfs", "o": o}));
    needs(&abilities::VOLUME_SIZES, async {
        let sized = VolumeCreateParams::default().driver_opts(options("size=1m"));
        client.volumes().create(&sized).await.unwrap().remove(&FORCE()).await.unwrap();
    })
    .await;
    let params = VolumeCreateParams::default()
        .name("moondock-volumes-kept")
        .driver("local")
        .driver_opts(options("uid=7"))
        .labels(map(&json!({"moondock.volumes": "kept"})));
    let volume = client.volumes().create(&params).await.unwrap();
    assert_eq!((volume.id(), volume.name()), ("moondock-volumes-kept", "moondock-volumes-kept"));
    assert_eq!(volume.short_id(), "moondock-vol");
    assert_eq!(volume.attrs()["Labels"], json!({"moondock.volumes": "kept"}));
    assert_eq!(volume.attrs()["Options"]["o"], "uid=7");
    assert!(client.volumes().get(volume.name()).await.unwrap() == volume);

    let mounted = |mode: &str| {
        let place = json!({"bind": "/data", "mode": mode});
        CreateParams::default().volumes(Pairs::from([(volume.name(), place)]))
    };
    let writer = idle(&client, "moondock-volumes-writer", mounted("rw")).await;
    let reader = idle(&client, "moondock-volumes-reader", mounted("ro")).await;
    assert_eq!(output(&writer, "stat -c %u /data").await, "7\n");
    output(&writer, "sh -c 'echo kept > /data/file'").await;
    assert_eq!(output(&reader, "cat /data/file").await, "kept\n");

    let error = volume.remove(&VolumeRemoveParams::default()).await.unwrap_err();
    assert_eq!(error.status_code(), Some(409));
    for container in [writer, reader] {
        remove(&container).await;
    }
    volume.remove(&VolumeRemoveParams::default()).await.unwrap();
    assert_eq!(volume.reload().await.unwrap_err().kind(), ErrorKind::NotFound);
    // By force, what is gone is removed.
    volume.remove(&FORCE()).await.unwrap();
}

#[tokio::test]
async fn lists_and_prunes_by_label() {
    let (_engine, client) = shared();
    for name in ["a", "b", "c"] {
        let label = if name == "c" { "other" } else { "pruned" };
        let params = VolumeCreateParams::default()
            .name(format!("moondock-volumes-{name}"))
            .labels(map(&json!({"moondock.volumes": label})));
        client.volumes().create(&params).await.unwrap();
    }
    assert_eq!(names(&client, &labelled("pruned")).await, ["moondock-volumes-a", "moondock-volumes-b"]);
    assert_eq!(names(&client, &labelled("none")).await, [""; 0]);
    needs(&abilities::VOLUME_FILTERS, async {
        let by_name = Filters::default().with("name", "moondock-volumes-c").with("dangling", true);
        assert_eq!(
            names(&client, &VolumeListParams::default().filters(by_name)).await,
            ["moondock-volumes-c"]
        );
    })
    .await;

    let mut filters = Filters::default().with("label", "moondock.volumes=pruned");
    if client.api().api_version().await.unwrap() >= ApiVersion::new(1, 42) {
        filters = filters.with("all", true);
    }
    let prune = VolumePruneParams::default().filters(filters);
    let pruned = client.volumes().prune(&prune).await.unwrap();
    let mut deleted: Vec<_> = pruned["VolumesDeleted"].as_array().unwrap().clone();
    deleted.sort_by_key(ToString::to_string);
    assert_eq!(deleted, ["moondock-volumes-a", "moondock-volumes-b"]);
    assert_eq!(client.volumes().prune(&prune).await.unwrap()["VolumesDeleted"], json!([]));
    client.volumes().get("moondock-volumes-c").await.unwrap().remove(&FORCE()).await.unwrap();
}

#[tokio::test]
async fn the_engine_makes_up_a_name() {
    let (_engine, client) = shared();
    let volume = client.volumes().create(&VolumeCreateParams::default()).await.unwrap();
    assert_eq!(volume.name().len(), 64);
    volume.remove(&VolumeRemoveParams::default()).await.unwrap();
    let error = client.volumes().get("moondock-volumes-none").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn an_option_that_is_too_new_is_an_error() {
    let (engine, client) = shared();
    let old = oldest(&engine).volumes();
    let spec = VolumeCreateParams::default()
        .name("moondock-volumes-cluster")
        .cluster_volume_spec(map(&json!({"Group": "g"})));
    let all = VolumePruneParams::default().filters(Filters::default().with("all", true));
    let volume = old.create(&VolumeCreateParams::default().name("moondock-volumes-local")).await.unwrap();
    let drained = map(&json!({"Availability": "drain"}));
    for (error, option) in [
        (old.create(&spec).await.unwrap_err(), "cluster_volume_spec"),
        (old.prune(&all).await.unwrap_err(), "`all`"),
        (volume.update(drained.clone()).await.unwrap_err(), "VolumeUpdate"),
    ] {
        assert_eq!(error.kind(), ErrorKind::InvalidVersion);
        let words = error.to_string();
        assert!([option, "1.42", "1.41"].iter().all(|word| words.contains(word)), "{words}");
    }
    if client.api().api_version().await.unwrap() >= ApiVersion::new(1, 42) {
        let volume = client.volumes().get(volume.name()).await.unwrap();
        assert_eq!(volume.update(drained).await.unwrap_err().status_code(), Some(503));
    }
    volume.remove(&VolumeRemoveParams::default()).await.unwrap();
}

#[tokio::test]
async fn a_swarm_has_volumes_of_its_own() {
    needs(&abilities::SWARMS, async {
        let engine = ThrowawayEngine::start().unwrap();
        let client = client(&engine.host());
        let params = SwarmInitParams::default().advertise_addr("127.0.0.1").listen_addr("127.0.0.1:2377");
        client.swarm().await.unwrap().init(&params).await.unwrap();
        let spec = json!({
            "Group": "g",
            "AccessMode": {"Scope": "single", "Sharing": "none", "MountVolume": {}},
            "Availability": "active",
        });
        // No plugin makes it, but the swarm has it.
        let params = VolumeCreateParams::default()
            .name("moondock-cluster")
            .driver("none")
            .cluster_volume_spec(map(&spec));
        let created = client.volumes().create(&params).await;
        if client.api().api_version().await.unwrap() < ApiVersion::new(1, 42) {
            assert_eq!(created.unwrap_err().kind(), ErrorKind::InvalidVersion);
            return;
        }
        let volume = client.volumes().get(created.unwrap().name()).await.unwrap();
        assert_eq!(names(&client, &VolumeListParams::default()).await, ["moondock-cluster"]);
        let attrs = volume.attrs();
        let cluster = &attrs["ClusterVolume"];
        assert_eq!(cluster["Spec"]["Group"], "g");
        let mut spec = map(&cluster["Spec"]);
        spec.insert("Availability".to_owned(), json!("drain"));
        let late = client.volumes().get(volume.name()).await.unwrap();
        volume.update(spec.clone()).await.unwrap();
        assert_eq!(volume.attrs()["ClusterVolume"]["Spec"]["Availability"], "drain");
        // Whoever has read it before may not change it any more.
        assert!(late.update(spec).await.unwrap_err().status_code().is_some());
        volume.remove(&FORCE()).await.unwrap();
        assert_eq!(volume.reload().await.unwrap_err().kind(), ErrorKind::NotFound);
    })
    .await;
}
