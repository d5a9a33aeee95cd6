//! The engine itself.

use moondock_engine::ApiVersion;

use super::shared;

#[tokio::test]
async fn tells_its_version_and_state() {
    let (_engine, client) = shared();
    assert!(client.ping().await.unwrap());
    let spoken = client.api().api_version().await.unwrap();
    assert!(spoken >= ApiVersion::OLDEST);
    let version = client.version().await.unwrap();
    assert!(version["ApiVersion"].as_str().unwrap().parse::<ApiVersion>().unwrap() >= spoken);
    assert!(client.info().await.unwrap()["ID"].is_string());
    assert!(client.df().await.unwrap()["Images"].is_array());
}
