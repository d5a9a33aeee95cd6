//! Published ports.

use serde_json::{Map, Value, json};

use super::plain;
use crate::error::{Error, ErrorKind, Result};

/// The engine's `PortBindings` from docker-py's `ports`: from `"80/tcp"` or `80` to a port, null, `[address, port]`,
/// `{HostPort, HostIp}`, or a list of these (docker-py: `convert_port_bindings`).
///
/// # Errors
///
/// When a port, or where to publish it, cannot be one.
pub fn convert_port_bindings(ports: &Map<String, Value>) -> Result<Map<String, Value>> {
    ports
        .iter()
        .map(|(port, value)| {
            let port = if port.contains('/') { port.clone() } else { format!("{port}/tcp") };
            check(&port)?;
            let bindings = match value {
                Value::Array(list) if !is_address_and_port(list) => {
                    list.iter().map(|value| binding(&port, value)).collect::<Result<Vec<_>>>()?
                }
                value => vec![binding(&port, value)?],
            };
            Ok((port, Value::from(bindings)))
        })
        .collect()
}

/// Whether a list is Python's tuple of an address and a port. An address has a dot or a colon, or is empty.
fn is_address_and_port(list: &[Value]) -> bool {
    let is_address = |value: &Value| {
        value.as_str().is_some_and(|text| text.is_empty() || text.contains(['.', ':']) || text == "localhost")
    };
    match list {
        [address] => is_address(address),
        [address, port] => is_address(address) && !is_address(port),
        _ => false,
    }
}

fn binding(port: &str, value: &Value) -> Result<Value> {
    let (address, host_port) = match value {
        Value::Array(pair) if is_address_and_port(pair) => {
            (plain(&pair[0]), pair.get(1).map(plain).unwrap_or_default())
        }
        Value::Object(map) if map.contains_key("HostPort") => {
            (map.get("HostIp").map(plain).unwrap_or_default(), plain(&map["HostPort"]))
        }
        Value::Null | Value::Number(_) | Value::String(_) => (String::new(), plain(value)),
        _ => {
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                format!(
                    "ports: `{value}` is no place to publish `{port}` at; one is a port, nil for any, a list of an \
                     address and a port, or a map with HostPort and HostIp"
                ),
            ));
        }
    };
    Ok(json!({"HostIp": address, "HostPort": host_port}))
}

fn check(port: &str) -> Result<()> {
    let valid = port.split_once('/').is_some_and(|(range, protocol)| {
        let is_port = |text: &str| text.parse::<u16>().is_ok_and(|port| port > 0);
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let in_order = first.parse::<u16>().ok() <= last.parse().ok();
        is_port(first)
            && is_port(last)
            && in_order
            && matches!(protocol.to_ascii_lowercase().as_str(), "tcp" | "udp" | "sctp")
    });
    if valid {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::InvalidArgument,
        format!("ports: `{port}` is no port of a container; one looks like 80, `80/tcp` or `53/udp`"),
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn convert(ports: &Value) -> Result<Value> {
        convert_port_bindings(ports.as_object().unwrap()).map(Value::Object)
    }

    #[test]
    fn reads_every_form() {
        let bindings = convert(&json!({
            "80": 8080,
            "81/udp": null,
            "82/tcp": ["127.0.0.1", 8082],
            "83": ["127.0.0.1"],
            "84": [1111, 2222],
            "85": {"HostPort": 85, "HostIp": "::1"},
            "86": [["::1", 1], {"HostPort": "2"}, 3],
        }));
        assert_eq!(
            bindings.unwrap(),
            json!({
                "80/tcp": [{"HostIp": "", "HostPort": "8080"}],
                "81/udp": [{"HostIp": "", "HostPort": ""}],
                "82/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8082"}],
                "83/tcp": [{"HostIp": "127.0.0.1", "HostPort": ""}],
                "84/tcp": [{"HostIp": "", "HostPort": "1111"}, {"HostIp": "", "HostPort": "2222"}],
                "85/tcp": [{"HostIp": "::1", "HostPort": "85"}],
                "86/tcp": [
                    {"HostIp": "::1", "HostPort": "1"}, {"HostIp": "", "HostPort": "2"}, {"HostIp": "", "HostPort": "3"},
                ],
            })
        );
    }

    #[test]
    fn says_what_is_no_port() {
        for ports in [
            json!({"http": 80}),
            json!({"80/xyz": 1}),
            json!({"0": 1}),
            json!({"80": true}),
            json!({"": 1}),
            json!({"65536": 1}),
            json!({"90-80": 1}),
            json!({"80-": 1}),
            json!({"80/": 1}),
            json!({"80/tcp/udp": 1}),
            json!({"80": {"HostIp": "::1"}}),
            json!({"80": [[]]}),
            json!({"80": [true]}),
        ] {
            assert_eq!(convert(&ports).unwrap_err().kind(), ErrorKind::InvalidArgument, "{ports}");
        }
    }

    #[test]
    fn ranges_stay_together() {
        let bindings = convert(&json!({"8000-8010": "9000-9010", "53/udp": "53"})).unwrap();
        let expected = json!({
            "8000-8010/tcp": [{"HostIp": "", "HostPort": "9000-9010"}],
            "53/udp": [{"HostIp": "", "HostPort": "53"}],
        });
        assert_eq!(bindings, expected);
    }

    proptest! {
        #[test]
        fn a_port_is_published_where_it_was_said(port in 1_u16.., at in 1_u16.., address in "[0-9]{1,3}\\.[0-9]{1,3}") {
            let bindings = convert(&json!({port.to_string(): [address, at]})).unwrap();
            let expected = json!({"HostIp": address, "HostPort": at.to_string()});
            prop_assert_eq!(&bindings[format!("{port}/tcp")][0], &expected);
        }

        #[test]
        fn never_panics(port in "\\PC{0,8}", at in "\\PC{0,8}") {
            let _ = convert(&json!({port: at}));
        }
    }
}
