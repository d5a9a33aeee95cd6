//! Images and their making.

use serde_json::{Value, json};

use super::Reply;
use crate::wire::connection::Received;
use crate::wire::control::State;

/// The image that `build` and `commit` make.
pub(super) fn made() -> String {
    format!("sha256:{}", "e4".repeat(32))
}

/// The id of an image of this name.
pub(super) fn id_of(name: &str) -> String {
    match name.split(':').next_back().unwrap_or(name) {
        digits if name.starts_with("sha256:") => format!("sha256:{digits}"),
        digits if made()[7..].starts_with(digits) => made(),
        _ => format!("sha256:{}", "d3".repeat(32)),
    }
}

/// Whether an image is there: those called `missing` only when they have been pulled.
pub(super) fn is_there(name: &str, state: &State) -> bool {
    let name = if name.rsplit('/').next().unwrap_or(name).contains(':') {
        name.to_owned()
    } else {
        format!("{name}:latest")
    };
    !name.starts_with("missing:") || state.pulled.contains(&name)
}

pub(super) fn answer(received: &Received, path: &[&str], state: &mut State) -> Option<Reply> {
    Some(match (received.method.as_str(), path) {
        ("POST", ["build"]) => build(),
        ("GET", ["images", "json"]) => Reply::ok(&json!([image("busybox:latest"), image("app:1.0")])),
        ("POST", ["images", "create"]) => pull(received, state),
        ("POST", ["images", "load"]) => Reply::lines(&[json!({"stream": "Loaded image: busybox:latest\n"})]),
        ("POST", ["images", "prune"]) => Reply::ok(&json!({"ImagesDeleted": null, "SpaceReclaimed": 0})),
        ("GET", ["images", name @ .., "json"]) => match name.join("/") {
            name if is_there(&name, state) => Reply::ok(&image(&name)),
            name => Reply::missing(&format!("No such image: {name}")),
        },
        ("POST", ["images", _, .., "tag"]) => {
            Reply::Whole { status: "201 Created", kind: "text/plain", body: Vec::new() }
        }
        ("DELETE", ["images", name @ ..]) => match name.join("/") {
            name if is_there(&name, state) => {
                Reply::ok(&json!([{"Untagged": name}, {"Deleted": id_of(&name)}]))
            }
            name => Reply::missing(&format!("No such image: {name}")),
        },
        _ => return None,
    })
}

fn pull(received: &Received, state: &mut State) -> Reply {
    let repository = received.argument("fromImage").unwrap_or_default();
    let tag = received.argument("tag").unwrap_or_else(|| "latest".to_owned());
    state.pulled.insert(format!("{repository}:{tag}"));
    Reply::lines(&[
        json!({"status": format!("Pulling from {repository}"), "id": tag}),
        json!({"status": "Downloading", "progressDetail": {"current": 10, "total": 20}, "id": "d3d3d3d3d3d3"}),
        json!({"status": "Pull complete", "progressDetail": {}, "id": "d3d3d3d3d3d3"}),
        json!({"status": "Status: Downloaded newer image"}),
    ])
}

fn build() -> Reply {
    Reply::lines(&[
        json!({"stream": "Step 1/1 : FROM busybox"}),
        json!({"stream": "\n"}),
        json!({"aux": {"ID": made()}}),
        json!({"stream": format!("Successfully built {}\n", &made()[7..19])}),
    ])
}

fn image(name: &str) -> Value {
    let tags = if name.contains("sha256") || made().contains(name) { json!([]) } else { json!([name]) };
    json!({
        "Id": id_of(name), "RepoTags": tags, "RepoDigests": [], "Created": "2024-01-01T00:00:00Z", "Size": 4096,
        "Os": "linux", "Architecture": "amd64", "Config": {"Labels": null, "Cmd": ["sh"], "Env": []},
    })
}
