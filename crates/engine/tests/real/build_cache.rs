//! The builder's cache.

use moondock_engine::models::BuildPruneParams;
use moondock_engine::types::Filters;
use moondock_engine::{ApiVersion, ErrorKind};
use moondock_tests::engine::abilities;
use serde_json::json;

use super::needs::needs;
use super::{oldest, shared};

#[tokio::test]
async fn prunes_what_matches() {
    needs(&abilities::BUILD_CACHE, async {
        let (_engine, client) = shared();
        let nothing = Filters::default().with("id", "moondock-no-such-record");
        let params = BuildPruneParams::default().filters(nothing.clone()).keep_storage("1k").all(true);
        let pruned = client.images().prune_builds(&params).await.unwrap();
        assert_eq!((&pruned["CachesDeleted"], &pruned["SpaceReclaimed"]), (&json!([]), &json!(0)));

        let params = BuildPruneParams::default()
            .filters(nothing)
            .all(true)
            .reserved_space("1k")
            .max_used_space("1g")
            .min_free_space("1k");
        let pruned = client.images().prune_builds(&params).await;
        if client.api().api_version().await.unwrap() < ApiVersion::new(1, 48) {
            assert_eq!(pruned.unwrap_err().kind(), ErrorKind::InvalidVersion);
        } else {
            assert_eq!(pruned.unwrap()["CachesDeleted"], json!([]));
        }
    })
    .await;
}

#[tokio::test]
async fn an_option_that_is_too_new_is_an_error() {
    let (engine, _) = shared();
    let params = BuildPruneParams::default().reserved_space("1g");
    let error = oldest(&engine).images().prune_builds(&params).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidVersion);
    let words = error.to_string();
    assert!(["reserved_space", "1.48", "1.41"].iter().all(|word| words.contains(word)), "{words}");
}
