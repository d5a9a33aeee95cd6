//! Networks.

use moondock_engine::models::{
    CreateParams, DockerClient, Network, NetworkConnectParams, NetworkCreateParams, NetworkDisconnectParams,
    NetworkInspectParams, NetworkListParams, NetworkPruneParams,
};
use moondock_engine::types::{EndpointConfig, Filters, IPAMConfig, IPAMPool, NetworkingConfig};
use moondock_engine::{ApiVersion, ErrorKind};
use moondock_tests::engine::{ThrowawayEngine, abilities};
use moondock_tests::image;
use serde_json::json;

use super::needs::needs;
use super::sleeper::{idle, output, remove};
use super::{map, oldest, shared};

fn ipam(subnet: &str) -> IPAMConfig {
    IPAMConfig::default().pool(IPAMPool::default().subnet(subnet))
}

async fn get(client: &DockerClient, id: &str) -> moondock_engine::Result<Network> {
    client.networks().get(id, &NetworkInspectParams::default()).await
}

#[tokio::test]
async fn gives_out_addresses_as_told() {
    let (_engine, client) = shared();
    let pool = IPAMPool::default()
        .subnet("10.213.1.0/24")
        .iprange("10.213.1.128/25")
        .gateway("10.213.1.254")
        .aux_addresses(map(&json!({"printer": "10.213.1.129"})));
    let params = NetworkCreateParams::default()
        .driver("bridge")
        .options(map(&json!({"com.docker.network.driver.mtu": "1400"})))
        .ipam(IPAMConfig::default().pool(pool))
        .labels(map(&json!({"moondock.networks": "addresses"})))
        .internal(true)
        .attachable(true)
        .check_duplicate(true);
    let network = client.networks().create("moondock-networks-addresses", &params).await.unwrap();
    let attrs = network.attrs();
    assert_eq!(network.name(), "moondock-networks-addresses");
    assert_eq!(network.short_id(), network.id()[..12]);
    assert_eq!((&attrs["Driver"], &attrs["Scope"]), (&json!("bridge"), &json!("local")));
    assert_eq!(attrs["Internal"], true);
    assert_eq!(attrs["Labels"], json!({"moondock.networks": "addresses"}));
    let pool = &attrs["IPAM"]["Config"][0];
    assert_eq!((&pool["Subnet"], &pool["Gateway"]), (&json!("10.213.1.0/24"), &json!("10.213.1.254")));
    needs(&abilities::NETWORK_SETTINGS, async {
        assert_eq!(pool["IPRange"], "10.213.1.128/25");
        assert_eq!(pool["AuxiliaryAddresses"], json!({"printer": "10.213.1.129"}));
        assert_eq!(attrs["Attachable"], true);
        assert_eq!(attrs["Options"]["com.docker.network.driver.mtu"], "1400");
    })
    .await;

    let error = client.networks().create("moondock-networks-addresses", &params).await.unwrap_err();
    needs(&abilities::CLIENT_ERRORS, async { assert_eq!(error.status_code(), Some(409), "{error}") }).await;
    network.remove().await.unwrap();
    assert_eq!(network.reload().await.unwrap_err().kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn containers_reach_each_other_by_name() {
    let (_engine, client) = shared();
    let params = NetworkCreateParams::default().ipam(ipam("10.213.2.0/24"));
    let network = client.networks().create("moondock-networks-names", &params).await.unwrap();
    let database = idle(&client, "moondock-networks-db", CreateParams::default()).await;
    needs(&abilities::RAW_SOCKETS, async {
        output(&database, "ping -c 1 127.0.0.1").await;
    })
    .await;
    let shop =
        idle(&client, "moondock-networks-shop", CreateParams::default().cap_add(vec!["NET_RAW".to_owned()]))
            .await;

    let fixed = NetworkConnectParams::default()
        .ipv4_address("10.213.2.77")
        .aliases(vec!["db".to_owned(), "store".to_owned()]);
    network.connect(&database, &fixed).await.unwrap();
    let linked = NetworkConnectParams::default().links([(database.name(), "linked")]);
    network.connect("moondock-networks-shop", &linked).await.unwrap();
    let reaches = async |name: &str| {
        let pinged = output(&shop, &format!("ping -c 1 -W 10 {name}")).await;
        assert!(pinged.contains("10.213.2.77"), "{pinged}");
    };
    for name in ["moondock-networks-db", "db", "store"] {
        reaches(name).await;
    }
    needs(&abilities::LINKS, reaches("linked")).await;

    network.reload().await.unwrap();
    let mut names: Vec<_> =
        network.containers().await.unwrap().iter().map(moondock_engine::models::Container::name).collect();
    names.sort();
    assert_eq!(names, ["moondock-networks-db", "moondock-networks-shop"]);
    let greedy = NetworkListParams::default().ids(network.id()).greedy(true);
    assert_eq!(client.networks().list(&greedy).await.unwrap()[0].containers().await.unwrap().len(), 2);

    // Again, while it is in the network.
    let error = network.connect(&database, &fixed).await.unwrap_err();
    needs(&abilities::CLIENT_ERRORS, async {
        assert!(matches!(error.status_code(), Some(403 | 409)), "{error}");
    })
    .await;
    network.disconnect(&database, &NetworkDisconnectParams::default()).await.unwrap();
    let error = network.disconnect(&database, &NetworkDisconnectParams::default()).await.unwrap_err();
    assert!(error.status_code().is_some_and(|status| status >= 400), "{error}");
    let error =
        network.connect("moondock-networks-none", &NetworkConnectParams::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);

    let force = NetworkDisconnectParams::default().force(true);
    network.disconnect("moondock-networks-shop", &force).await.unwrap();
    network.reload().await.unwrap();
    assert_eq!(network.containers().await.unwrap(), []);
    for container in [database, shop] {
        remove(&container).await;
    }
    network.remove().await.unwrap();
}

#[tokio::test]
async fn a_network_in_use_stays() {
    let (_engine, client) = shared();
    let params = NetworkCreateParams::default().ipam(ipam("10.213.11.0/24"));
    let network = client.networks().create("moondock-networks-used", &params).await.unwrap();
    let user = idle(&client, "moondock-networks-used", CreateParams::default().network(network.name())).await;
    needs(&abilities::USED_NETWORKS, async {
        assert_eq!(network.remove().await.unwrap_err().status_code(), Some(403));
        remove(&user).await;
        network.remove().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_container_is_created_with_an_endpoint() {
    let (_engine, client) = shared();
    let params = NetworkCreateParams::default().ipam(ipam("10.213.3.0/24"));
    let network = client.networks().create("moondock-networks-endpoint", &params).await.unwrap();
    let config = |endpoint| {
        let config = NetworkingConfig::default().endpoint("moondock-networks-endpoint", endpoint);
        CreateParams::default().network("moondock-networks-endpoint").networking_config(config)
    };
    let endpoint = EndpointConfig::default().ipv4_address("10.213.3.9").aliases(vec!["other".to_owned()]);
    let container = idle(&client, "moondock-networks-endpoint", config(endpoint)).await;
    let attrs = container.attrs();
    let endpoint = &attrs["NetworkSettings"]["Networks"]["moondock-networks-endpoint"];
    assert_eq!(endpoint["IPAddress"], "10.213.3.9");
    assert!(endpoint["Aliases"].as_array().unwrap().contains(&json!("other")), "{endpoint}");
    assert!(output(&container, "ip -4 addr").await.contains("10.213.3.9/24"));
    remove(&container).await;

    needs(&abilities::ENDPOINT_SETTINGS, async {
        assert_eq!(endpoint["IPAMConfig"], json!({"IPv4Address": "10.213.3.9"}));
        // What one container was told of its endpoint can be given to the next, but for what is its own.
        let mut endpoint = map(endpoint);
        endpoint.remove("MacAddress");
        let read = map(&json!({"moondock-networks-endpoint": endpoint}));
        let params = CreateParams::default()
            .network("moondock-networks-endpoint")
            .networking_config(read)
            .name("moondock-networks-next");
        let next = client.containers().create("busybox", &params).await.unwrap();
        next.start().await.unwrap();
        next.reload().await.unwrap();
        let attrs = next.attrs();
        assert_eq!(
            attrs["NetworkSettings"]["Networks"]["moondock-networks-endpoint"]["IPAMConfig"]["IPv4Address"],
            "10.213.3.9"
        );
        remove(&next).await;
    })
    .await;
    network.remove().await.unwrap();
}

#[tokio::test]
async fn lists_and_prunes_by_label() {
    let (_engine, client) = shared();
    let mut made = Vec::new();
    for (name, subnet) in [("a", "10.213.4.0/24"), ("b", "10.213.5.0/24"), ("c", "10.213.6.0/24")] {
        let label = if name == "c" { "other" } else { "pruned" };
        let params = NetworkCreateParams::default()
            .ipam(ipam(subnet))
            .labels(map(&json!({"moondock.networks": label})));
        made.push(
            client.networks().create(&format!("moondock-networks-list-{name}"), &params).await.unwrap(),
        );
    }
    let list = async |params: NetworkListParams| {
        let networks = client.networks().list(&params).await.unwrap();
        let mut names: Vec<_> = networks.iter().map(Network::name).collect();
        names.sort();
        names
    };
    let label = |value: &str| Filters::default().with("label", format!("moondock.networks={value}"));
    let [a, b, c] = ["a", "b", "c"].map(|name| format!("moondock-networks-list-{name}"));
    let named = NetworkListParams::default().names(vec![a.clone(), c.clone()]);
    assert_eq!(list(named).await, [a.as_str(), &c]);
    assert_eq!(list(NetworkListParams::default().ids(made[1].id())).await, [b.as_str()]);
    assert_eq!(list(NetworkListParams::default().filters(label("pruned"))).await, [a.as_str(), &b]);
    assert_eq!(list(NetworkListParams::default().filters(label("none"))).await, [""; 0]);
    let all = list(NetworkListParams::default()).await;
    assert!(["bridge", &a].iter().all(|name| all.iter().any(|other| other == name)), "{all:?}");
    needs(&abilities::NETWORKS_OF_HOST, async {
        assert!(["host", "none"].iter().all(|name| all.iter().any(|other| other == name)), "{all:?}");
    })
    .await;
    let local =
        client.networks().get(&a, &NetworkInspectParams::default().scope("local").verbose(true)).await;
    assert!(local.unwrap() == made[0]);
    needs(&abilities::NETWORK_SCOPES, async {
        let global = client.networks().get(&a, &NetworkInspectParams::default().scope("swarm")).await;
        assert_eq!(global.unwrap_err().kind(), ErrorKind::NotFound);
    })
    .await;

    let prune = NetworkPruneParams::default().filters(label("pruned"));
    let pruned = client.networks().prune(&prune).await.unwrap();
    let mut deleted = pruned["NetworksDeleted"].as_array().unwrap().clone();
    deleted.sort_by_key(ToString::to_string);
    assert_eq!(deleted, [a.as_str(), &b]);
    assert_eq!(client.networks().prune(&prune).await.unwrap()["NetworksDeleted"], json!([]));
    made[2].remove().await.unwrap();
}

#[tokio::test]
async fn a_network_takes_over_a_configuration() {
    needs(&abilities::NETWORK_CONFIGURATIONS, async {
        let (_engine, client) = shared();
        let params = NetworkCreateParams::default().config_only(true).ipam(ipam("10.213.7.0/24"));
        let config = client.networks().create("moondock-networks-config", &params).await.unwrap();
        assert_eq!(config.attrs()["ConfigOnly"], true);
        let params = NetworkCreateParams::default().config_from("moondock-networks-config");
        let network = client.networks().create("moondock-networks-configured", &params).await.unwrap();
        assert_eq!(network.attrs()["ConfigFrom"]["Network"], "moondock-networks-config");
        assert_eq!(network.attrs()["IPAM"]["Config"][0]["Subnet"], "10.213.7.0/24");
        network.remove().await.unwrap();
        config.remove().await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_network_has_ipv6_only_where_asked() {
    // One of its own, for what podman is like after a connect that fails.
    let engine = ThrowawayEngine::start().unwrap();
    image::prepare(&engine.address()).unwrap();
    let client = super::client(&engine.host());
    let params = NetworkCreateParams::default().ipam(ipam("10.213.8.0/24"));
    let plain = client.networks().create("moondock-networks-ipv4", &params).await.unwrap();
    assert_eq!(plain.attrs()["EnableIPv6"], false);
    let container = idle(&client, "moondock-networks-ipv4", CreateParams::default()).await;
    for address in [
        NetworkConnectParams::default().ipv6_address("fd00:213::9"),
        NetworkConnectParams::default().ipv4_address("10.214.2.77"),
    ] {
        let error = plain.connect(&container, &address).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::APIError, "{error}");
    }
    needs(&abilities::REFUSED_CONNECTS, async { plain.reload().await.unwrap() }).await;
    remove(&container).await;
    plain.remove().await.unwrap();

    let both = ipam("10.213.9.0/24").pool(IPAMPool::default().subnet("fd00:213::/64"));
    let params = NetworkCreateParams::default().ipam(both).enable_ipv6(true);
    let network = client.networks().create("moondock-networks-ipv6", &params).await.unwrap();
    assert_eq!(network.attrs()["EnableIPv6"], true);
    assert_eq!(network.attrs()["IPAM"]["Config"][1]["Subnet"], "fd00:213::/64");
    network.remove().await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_or_too_new_is_an_error_before_anything_is_sent() {
    let (engine, client) = shared();
    let old = oldest(&engine);
    let params = NetworkCreateParams::default().enable_ipv4(false);
    let error = old.networks().create("moondock-networks-new", &params).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidVersion);
    let words = error.to_string();
    assert!(["enable_ipv4", "1.48", "1.41"].iter().all(|word| words.contains(word)), "{words}");

    let bridge = get(&old, "bridge").await.unwrap();
    for (params, option, since) in [
        (NetworkConnectParams::default().gw_priority(1), "gw_priority", "1.48"),
        (NetworkConnectParams::default().mac_address("02:42:ac:11:00:09"), "mac_address", "1.54"),
    ] {
        let words = bridge.connect("moondock-networks-none", &params).await.unwrap_err().to_string();
        assert!([option, since, "1.41"].iter().all(|word| words.contains(word)), "{words}");
    }
    let error = bridge.connect("", &NetworkConnectParams::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NullResource);
    assert_eq!(get(&client, "").await.unwrap_err().kind(), ErrorKind::NullResource);
    let misspelt = NetworkCreateParams::default().ipam(map(&json!({"pool_configs": [{"subnets": "x"}]})));
    let error = client.networks().create("moondock-networks-new", &misspelt).await.unwrap_err();
    assert!(error.to_string().contains("subnets"), "{error}");
    assert_eq!(get(&client, "moondock-networks-new").await.unwrap_err().kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn the_endpoint_with_the_highest_priority_leads_out() {
    let (_engine, client) = shared();
    let container = idle(&client, "moondock-networks-way", CreateParams::default()).await;
    let params = NetworkCreateParams::default().ipam(ipam("10.213.10.0/24"));
    let network = client.networks().create("moondock-networks-way", &params).await.unwrap();
    let connected = network.connect(&container, &NetworkConnectParams::default().gw_priority(5)).await;
    if client.api().api_version().await.unwrap() < ApiVersion::new(1, 48) {
        assert_eq!(connected.unwrap_err().kind(), ErrorKind::InvalidVersion);
    } else {
        connected.unwrap();
        container.reload().await.unwrap();
        let attrs = container.attrs();
        assert_eq!(attrs["NetworkSettings"]["Networks"]["moondock-networks-way"]["GwPriority"], 5);
        let routes = output(&container, "ip route").await;
        assert!(routes.contains("default via 10.213.10.1 "), "{routes}");
    }
    remove(&container).await;
    network.remove().await.unwrap();
}
