//! The engine client against bollard, docker-py and hyper alone, a process for each piece of work.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use moondock_tests::replay::{Played, ReplayEngine, log_lines};
use serde_json::{Value, json};

use super::Programs;
use super::measure::told;
use super::table::{Column, Table};

const CONTAINERS: usize = 200;
const EVENTS: usize = 100_000;
const LOGGED: usize = 256 << 20;
const SAVED: usize = 512 << 20;
const FILES: usize = 10_000;
const LARGE: u64 = 1 << 30;

/// Which part of the work docker-py gets, where the whole takes it minutes.
const PART: usize = 16;

/// How often each piece of work is measured; the best counts, since the machine is shared.
const RUNS: usize = 3;

/// What is done, and who is asked to do it.
struct Row {
    title: &'static str,
    work: &'static str,
    /// Whether hyper alone can do it.
    bare: bool,
    /// Whether docker-py gets a part of it only.
    part: bool,
    /// How much there is of it, in the unit of the table.
    amount: f64,
    unit: &'static str,
}

const ROWS: [Row; 7] = [
    Row { title: "Ping round trips", work: "ping", bare: true, part: false, amount: 5.0, unit: "1,000/s" },
    Row {
        title: "List and inspect 200 containers",
        work: "list",
        bare: false,
        part: false,
        amount: 200.0,
        unit: "containers/s",
    },
    Row {
        title: "Decode 100,000 events",
        work: "events",
        bare: true,
        part: false,
        amount: 100.0,
        unit: "1,000/s",
    },
    Row {
        title: "256 MiB of log lines, frame by frame",
        work: "logs",
        bare: true,
        part: true,
        amount: 256.0,
        unit: "MiB/s",
    },
    Row {
        title: "256 MiB of log lines, line by line",
        work: "lines",
        bare: false,
        part: true,
        amount: 256.0,
        unit: "MiB/s",
    },
    Row {
        title: "Save an image of 512 MiB",
        work: "save",
        bare: true,
        part: false,
        amount: 512.0,
        unit: "MiB/s",
    },
    Row {
        title: "Send a build context of 10,000 files",
        work: "build",
        bare: false,
        part: false,
        amount: 10.0,
        unit: "1,000 files/s",
    },
];

/// Measures every row.
pub(super) fn tables(programs: &Programs) -> Result<Vec<Table>> {
    let whole = engine(1)?;
    let part = engine(PART)?;
    let many = many_files()?;
    let large = large_file()?;
    let mut tables = Vec::new();
    for row in &ROWS {
        tables.push(table(programs, row, &whole, &part, many.path())?);
    }
    let row = Row {
        title: "Send a build context of 1 GiB",
        work: "build",
        bare: false,
        part: false,
        amount: 1024.0,
        unit: "MiB/s",
    };
    tables.push(table(programs, &row, &whole, &part, large.path())?);
    Ok(tables)
}

fn table(
    programs: &Programs,
    row: &Row,
    whole: &ReplayEngine,
    part: &ReplayEngine,
    folder: &Path,
) -> Result<Table> {
    let rust = |client: &str| {
        let mut command = Command::new(&programs.clients);
        command.args([client, row.work]).arg(whole.socket()).arg(folder);
        command
    };
    let mut peers =
        vec![("moondock", rust("moondock"), row.amount), ("bollard", rust("bollard"), row.amount)];
    if row.bare {
        peers.push(("hyper alone", rust("hyper"), row.amount));
    }
    let (engine, amount) = match (row.work, row.part) {
        // Python pings less often.
        ("ping", _) => (whole, 1.0),
        (_, true) => (part, row.amount / f64::from(u16::try_from(PART)?)),
        (_, false) => (whole, row.amount),
    };
    let mut python = Command::new(&programs.python);
    python.arg(&programs.python_work).arg(row.work).arg(engine.socket()).arg(folder);
    peers.push(("docker-py", python, amount));
    let mut rows = Vec::new();
    for (name, mut command, amount) in peers {
        let mut best: Option<(f64, f64)> = None;
        for _ in 0..RUNS {
            let (seconds, peak) = told(&mut command).with_context(|| format!("{}: {name}", row.title))?;
            #[expect(clippy::cast_precision_loss, reason = "a figure to be read")]
            let figures = (amount / seconds, peak as f64 / f64::from(1 << 20));
            best = Some(best.filter(|best| best.0 > figures.0).unwrap_or(figures));
        }
        let (speed, peak) = best.context("it was measured")?;
        rows.push((name, vec![speed, peak]));
    }
    Ok(Table {
        title: row.title,
        about: "",
        columns: vec![Column { name: row.unit, digits: 1 }, Column { name: "MiB held", digits: 1 }],
        rows,
    })
}

/// An engine with all that is asked for, or a part of what is long.
fn engine(part: usize) -> Result<ReplayEngine> {
    let container: Value = serde_json::from_str(include_str!("../../../bench/replies/container.json"))?;
    let summary: Value = serde_json::from_str(include_str!("../../../bench/replies/summary.json"))?;
    let list: Vec<_> = (0..CONTAINERS)
        .map(|number| {
            let mut summary = summary.clone();
            summary["Id"] = format!("{number:064x}").into();
            summary
        })
        .collect();
    let list = Played::json(&Value::from(list));
    let container = Played::json(&container);
    let piece = log_lines(1 << 16);
    let pieces = LOGGED / part / piece.len();
    let events = event_lines(100);
    let archive: std::sync::Arc<[u8]> = vec![7; 1 << 16].into();
    let built = Played::Whole(
        "application/json",
        b"{\"stream\":\"Step 1/1 : FROM scratch\\n\"}\r\n{\"aux\":{\"ID\":\"sha256:built\"}}\r\n"
            .as_slice()
            .into(),
    );
    let image = |id: &str| Played::json(&json!({"Id": id, "RepoTags": [id]}));
    let (saved, made) = (image("sha256:saved"), image("sha256:built"));
    let engine = ReplayEngine::start(move |method, path| match (method, path) {
        ("GET", "/containers/json") => Some(list.clone()),
        ("GET", "/events") => Some(Played::Repeated("application/json", events.clone(), EVENTS / 100)),
        ("GET", "/containers/logged/logs") => {
            Some(Played::Repeated("application/vnd.docker.multiplexed-stream", piece.clone(), pieces))
        }
        ("GET", "/images/saved/json") => Some(saved.clone()),
        ("GET", "/images/saved/get" | "/images/sha256:saved/get") => {
            Some(Played::Repeated("application/x-tar", archive.clone(), SAVED >> 16))
        }
        ("GET", path) if path.starts_with("/images/") => Some(made.clone()),
        ("GET", path) if path.starts_with("/containers/") => Some(container.clone()),
        ("POST", "/build") => Some(built.clone()),
        _ => None,
    });
    engine.context("the replaying engine did not start")
}

/// So many events, a line each.
fn event_lines(count: usize) -> std::sync::Arc<[u8]> {
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

fn many_files() -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("Dockerfile"), "FROM scratch\n")?;
    for number in 0..FILES {
        let inner = folder.path().join(format!("{:02}", number / 100));
        std::fs::create_dir_all(&inner)?;
        std::fs::write(inner.join(format!("file-{number}")), "x".repeat(number % 4096))?;
    }
    Ok(folder)
}

fn large_file() -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("Dockerfile"), "FROM scratch\n")?;
    let file = std::fs::File::create(folder.path().join("large"))?;
    // Without blocks of its own, so that the disk is not what is measured.
    file.set_len(LARGE)?;
    Ok(folder)
}
