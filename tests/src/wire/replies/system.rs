//! The engine itself, its networks and its volumes.

use serde_json::{Value, json};

use super::Reply;
use crate::wire::connection::Received;
use crate::wire::control::State;

pub(super) fn answer(received: &Received, path: &[&str], state: &State) -> Option<Reply> {
    let asked: Value = serde_json::from_slice(&received.body).unwrap_or_default();
    Some(match (received.method.as_str(), path) {
        ("GET" | "HEAD", ["_ping"]) => {
            Reply::Whole { status: "200 OK", kind: "text/plain", body: b"OK".to_vec() }
        }
        ("GET", ["version"]) => Reply::ok(&json!({
            "Version": "20.10.24", "ApiVersion": state.scenario.api_version, "MinAPIVersion": "1.12",
            "Os": "linux", "Arch": "amd64", "KernelVersion": "6.1.0", "GoVersion": "go1.19.8",
        })),
        ("GET", ["info"]) => Reply::ok(&json!({
            "ID": "WIRE", "Containers": 2, "Images": 2, "Driver": "overlay2", "OSType": "linux",
            "ServerVersion": "20.10.24",
        })),
        ("GET", ["system", "df"]) => Reply::ok(&json!({
            "LayersSize": 1024, "Images": [], "Containers": [], "Volumes": [], "BuildCache": null,
        })),
        ("GET", ["events"]) => {
            let event = |action: &str, time: u64| {
                json!({
                    "Type": "container", "Action": action, "status": action, "id": "a1".repeat(32), "from": "busybox",
                    "Actor": {"ID": "a1".repeat(32), "Attributes": {"image": "busybox", "name": "web"}},
                    "scope": "local", "time": time, "timeNano": time * 1_000_000_000,
                })
            };
            Reply::lines(&[event("start", 1_700_000_000), event("die", 1_700_000_001)])
        }
        ("GET", ["networks"]) => Reply::ok(&json!([network("bridge")])),
        ("POST", ["networks", "create"]) => {
            Reply::json("201 Created", &json!({"Id": network_id(), "Warning": ""}))
        }
        ("GET", ["networks" | "volumes", "missing"]) => Reply::missing("there is none called missing"),
        ("GET", ["networks", name]) => Reply::ok(&inspected(name)),
        ("POST", ["networks", _, "connect" | "disconnect"]) => Reply::ok(&json!({})),
        ("POST", ["networks", "prune"]) => Reply::ok(&json!({"NetworksDeleted": null})),
        ("DELETE", ["networks" | "volumes", _]) => Reply::empty(),
        ("GET", ["volumes"]) => Reply::ok(&json!({"Volumes": [volume("data")], "Warnings": null})),
        ("POST", ["volumes", "create"]) => {
            Reply::json("201 Created", &volume(asked.get("Name").and_then(Value::as_str).unwrap_or("f6")))
        }
        ("POST", ["volumes", "prune"]) => Reply::ok(&json!({"VolumesDeleted": [], "SpaceReclaimed": 0})),
        ("GET", ["volumes", name]) => Reply::ok(&volume(name)),
        _ => return None,
    })
}

fn network_id() -> String {
    "f5".repeat(32)
}

fn network(name: &str) -> Value {
    json!({"Id": network_id(), "Name": name, "Driver": "bridge", "Scope": "local", "Containers": {}, "Labels": {}})
}

/// Only an inspection tells of a network's containers.
fn inspected(name: &str) -> Value {
    let mut network = network(name);
    network["Containers"] = json!({"a1".repeat(32): {"Name": "web"}, "b2".repeat(32): {"Name": "db"}});
    network
}

fn volume(name: &str) -> Value {
    json!({"Name": name, "Driver": "local", "Mountpoint": format!("/volumes/{name}"), "Labels": null, "Scope": "local"})
}
