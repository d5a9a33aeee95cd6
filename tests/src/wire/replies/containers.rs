//! Containers and the commands inside them.

use serde_json::{Value, json};

use super::images::{id_of, is_there, made};
use super::{Reply, output};
use crate::wire::connection::Received;
use crate::wire::control::State;

const RAW: &str = "application/vnd.docker.raw-stream";

pub(super) fn answer(received: &Received, path: &[&str], state: &mut State) -> Option<Reply> {
    let argument = |name: &str| received.argument(name);
    let on = |name: &str| {
        argument(name).is_some_and(|value| matches!(value.to_lowercase().as_str(), "1" | "true"))
    };
    let tty = state.scenario.tty;
    let body: Value = serde_json::from_slice(&received.body).unwrap_or_default();
    let id = match path {
        ["containers", "json" | "create" | "prune"] | ["commit"] | ["exec", ..] => String::new(),
        ["containers", name, ..] => match state.container(name) {
            Some(container) => container.id.clone(),
            None => return Some(Reply::missing(&format!("No such container: {name}"))),
        },
        _ => return None,
    };
    Some(match (received.method.as_str(), path) {
        ("GET", ["containers", "json"]) => Reply::ok(&list(state)),
        ("POST", ["containers", "create"]) => {
            let image = body.get("Image").and_then(Value::as_str).unwrap_or_default();
            if !is_there(image, state) {
                return Some(Reply::missing(&format!("No such image: {image}")));
            }
            let id = state.create(argument("name"), image.to_owned());
            Reply::json("201 Created", &json!({"Id": id, "Warnings": []}))
        }
        ("POST", ["containers", "prune"]) => {
            Reply::ok(&json!({"ContainersDeleted": ["b2".repeat(32)], "SpaceReclaimed": 212}))
        }
        ("POST", ["commit"]) => Reply::json("201 Created", &json!({"Id": made()})),
        ("GET", ["containers", _, "json"]) => Reply::ok(&inspect(state, &id)),
        ("POST", ["containers", _, "start"]) => {
            let container = state.container(&id)?;
            let status = if container.started { "304 Not Modified" } else { "204 No Content" };
            container.started = true;
            Reply::Whole { status, kind: "text/plain", body: Vec::new() }
        }
        ("POST", ["containers", _, "stop" | "restart" | "kill" | "pause" | "unpause" | "rename"])
        | ("DELETE", ["containers", _]) => Reply::empty(),
        ("POST", ["containers", _, "resize"]) | ("PUT", ["containers", _, "archive"]) => {
            Reply::ok(&json!({}))
        }
        ("POST", ["containers", _, "wait"]) => {
            let later = argument("condition").is_some_and(|condition| condition != "not-running");
            let body = json!({"StatusCode": state.scenario.exit_code}).to_string().into_bytes();
            Reply::Wait { container: later.then_some(id), body }
        }
        ("POST", ["containers", _, "update"]) => Reply::ok(&json!({"Warnings": []})),
        ("GET", ["containers", _, "logs"]) => {
            Reply::Pieces { kind: RAW, pieces: vec![output(tty, on("stdout"), on("stderr"))] }
        }
        ("POST", ["containers", _, "attach"]) => {
            Reply::Hijack { container: Some(id), frames: output(tty, on("stdout"), on("stderr")) }
        }
        ("GET", ["containers", _, "top"]) => {
            Reply::ok(&json!({"Titles": ["PID", "CMD"], "Processes": [["1", "sh"]]}))
        }
        ("GET", ["containers", _, "changes"]) => Reply::ok(&json!([{"Path": "/tmp/new", "Kind": 1}])),
        ("GET", ["containers", _, "stats"]) => {
            // The engine streams unless it is told not to.
            let once = argument("stream").is_some_and(|_| !on("stream"));
            if once { Reply::ok(&statistics(&id)) } else { Reply::lines(&[statistics(&id), statistics(&id)]) }
        }
        ("GET", ["containers", _, "export" | "archive"]) => {
            Reply::Pieces { kind: "application/x-tar", pieces: vec![vec![0; 1024]] }
        }
        ("POST", ["containers", _, "exec"]) => Reply::json("201 Created", &json!({"Id": "ee".repeat(32)})),
        ("POST", ["exec", _, "start"]) => match body.get("Detach") {
            Some(Value::Bool(true)) => Reply::Whole { status: "200 OK", kind: RAW, body: Vec::new() },
            _ => Reply::Hijack {
                container: None,
                frames: output(body.get("Tty") == Some(&Value::Bool(true)), true, true),
            },
        },
        ("GET", ["exec", id, "json"]) => Reply::ok(&json!({
            "ID": id, "Running": false, "ExitCode": state.scenario.exit_code, "ContainerID": "a1".repeat(32),
        })),
        _ => return None,
    })
}

fn list(state: &State) -> Value {
    let mut list: Vec<_> = state
        .containers
        .iter()
        .map(|container| {
            json!({
                "Id": container.id, "Names": [format!("/{}", container.name)], "Image": container.image,
                "ImageID": id_of(&container.image), "State": "running", "Status": "Up 2 minutes", "Ports": [],
                "Labels": {},
            })
        })
        .collect();
    if state.scenario.vanishing {
        list.insert(
            1,
            json!({"Id": "90".repeat(32), "Names": ["/gone"], "Image": "busybox", "State": "running"}),
        );
    }
    list.into()
}

fn inspect(state: &mut State, id: &str) -> Value {
    let (tty, driver) = (state.scenario.tty, state.scenario.log_driver.clone());
    let Some(container) = state.container(id) else { return Value::Null };
    json!({
        "Id": container.id, "Name": format!("/{}", container.name), "Created": "2024-01-01T00:00:00Z",
        "Image": id_of(&container.image), "Path": "sh", "Args": [],
        "State": {
            "Status": if container.started { "running" } else { "created" }, "Running": container.started,
            "ExitCode": 0, "Pid": 4242,
        },
        "HostConfig": {"LogConfig": {"Type": driver, "Config": {}}, "NetworkMode": "default"},
        "Config": {"Tty": tty, "OpenStdin": false, "Image": container.image, "Labels": {"tier": "front"}},
        "NetworkSettings": {"Ports": {"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}]}},
    })
}

fn statistics(id: &str) -> Value {
    json!({
        "read": "2024-01-01T00:00:00Z", "id": id, "cpu_stats": {"cpu_usage": {"total_usage": 100}},
        "memory_stats": {"usage": 4096}, "networks": {},
    })
}
