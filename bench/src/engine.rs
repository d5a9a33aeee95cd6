//! The engine that all clients are measured on: it answers from memory.

use std::io::Read;
use std::sync::Arc;

use anyhow::{Context, Result};
use moondock_tests::replay::{Played, ReplayEngine, log_lines};
use serde_json::{Value, json};

const CONTAINERS: usize = 200;
const EVENTS: usize = 100_000;
const SAVED: usize = 512 << 20;
/// How much is sent at once.
const PIECE: usize = 1 << 16;

/// Starts it, prints its socket, and ends when nobody holds standard input any more.
pub(crate) fn serve() -> Result<()> {
    let engine = start()?;
    println!("{}", engine.socket().display());
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

/// An engine with 200 containers, containers `logged-N` with N MiB of logs, 100,000 events, an image to save and
/// another that comes of every build.
fn start() -> Result<ReplayEngine> {
    let container: Value = serde_json::from_str(include_str!("../replies/container.json"))?;
    let summary: Value = serde_json::from_str(include_str!("../replies/summary.json"))?;
    let list: Vec<_> = (0..CONTAINERS)
        .map(|number| {
            let mut summary = summary.clone();
            summary["Id"] = format!("{number:064x}").into();
            summary
        })
        .collect();
    let list = Played::json(&Value::from(list));
    let container = Played::json(&container);
    let logs = log_lines(PIECE);
    let events = event_lines(100);
    let archive: Arc<[u8]> = vec![7; PIECE].into();
    let log = b"{\"stream\":\"Step 1/1 : FROM scratch\\n\"}\r\n{\"aux\":{\"ID\":\"sha256:built\"}}\r\n";
    let log = Played::Repeated("application/json", log.as_slice().into(), 1);
    let image = |id: &str| Played::json(&json!({"Id": id, "RepoTags": [id]}));
    let (saved, built) = (image("sha256:saved"), image("sha256:built"));
    let engine = ReplayEngine::start(move |method, path| match (method, path) {
        ("GET", "/containers/json") => Some(list.clone()),
        ("GET", "/events") => Some(Played::Repeated("application/json", events.clone(), EVENTS / 100)),
        ("GET", "/images/saved/json") => Some(saved.clone()),
        ("GET", "/images/saved/get" | "/images/sha256:saved/get") => {
            Some(Played::Repeated("application/x-tar", archive.clone(), SAVED / PIECE))
        }
        ("GET", path) if path.starts_with("/images/") => Some(built.clone()),
        ("GET", path) if path.ends_with("/logs") => {
            let mebibytes: usize =
                path.strip_prefix("/containers/logged-")?.split('/').next()?.parse().ok()?;
            let times = (mebibytes << 20) / logs.len();
            Some(Played::Repeated("application/vnd.docker.multiplexed-stream", logs.clone(), times))
        }
        ("GET", path) if path.starts_with("/containers/logged-") => {
            let name = path.split('/').nth(2)?;
            Some(Played::json(&json!({"Id": name, "Config": {"Tty": false}})))
        }
        ("GET", path) if path.starts_with("/containers/") => Some(container.clone()),
        ("POST", "/build") => Some(log.clone()),
        _ => None,
    });
    engine.context("the replaying engine did not start")
}

/// So many events, a line each.
fn event_lines(count: usize) -> Arc<[u8]> {
    let lines: Vec<_> = (0..count)
        .map(|number| {
            let id = format!("{number:064x}");
            let event = json!({
                "status": "start", "id": id, "from": "busybox", "Type": "container", "Action": "start",
                "Actor": {"ID": id, "Attributes": {"image": "busybox", "name": "web-1", "com.example.tier": "front"}},
                "scope": "local", "time": 1_769_860_800, "timeNano": 1_769_860_800_123_456_789_i64,
            });
            format!("{event}\n")
        })
        .collect();
    lines.concat().into_bytes().into()
}
