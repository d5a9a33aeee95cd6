//! How a service is reached.

use serde_json::{Value, json};

use crate::error::Result;
use crate::params;
use crate::types::fields::Fields;
use crate::types::invalid;
use crate::types::part::PartType;

params! {
    /// How a service is reached (docker-py: `docker.types.EndpointSpec`).
    pub struct EndpointSpec {
        /// How its name is resolved: `vip` or `dnsrr`.
        mode: Option<String>,
        /// Its ports: a map from the published port to the container's, or to `[port, protocol, publish mode]`; or a
        /// list in the engine's form.
        ports: Option<Value>,
    }
}

impl PartType for EndpointSpec {
    const NAME: &'static str = "EndpointSpec";

    fn to_wire(&self) -> Result<Value> {
        Ok(Fields::default()
            .filled("Ports", self.ports.as_ref().map(ports).transpose()?)
            .filled("Mode", self.mode.clone())
            .into())
    }
}

/// The engine's list of ports (docker-py: `convert_service_ports`).
fn ports(ports: &Value) -> Result<Value> {
    match ports {
        Value::Array(_) => Ok(ports.clone()),
        Value::Object(map) => map.iter().map(|(published, target)| port(published, target)).collect(),
        other => Err(invalid(format!("EndpointSpec.ports is a map or a list, not `{other}`"))),
    }
}

fn port(published: &str, target: &Value) -> Result<Value> {
    let wrong = |why: &str| invalid(format!("EndpointSpec.ports: `{published}` {why}"));
    let published: u16 = published.parse().map_err(|_| wrong("is no port number"))?;
    let (target, protocol, mode) = match target {
        Value::Array(parts) => match parts.as_slice() {
            [target] => (target, None, None),
            [target, protocol] => (target, Some(protocol), None),
            [target, protocol, mode] => (target, Some(protocol), Some(mode)),
            _ => return Err(wrong("takes at most three: `[port, protocol, publish mode]`")),
        },
        target => (target, None, None),
    };
    if !target.is_u64() {
        return Err(wrong("needs the container's port, a number"));
    }
    let protocol = protocol.filter(|protocol| !protocol.is_null()).cloned().unwrap_or_else(|| "tcp".into());
    let mut port = json!({"Protocol": protocol, "PublishedPort": published, "TargetPort": target});
    if let Some(mode) = mode {
        port["PublishMode"] = mode.clone();
    }
    Ok(port)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Part;

    fn wire(ports: Value) -> Result<Value> {
        Part::from(EndpointSpec::default().ports(ports)).to_wire()
    }

    #[test]
    fn takes_docker_pys_forms() {
        let made = wire(json!({"80": 8080, "53": [5353, "udp"], "1": [2, null, "host"]})).unwrap();
        assert_eq!(
            made,
            json!({"Ports": [
                {"Protocol": "tcp", "PublishedPort": 80, "TargetPort": 8080},
                {"Protocol": "udp", "PublishedPort": 53, "TargetPort": 5353},
                {"Protocol": "tcp", "PublishedPort": 1, "TargetPort": 2, "PublishMode": "host"},
            ]})
        );
        let list = json!([{"TargetPort": 1, "Name": "x"}]);
        assert_eq!(wire(list.clone()).unwrap(), json!({"Ports": list}));
        assert_eq!(wire(json!({})).unwrap(), json!({}));
        assert_eq!(
            Part::from(EndpointSpec::default().mode("dnsrr")).to_wire().unwrap(),
            json!({"Mode": "dnsrr"})
        );
    }

    #[test]
    fn refuses_what_is_no_port() {
        for ports in [
            json!({"http": 80}),
            json!({"80": "x"}),
            json!({"80": [1, "tcp", "host", 2]}),
            json!({"80": []}),
            json!("80"),
        ] {
            assert!(wire(ports.clone()).is_err(), "{ports}");
        }
    }
}
