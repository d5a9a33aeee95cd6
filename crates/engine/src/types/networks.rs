//! Networks' addresses and containers' endpoints in networks, from docker-py's names or the engine's own.
//!
//! ```
//! use moondock_engine::types::{IPAMConfig, IPAMPool};
//! use serde_json::{Map, Value, json};
//!
//! let pool = IPAMPool::default().subnet("10.7.0.0/24").gateway("10.7.0.254");
//! let ipam = Map::<String, Value>::from(IPAMConfig::default().pool(pool));
//! assert_eq!(ipam["Config"][0]["Gateway"], json!("10.7.0.254"));
//! ```

use serde_json::{Map, Value};

use super::config::{invalid, made_beside};
use super::part::PartType;
use super::{Fields, Pairs};
use crate::error::Result;
use crate::params;
use crate::params::Params;

type Options = Map<String, Value>;

params! {
    /// A pool of addresses of a network (docker-py: `docker.types.IPAMPool`).
    pub struct IPAMPool {
        /// The subnet, for example `10.7.0.0/16`.
        subnet: Option<String>,
        /// The part of the subnet that containers get addresses of, for example `10.7.1.0/24`.
        iprange: Option<String>,
        /// The gateway's address.
        gateway: Option<String>,
        /// Addresses that containers do not get: a map from a name to an address.
        aux_addresses: Option<Map<String, Value>>,
    }
}

params! {
    /// How a network gives out addresses (docker-py: `docker.types.IPAMConfig`).
    pub struct IPAMConfig {
        /// The driver; `default` without one.
        driver: Option<String>,
        /// The pools of addresses: a list of `{subnet, iprange, gateway, aux_addresses}`.
        pool_configs: Option<Vec<Map<String, Value>>>,
        /// Options of the driver.
        options: Option<Map<String, Value>>,
    }
}

params! {
    /// A container's endpoint in a network (docker-py: `docker.types.EndpointConfig`).
    pub struct EndpointConfig {
        /// Further names of the container in the network.
        aliases: Option<Vec<String>>,
        /// Links, as a map from container to alias or a list of `container:alias`.
        links: Option<Pairs>,
        /// The IPv4 address.
        ipv4_address: Option<String>,
        /// The IPv6 address.
        ipv6_address: Option<String>,
        /// Link-local addresses.
        link_local_ips: Option<Vec<String>>,
        /// Options of the network's driver.
        driver_opt: Option<Map<String, Value>>,
        /// The MAC address.
        #[since(1, 44)]
        mac_address: Option<String>,
        /// Of a container's endpoints, that with the highest priority leads to its default gateway.
        #[since(1, 48)]
        gw_priority: Option<i64>,
    }
}

params! {
    /// A container's endpoints (docker-py: `docker.types.NetworkingConfig`).
    pub struct NetworkingConfig {
        /// A map from a network's name to the endpoint in it.
        endpoints_config: Option<Map<String, Value>>,
    }
}

impl IPAMConfig {
    /// Adds a pool of addresses.
    pub fn pool(mut self, pool: IPAMPool) -> Self {
        self.pool_configs.get_or_insert_default().push(pool.into());
        self
    }
}

impl NetworkingConfig {
    /// Adds an endpoint in a network.
    pub fn endpoint(mut self, network: &str, endpoint: EndpointConfig) -> Self {
        let endpoint = Value::Object(endpoint.into());
        self.endpoints_config.get_or_insert_default().insert(network.to_owned(), endpoint);
        self
    }
}

impl From<IPAMPool> for Map<String, Value> {
    fn from(pool: IPAMPool) -> Self {
        // docker-py sends what is not given as null.
        let fields = Fields::default()
            .set("Subnet", pool.subnet)
            .set("IPRange", pool.iprange)
            .set("Gateway", pool.gateway)
            .set("AuxiliaryAddresses", pool.aux_addresses);
        fields.into()
    }
}

impl From<IPAMConfig> for Map<String, Value> {
    fn from(config: IPAMConfig) -> Self {
        let fields = Fields::default()
            .set("Driver", config.driver.as_deref().unwrap_or("default"))
            .set("Config", config.pool_configs.unwrap_or_default())
            .filled("Options", config.options);
        fields.into()
    }
}

impl From<EndpointConfig> for Map<String, Value> {
    fn from(config: EndpointConfig) -> Self {
        let addresses = Fields::default()
            .filled("IPv4Address", config.ipv4_address)
            .filled("IPv6Address", config.ipv6_address)
            .given("LinkLocalIPs", config.link_local_ips);
        let fields = Fields::default()
            .filled("Aliases", config.aliases)
            .filled("Links", config.links.map(|links| links.joined(':')))
            .filled("MacAddress", config.mac_address)
            .filled("IPAMConfig", Some(addresses))
            .filled("DriverOpts", config.driver_opt)
            .given("GwPriority", config.gw_priority);
        fields.into()
    }
}

impl From<NetworkingConfig> for Map<String, Value> {
    fn from(config: NetworkingConfig) -> Self {
        Fields::default().filled("EndpointsConfig", config.endpoints_config).into()
    }
}

impl PartType for IPAMPool {
    const NAME: &'static str = "IPAMPool";

    fn to_wire(&self) -> Result<Value> {
        Ok(Value::Object(self.clone().into()))
    }
}

impl PartType for IPAMConfig {
    const NAME: &'static str = "IPAMConfig";

    fn to_wire(&self) -> Result<Value> {
        ipam(&self.clone().into())
    }
}

impl PartType for EndpointConfig {
    const NAME: &'static str = "EndpointConfig";

    fn to_wire(&self) -> Result<Value> {
        Ok(Value::Object(self.clone().into()))
    }
}

impl PartType for NetworkingConfig {
    const NAME: &'static str = "NetworkingConfig";

    fn to_wire(&self) -> Result<Value> {
        let endpoints = self.endpoints_config.as_ref().map(endpoints).transpose()?;
        Ok(Fields::default().filled("EndpointsConfig", endpoints).into())
    }
}

/// The fields of an endpoint in the engine's own names, those that it only tells of too: what was read can be given.
const ENDPOINT: [&str; 15] = [
    "Aliases",
    "Links",
    "MacAddress",
    "IPAMConfig",
    "DriverOpts",
    "GwPriority",
    "NetworkID",
    "EndpointID",
    "Gateway",
    "IPAddress",
    "IPPrefixLen",
    "IPv6Gateway",
    "GlobalIPv6Address",
    "GlobalIPv6PrefixLen",
    "DNSNames",
];

/// The engine's `IPAM`.
pub(crate) fn ipam(options: &Options) -> Result<Value> {
    let mut ipam = read::<IPAMConfig>(options, "ipam", &["Driver", "Config", "Options"])?;
    if let Some(pools) = ipam.get_mut("Config").filter(|pools| !pools.is_null()) {
        let what = "ipam: a pool of addresses";
        let maps = pools.as_array().into_iter().flatten().map(Value::as_object);
        let maps = maps.collect::<Option<Vec<_>>>().filter(|_| pools.is_array());
        let maps =
            maps.ok_or_else(|| invalid(format!("ipam: `{pools}` is no list of pools of addresses")))?;
        let names = ["Subnet", "IPRange", "Gateway", "AuxiliaryAddresses"];
        *pools = maps.into_iter().map(|pool| read::<IPAMPool>(pool, what, &names)).collect::<Result<_>>()?;
    }
    Ok(Value::Object(ipam))
}

/// The engine's `EndpointsConfig`, from a map of endpoints by their networks' names or one that holds such a map.
pub(crate) fn endpoints(config: &Options) -> Result<Options> {
    let endpoints = match (config.len(), config.get("EndpointsConfig"), config.get("endpoints_config")) {
        (1, Some(Value::Object(endpoints)), _) | (1, _, Some(Value::Object(endpoints))) => endpoints,
        _ => config,
    };
    let read = |(network, endpoint): (&String, &Value)| {
        let what = format!("networking_config: the endpoint in `{network}`");
        let endpoint = match endpoint {
            Value::Null => Value::Null,
            Value::Object(options) => read::<EndpointConfig>(options, &what, &ENDPOINT)?.into(),
            other => return Err(invalid(format!("{what} is `{other}`, which is no map"))),
        };
        Ok((network.clone(), endpoint))
    };
    endpoints.iter().map(read).collect()
}

/// The fields in the engine's own names, from those in docker-py's or its own; others are typing mistakes.
fn read<P: Params + Into<Options>>(options: &Options, what: &str, wire: &[&str]) -> Result<Options> {
    made_beside(what, options, |key| wire.contains(&key), |named: P| Ok(named.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::ErrorKind;

    fn map(value: &Value) -> &Options {
        value.as_object().unwrap()
    }

    #[test]
    fn is_what_docker_py_makes() {
        let pool = IPAMPool::default().subnet("10.7.0.0/16").iprange("10.7.1.0/24");
        let ipam = Options::from(IPAMConfig::default().pool(pool));
        let expected = json!({"Driver": "default", "Config": [
            {"Subnet": "10.7.0.0/16", "IPRange": "10.7.1.0/24", "Gateway": null, "AuxiliaryAddresses": null},
        ]});
        assert_eq!(Value::from(ipam), expected);

        let endpoint = EndpointConfig::default()
            .aliases(vec!["db".to_owned()])
            .links([("b", "y"), ("a", "")])
            .ipv4_address("10.7.0.9")
            .link_local_ips(Vec::new())
            .gw_priority(3);
        let config = NetworkingConfig::default().endpoint("net", endpoint);
        let expected = json!({"EndpointsConfig": {"net": {
            "Aliases": ["db"], "Links": ["a", "b:y"], "GwPriority": 3,
            "IPAMConfig": {"IPv4Address": "10.7.0.9", "LinkLocalIPs": []},
        }}});
        assert_eq!(Value::from(Options::from(config)), expected);
        assert_eq!(Options::from(EndpointConfig::default()), Options::new());
    }

    #[test]
    fn takes_both_spellings() {
        let own = json!({"Driver": "x", "Config": [{"Subnet": "10.7.0.0/16"}]});
        assert_eq!(ipam(map(&own)).unwrap(), own);
        let mixed = json!({"Config": [{"subnet": "10.7.0.0/16"}], "options": {"a": "b"}});
        let made = ipam(map(&mixed)).unwrap();
        assert_eq!(made["Config"][0]["Subnet"], "10.7.0.0/16");
        assert_eq!((&made["Driver"], &made["Options"]), (&json!("default"), &json!({"a": "b"})));

        let config = json!({
            "a": {"ipv4_address": "10.7.0.9", "IPAMConfig": {"LinkLocalIPs": ["169.254.1.1"]}, "Gateway": ""},
            "b": null,
        });
        let expected = json!({
            "a": {"IPAMConfig": {"IPv4Address": "10.7.0.9", "LinkLocalIPs": ["169.254.1.1"]}, "Gateway": ""},
            "b": null,
        });
        assert_eq!(Value::from(endpoints(map(&config)).unwrap()), expected);
        assert_eq!(Value::from(endpoints(map(&json!({"EndpointsConfig": config}))).unwrap()), expected);
    }

    #[test]
    fn a_typing_mistake_is_an_error() {
        for (options, word) in [
            (json!({"pools": []}), "pools"),
            (json!({"pool_configs": [{"subnett": "10.7.0.0/16"}]}), "subnett"),
            (json!({"pool_configs": [{"subnet": 10}]}), "10"),
            (json!({"Config": "10.7.0.0/16"}), "10.7.0.0/16"),
            (json!({"Config": ["10.7.0.0/16"]}), "10.7.0.0/16"),
        ] {
            let error = ipam(map(&options)).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument);
            assert!(error.to_string().contains(word), "{error}");
        }
        for (options, word) in [(json!({"net": {"alias": []}}), "alias"), (json!({"net": "db"}), "db")] {
            let error = endpoints(map(&options)).unwrap_err().to_string();
            assert!(error.contains(word) && error.contains("net"), "{error}");
        }
    }
}
