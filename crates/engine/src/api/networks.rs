//! Networks.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::api::networks::{self, NetworkCreateParams, NetworkListParams};
//!
//! let params = NetworkCreateParams::default().internal(true);
//! client.api().json(networks::create("api-networks", &params)?).await?;
//! let found = client.api().json(networks::list(&NetworkListParams::default().names("api-networks"))).await?;
//! assert_eq!(found[0]["Internal"], true);
//! client.api().empty(networks::remove("api-networks")).await?;
//! # });
//! ```

use serde_json::{Map, Value, json};

use super::newer::{Newer, version};
use crate::error::{Error, ErrorKind, Result};
use crate::params;
use crate::request::{Patience, Request, endpoints};
use crate::types::{EndpointConfig, Filters, Lines, Pairs, ipam};

endpoints! {
    LIST = "NetworkList" GET "/networks";
    INSPECT = "NetworkInspect" GET "/networks/{id}";
    REMOVE = "NetworkDelete" DELETE "/networks/{id}";
    CREATE = "NetworkCreate" POST "/networks/create";
    CONNECT = "NetworkConnect" POST "/networks/{id}/connect";
    DISCONNECT = "NetworkDisconnect" POST "/networks/{id}/disconnect";
    PRUNE = "NetworkPrune" POST "/networks/prune";
}

params! {
    /// Which networks to list.
    pub struct NetworkListParams {
        /// Only those whose name has one of these texts in it.
        names: Option<Lines>,
        /// Only those whose id has one of these texts in it.
        ids: Option<Lines>,
        /// Only those that match, for example `{driver: "bridge", label: "x=y", type: "custom", dangling: true}`.
        filters: Option<Filters>,
        /// Inspect each one: more attributes, such as its containers.
        greedy: bool = false,
    }
}

/// Lists networks (docker-py: `networks`).
pub fn list(params: &NetworkListParams) -> Request {
    let mut filters = params.filters.clone().unwrap_or_default();
    for (name, texts) in [("name", &params.names), ("id", &params.ids)] {
        if let Some(texts) = texts.as_ref().map(Lines::as_slice).filter(|texts| !texts.is_empty()) {
            filters = filters.with(name, texts.to_vec());
        }
    }
    Request::new(&LIST).query("filters", filters.to_query())
}

params! {
    /// What to tell of a network.
    pub struct NetworkInspectParams {
        /// Also its services in the whole swarm.
        verbose: Option<bool>,
        /// Only a network of this scope: `swarm`, `global` or `local`.
        scope: Option<String>,
    }
}

/// Asks for all about a network (docker-py: `inspect_network`).
pub fn inspect(id: &str, params: &NetworkInspectParams) -> Request {
    Request::new(&INSPECT)
        .path("id", id)
        .query_opt("verbose", params.verbose)
        .query_opt("scope", params.scope.as_deref())
}

/// Removes a network (docker-py: `remove_network`).
pub fn remove(id: &str) -> Request {
    Request::new(&REMOVE).path("id", id)
}

params! {
    /// How to create a network.
    pub struct NetworkCreateParams {
        /// The driver; the engine takes `bridge` without one.
        driver: Option<String>,
        /// Options of the driver.
        options: Option<Map<String, Value>>,
        /// How it gives out addresses: `{driver, pool_configs, options}`.
        ipam: Option<Map<String, Value>>,
        /// Refuse a name that another network has. Engines since API 1.44 always do.
        check_duplicate: Option<bool>,
        /// Keep it from the world outside.
        internal: bool = false,
        /// Labels.
        labels: Option<Map<String, Value>>,
        /// With IPv6.
        enable_ipv6: bool = false,
        /// Containers that belong to no service may connect to it too; for networks of a swarm.
        attachable: Option<bool>,
        /// The scope: `local`, `global` or `swarm`.
        scope: Option<String>,
        /// Make it the network of a swarm's routing mesh.
        ingress: Option<bool>,
        /// With IPv4; without it only where the engine allows that.
        #[since(1, 48)]
        enable_ipv4: Option<bool>,
        /// Make it a mere configuration, for other networks to take over.
        config_only: bool = false,
        /// The name of such a network, whose configuration to take over.
        config_from: Option<String>,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

/// Options of a network that a later version brought.
const NEWER: [Newer; 1] = [("/EnableIPv4", "enable_ipv4", version(48))];

/// Creates a network (docker-py: `create_network`).
///
/// # Errors
///
/// When `ipam` has a wrong form.
pub fn create(name: &str, params: &NetworkCreateParams) -> Result<Request> {
    let body = json!({
        "Name": name,
        "Driver": params.driver,
        "Options": params.options,
        "IPAM": params.ipam.as_ref().map(ipam).transpose()?,
        "CheckDuplicate": params.check_duplicate,
        "Labels": params.labels,
        "EnableIPv4": params.enable_ipv4,
        "EnableIPv6": params.enable_ipv6.then_some(true),
        "Internal": params.internal.then_some(true),
        "Attachable": params.attachable,
        "Ingress": params.ingress,
        "Scope": params.scope,
        "ConfigOnly": params.config_only.then_some(true),
        "ConfigFrom": params.config_from.as_ref().map(|network| json!({"Network": network})),
    });
    Ok(Request::new(&CREATE).json(body).extra(params.extra.as_ref()).needs_of_body(&NEWER))
}

params! {
    /// How to connect a container to a network.
    pub struct NetworkConnectParams {
        /// The container's IPv4 address in the network.
        ipv4_address: Option<String>,
        /// The container's IPv6 address in the network.
        ipv6_address: Option<String>,
        /// Further names of the container in the network.
        aliases: Option<Vec<String>>,
        /// Links, as a map from container to alias or a list of `container:alias`.
        links: Option<Pairs>,
        /// Link-local addresses.
        link_local_ips: Option<Vec<String>>,
        /// Options of the network's driver.
        driver_opt: Option<Map<String, Value>>,
        /// The container's MAC address in the network. Engines before API 1.54 pass over it.
        #[since(1, 54)]
        mac_address: Option<String>,
        /// Of a container's endpoints, that with the highest priority leads to its default gateway.
        #[since(1, 48)]
        gw_priority: Option<i64>,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

/// Options of a connection that a later version brought.
const NEWER_OF_CONNECTIONS: [Newer; 2] = [
    ("/EndpointConfig/MacAddress", "mac_address", version(54)),
    ("/EndpointConfig/GwPriority", "gw_priority", version(48)),
];

/// Connects a container to a network (docker-py: `connect_container_to_network`).
pub fn connect(id: &str, container: &str, params: &NetworkConnectParams) -> Request {
    let endpoint = EndpointConfig {
        aliases: params.aliases.clone(),
        links: params.links.clone(),
        ipv4_address: params.ipv4_address.clone(),
        ipv6_address: params.ipv6_address.clone(),
        link_local_ips: params.link_local_ips.clone(),
        driver_opt: params.driver_opt.clone(),
        mac_address: params.mac_address.clone(),
        gw_priority: params.gw_priority,
    };
    let body = json!({"Container": container, "EndpointConfig": Map::from(endpoint)});
    named(Request::new(&CONNECT), container)
        .path("id", id)
        .json(body)
        .extra(params.extra.as_ref())
        .needs_of_body(&NEWER_OF_CONNECTIONS)
}

/// Fails a request whose body names no container.
fn named(request: Request, container: &str) -> Request {
    if container.is_empty() {
        let words = format!("{} needs a container's name or id, but got an empty one", request.endpoint.id);
        return request.fail(Error::new(ErrorKind::NullResource, words));
    }
    request
}

params! {
    /// How to disconnect a container from a network.
    pub struct NetworkDisconnectParams {
        /// Disconnect it by force.
        force: bool = false,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

/// Disconnects a container from a network (docker-py: `disconnect_container_from_network`).
pub fn disconnect(id: &str, container: &str, params: &NetworkDisconnectParams) -> Request {
    let body = json!({"Container": container, "Force": params.force.then_some(true)});
    named(Request::new(&DISCONNECT), container).path("id", id).json(body).extra(params.extra.as_ref())
}

params! {
    /// Which unused networks to remove.
    pub struct NetworkPruneParams {
        /// Only those that match, for example `{label: "x=y", until: "24h"}`.
        filters: Option<Filters>,
    }
}

/// Removes unused networks (docker-py: `prune_networks`).
pub fn prune(params: &NetworkPruneParams) -> Request {
    let filters = params.filters.as_ref().filter(|filters| !filters.0.is_empty());
    Request::new(&PRUNE).query_opt("filters", filters.map(Filters::to_query)).patience(Patience::Forever)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::newer::checks_all;
    use crate::params::Params;
    use crate::types::{IPAMConfig, IPAMPool};
    use crate::version::ApiVersion;

    #[test]
    fn lists_by_names_ids_and_filters() {
        assert_eq!(list(&NetworkListParams::default()).shown().0, "GET /networks?filters={}");
        let params = NetworkListParams::default()
            .names(vec!["a".to_owned(), "b".to_owned()])
            .ids("c")
            .filters(Filters::default().with("dangling", true));
        let line = r#"GET /networks?filters={"dangling":["true"],"name":["a","b"],"id":["c"]}"#;
        assert_eq!(list(&params).shown().0, line);
        assert_eq!(inspect("a", &NetworkInspectParams::default()).shown().0, "GET /networks/a");
        let params = NetworkInspectParams::default().verbose(true).scope("local");
        assert_eq!(inspect("a", &params).shown().0, "GET /networks/a?verbose=true&scope=local");
    }

    #[test]
    fn creates_with_what_is_given() {
        let create = |params: NetworkCreateParams| create("a", &params).map(Request::shown);
        let line = "POST /networks/create".to_owned();
        assert_eq!(create(NetworkCreateParams::default()).unwrap(), (line, json!({"Name": "a"})));

        let pool = IPAMPool::default().subnet("10.7.0.0/24");
        let params = NetworkCreateParams::default()
            .driver("bridge")
            .ipam(IPAMConfig::default().pool(pool))
            .check_duplicate(true)
            .internal(true)
            .enable_ipv6(true)
            .attachable(false)
            .config_from("b")
            .extra(json!({"IPAM": {"Driver": "x"}, "New": 1}).as_object().unwrap().clone());
        let body = json!({
            "Name": "a",
            "Driver": "bridge",
            "IPAM": {"Driver": "x", "Config": [
                {"Subnet": "10.7.0.0/24", "IPRange": null, "Gateway": null, "AuxiliaryAddresses": null},
            ]},
            "CheckDuplicate": true,
            "EnableIPv6": true,
            "Internal": true,
            "Attachable": false,
            "ConfigFrom": {"Network": "b"},
            "New": 1,
        });
        assert_eq!(create(params).unwrap().1, body);

        let extra = json!({"EnableIPv4": false}).as_object().unwrap().clone();
        let request = super::create("a", &NetworkCreateParams::default().extra(extra)).unwrap();
        assert_eq!(request.needs, [("enable_ipv4", ApiVersion::new(1, 48))]);

        let wrong = json!({"pool": []}).as_object().unwrap().clone();
        let error = create(NetworkCreateParams::default().ipam(wrong)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
    }

    #[test]
    fn connects_and_disconnects() {
        let (line, body) = connect("net", "box", &NetworkConnectParams::default()).shown();
        assert_eq!(line, "POST /networks/net/connect");
        assert_eq!(body, json!({"Container": "box", "EndpointConfig": {}}));
        let params = NetworkConnectParams::default().ipv4_address("10.7.0.9").gw_priority(2).mac_address("x");
        let request = connect("net", "box", &params);
        let needs = [("mac_address", ApiVersion::new(1, 54)), ("gw_priority", ApiVersion::new(1, 48))];
        assert_eq!(request.needs, needs);
        let endpoint = json!({"MacAddress": "x", "IPAMConfig": {"IPv4Address": "10.7.0.9"}, "GwPriority": 2});
        assert_eq!(request.shown().1["EndpointConfig"], endpoint);
        let extra = json!({"EndpointConfig": endpoint}).as_object().unwrap().clone();
        assert_eq!(connect("net", "box", &NetworkConnectParams::default().extra(extra)).needs, needs);

        let (line, body) = disconnect("net", "box", &NetworkDisconnectParams::default()).shown();
        assert_eq!((line.as_str(), body), ("POST /networks/net/disconnect", json!({"Container": "box"})));
        let (_, body) = disconnect("net", "box", &NetworkDisconnectParams::default().force(true)).shown();
        assert_eq!(body, json!({"Container": "box", "Force": true}));
        let error = connect("net", "", &NetworkConnectParams::default()).target().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NullResource);
    }

    #[test]
    fn every_newer_parameter_is_checked() {
        checks_all(&NEWER, &[NetworkCreateParams::LIST]);
        checks_all(&NEWER_OF_CONNECTIONS, &[NetworkConnectParams::LIST]);
    }

    #[test]
    fn removes() {
        assert_eq!(remove("net").shown().0, "DELETE /networks/net");
        assert_eq!(prune(&NetworkPruneParams::default()).shown().0, "POST /networks/prune");
        let params = NetworkPruneParams::default().filters(Filters::default().with("label", "a"));
        assert_eq!(prune(&params).shown().0, r#"POST /networks/prune?filters={"label":["a"]}"#);
    }
}
