//! A swarm and what it has.

use serde_json::{Value, json};

use super::{Reply, output};
use crate::wire::connection::Received;
use crate::wire::control::State;

pub(super) fn answer(received: &Received, path: &[&str], state: &State) -> Option<Reply> {
    if let [kind, name, ..] = path
        && name.starts_with("gone")
    {
        return Some(Reply::missing(&format!("{kind} {name} not found")));
    }
    let tty = state.scenario.tty;
    Some(match (received.method.as_str(), path) {
        ("GET", ["swarm"]) => Reply::ok(&json!({
            "ID": id("swarm"), "Version": {"Index": 11}, "Spec": {"Name": "default"},
            "JoinTokens": {"Worker": "SWMTKN-1-w", "Manager": "SWMTKN-1-m"},
        })),
        ("GET", ["swarm", "unlockkey"]) => Reply::ok(&json!({"UnlockKey": "SWMKEY-1-k"})),
        ("POST", ["swarm", "init"]) => Reply::ok(&id("node").into()),
        ("POST", ["swarm", _] | ["nodes", _, "update"]) => {
            Reply::Whole { status: "200 OK", kind: "text/plain", body: Vec::new() }
        }
        ("GET", ["nodes"]) => Reply::ok(&json!([node()])),
        ("GET", ["nodes", _]) => Reply::ok(&node()),
        ("DELETE", ["nodes", _]) => Reply::ok(&Value::Null),
        ("DELETE", ["services" | "secrets" | "configs", _]) => Reply::empty(),
        ("POST", ["services" | "secrets" | "configs", "create"]) => {
            Reply::json("201 Created", &json!({"ID": id(&path[0][..path[0].len() - 1])}))
        }
        ("GET", ["services"]) => Reply::ok(&json!([service("web", tty), service("global", tty)])),
        ("GET", ["services", name]) => Reply::ok(&service(name, tty)),
        ("POST", ["services", _, "update"]) => Reply::ok(&json!({"Warnings": null})),
        ("GET", ["services", _, "logs"]) => {
            Reply::Pieces { kind: "application/vnd.docker.raw-stream", pieces: vec![output(tty, true, true)] }
        }
        ("GET", ["tasks"]) => Reply::ok(&json!([{"ID": id("task"), "ServiceID": id("service")}])),
        ("GET", ["secrets" | "configs"]) => Reply::ok(&json!([stored("a"), stored("b")])),
        ("GET", ["secrets" | "configs", name]) => Reply::ok(&stored(name)),
        _ => return None,
    })
}

/// An id of a swarm's form for a thing of a kind.
fn id(kind: &str) -> String {
    format!("{kind:0<25}")
}

fn node() -> Value {
    json!({
        "ID": id("node"), "Version": {"Index": 12}, "Spec": {"Role": "manager", "Availability": "active", "Labels": {}},
        "Description": {"Hostname": "one"}, "Status": {"State": "ready"},
    })
}

fn stored(name: &str) -> Value {
    json!({"ID": id(name), "Version": {"Index": 13}, "Spec": {"Name": name, "Labels": {}}})
}

fn service(name: &str, tty: bool) -> Value {
    let mode = if name.starts_with("global") {
        json!({"Global": {}})
    } else {
        json!({"Replicated": {"Replicas": 1}})
    };
    json!({
        "ID": id(if name == "web" { "service" } else { name }), "Version": {"Index": 14},
        "Spec": {
            "Name": name, "Labels": {"tier": "front"}, "Mode": mode,
            "TaskTemplate": {
                "ContainerSpec": {"Image": "busybox:latest", "Args": ["-f"], "Env": ["A=b"], "TTY": tty},
                "Resources": {"Limits": {}, "Reservations": {}}, "ForceUpdate": 2, "Runtime": "container",
                "Networks": [{"Target": "front"}],
            },
            "UpdateConfig": {"Parallelism": 1, "Order": "stop-first"}, "EndpointSpec": {"Mode": "vip"},
        },
    })
}
