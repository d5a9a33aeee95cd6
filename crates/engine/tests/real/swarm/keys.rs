//! The keys and tokens of a swarm.

use moondock_engine::models::{DockerClient, Swarm, SwarmJoinParams, SwarmUpdateParams};
use moondock_tests::engine::ThrowawayEngine;
use serde_json::json;

use super::eventually;

/// Does what needs the swarm's newest version.
async fn update(swarm: &Swarm, params: &SwarmUpdateParams) {
    eventually("a change of the newest version", async || {
        swarm.reload().await.unwrap();
        match swarm.update(params).await {
            Ok(()) => Some(()),
            Err(error) if error.to_string().contains("out of sequence") => None,
            Err(error) => panic!("{error}"),
        }
    })
    .await;
    swarm.reload().await.unwrap();
}

pub(super) async fn rotate(client: &DockerClient) {
    let swarm = client.swarm().await.unwrap();
    let tokens = swarm.attrs()["JoinTokens"].clone();
    update(&swarm, &SwarmUpdateParams::default().rotate_worker_token(true)).await;
    let attrs = swarm.attrs();
    assert_ne!(attrs["JoinTokens"]["Worker"], tokens["Worker"]);
    assert_eq!(attrs["JoinTokens"]["Manager"], tokens["Manager"]);
    assert_eq!(attrs["Spec"]["Labels"], json!({}), "what is left out is unset");

    let token = attrs["JoinTokens"]["Worker"].as_str().unwrap();
    let join = SwarmJoinParams::default().remote_addrs(vec!["127.0.0.1:2377".to_owned()]).join_token(token);
    let error = swarm.join(&join).await.unwrap_err();
    assert_eq!(error.status_code(), Some(503), "{error}");
}

/// Changes the key that locks a manager, and waits until its data are locked with that one: the engine does it later.
async fn update_locks(swarm: &Swarm, params: &SwarmUpdateParams, engine: &ThrowawayEngine) {
    let file = engine.folder().join("data/swarm/certificates/swarm-node.key");
    let version = || {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        text.lines().find(|line| line.starts_with("kek-version")).map(str::to_owned)
    };
    let before = version();
    update(swarm, params).await;
    eventually("the manager locks its data", async || version().filter(|now| before.as_ref() != Some(now)))
        .await;
}

pub(super) async fn unlock(client: &DockerClient, engine: &mut ThrowawayEngine) {
    let swarm = client.swarm().await.unwrap();
    assert_eq!(swarm.get_unlock_key().await.unwrap()["UnlockKey"], "");
    let locked = SwarmUpdateParams::default().autolock_managers(true);
    update_locks(&swarm, &locked, engine).await;
    let first = swarm.get_unlock_key().await.unwrap();
    update_locks(&swarm, &locked.rotate_manager_unlock_key(true), engine).await;
    let key = swarm.get_unlock_key().await.unwrap();
    assert!(key["UnlockKey"].as_str().unwrap().starts_with("SWMKEY-1-"), "{key}");
    assert_ne!(key, first);

    engine.restart().unwrap();
    // The connections of the client before are broken.
    let client = &crate::client(&engine.host());
    let state = async || client.info().await.unwrap()["Swarm"]["LocalNodeState"].clone();
    assert_eq!(state().await, "locked");
    assert_eq!(client.swarm().await.unwrap().id(), "");
    let swarm = client.swarm().await.unwrap();
    assert!(swarm.unlock("SWMKEY-1-wrong").await.is_err());
    swarm.unlock(key).await.unwrap();
    eventually("the manager is unlocked", async || (state().await == "active").then_some(())).await;
    eventually("the swarm is back", async || (!client.swarm().await.unwrap().id().is_empty()).then_some(()))
        .await;
}
