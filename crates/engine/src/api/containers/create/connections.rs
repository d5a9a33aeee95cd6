//! How a container is connected: ports, volumes and networks.

use serde_json::{Map, Value, json};

use super::CreateParams;
use crate::error::{Error, ErrorKind, Result};
use crate::models::RunParams;
use crate::params;
use crate::types::{Pairs, endpoints};

params! {
    /// How a container is connected: its ports, volumes and networks.
    pub struct ConnectionOptions as connection_setters {
        /// Ports to publish: a map from `80` or `80/tcp` to a port, nil, `{address, port}`, or a list of these.
        ports: Option<Map<String, Value>>,
        /// Volumes: a map from a host's path or volume to `{bind, mode}`, or a list of `source:target[:mode]`.
        volumes: Option<Pairs>,
        /// The network to connect to.
        network: Option<String>,
        /// The networks to connect to: a list of names, or a map from name to `{aliases, links, ipv4_address,
        /// ipv6_address, link_local_ips, driver_opt, mac_address, gw_priority}`. More than one needs API 1.44.
        networks: Option<Pairs>,
        /// Settings for `network`: a map from the network's name to an endpoint's configuration.
        networking_config: Option<Map<String, Value>>,
        /// Ignored: the API version is the client's. docker-py has it.
        version: Option<String>,
    }
}

connection_setters!(CreateParams, connections);
connection_setters!(RunParams, create);

/// A container's networks, as the engine takes them.
#[derive(Debug, PartialEq)]
pub(super) struct Networks {
    pub(super) mode: Option<String>,
    pub(super) config: Option<Value>,
}

impl ConnectionOptions {
    /// The networks that are asked for, beside a network mode that may be.
    pub(super) fn resolve(&self, mode: Option<&str>) -> Result<Networks> {
        let told = |text: &&str| !text.is_empty();
        let contradiction = |words: &str| Err(Error::new(ErrorKind::InvalidArgument, words));
        let network = self.network.as_deref().filter(told);
        let config = self.networking_config.as_ref().filter(|config| !config.is_empty());
        if let Some(networks) = self.networks.as_ref().filter(|networks| !networks.is_empty()) {
            if network.or(mode.filter(told)).is_some() || config.is_some() {
                return contradiction(
                    "`networks` stands for itself: give no `network`, `network_mode` or `networking_config` beside it",
                );
            }
            return several(networks);
        }
        if network.is_some() && mode.is_some_and(|mode| !mode.is_empty()) {
            return contradiction("`network` and `network_mode` contradict each other; give one of them");
        }
        let config = config.map(endpoints).transpose()?;
        let Some(network) = network else {
            if config.is_some() {
                return contradiction("`networking_config` needs `network`, the network that it is for");
            }
            return Ok(Networks { mode: mode.map(str::to_owned), config: None });
        };
        // Settings for another network are not for this one.
        let config = match config {
            Some(endpoints) if endpoints.contains_key(network) => json!({"EndpointsConfig": endpoints}),
            _ => json!({ network: null }),
        };
        Ok(Networks { mode: Some(network.to_owned()), config: Some(config) })
    }

    /// The ports that the published ones are of, for the engine's `ExposedPorts`.
    pub(super) fn exposed(host_config: &Map<String, Value>) -> Option<Map<String, Value>> {
        let mut ports: Vec<_> = host_config.get("PortBindings")?.as_object()?.keys().collect();
        ports.sort();
        Some(ports.into_iter().map(|port| (port.clone(), json!({}))).collect())
    }
}

/// Several networks; the first one is the container's network mode, as it is for docker's command line.
fn several(networks: &Pairs) -> Result<Networks> {
    let named: Map<String, Value> = match networks {
        Pairs::Map(map) => map.clone(),
        Pairs::List(names) => names.iter().map(|name| (name.clone(), Value::Null)).collect(),
    };
    let mut endpoints = endpoints(&named)?;
    for endpoint in endpoints.values_mut().filter(|endpoint| endpoint.is_null()) {
        *endpoint = json!({});
    }
    let mode = endpoints.keys().next().cloned();
    Ok(Networks { mode, config: Some(json!({"EndpointsConfig": endpoints})) })
}
