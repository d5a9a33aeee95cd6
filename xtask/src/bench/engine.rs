//! The engine client against bollard, docker-py and hyper alone, a process for each piece of work.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

use super::Programs;
use super::measure::told;
use super::table::{Column, Table};

const FILES: usize = 10_000;
const LARGE: usize = 1 << 10;

/// How many MiB are logged, and how many to docker-py, which takes minutes for the whole.
const LOGGED: (&str, f64) = ("logged-256", 256.0);
const LOGGED_TO_PYTHON: (&str, f64) = ("logged-16", 16.0);

/// How often each piece of work is measured; the best counts, since the machine is shared.
const RUNS: usize = 5;

/// What is done, and who is asked to do it.
struct Row {
    title: &'static str,
    work: &'static str,
    /// Whether hyper alone can do it.
    bare: bool,
    /// What it is done with, and how much that is in the unit of the table.
    subject: Subject,
    unit: &'static str,
}

enum Subject {
    None(f64),
    Pings,
    Logs,
    Folder(PathBuf, f64),
}

impl Subject {
    /// The argument for a client, and how much work that is.
    fn for_client(&self, is_python: bool) -> (&std::ffi::OsStr, f64) {
        match self {
            Self::None(amount) => ("".as_ref(), *amount),
            // Python pings less often.
            Self::Pings => ("".as_ref(), if is_python { 1.0 } else { 20.0 }),
            Self::Logs => {
                let (name, amount) = if is_python { LOGGED_TO_PYTHON } else { LOGGED };
                (name.as_ref(), amount)
            }
            Self::Folder(path, amount) => (path.as_os_str(), *amount),
        }
    }
}

fn rows(many: &Path, large: &Path) -> [Row; 9] {
    let row = |title, work, bare, subject, unit| Row { title, work, bare, subject, unit };
    let folder = |path: &Path, amount| Subject::Folder(path.to_owned(), amount);
    [
        row("Ping round trips", "ping", true, Subject::Pings, "1,000/s"),
        row("List and inspect 200 containers", "list", false, Subject::None(200.0), "containers/s"),
        row("Decode 100,000 events", "events", true, Subject::None(100.0), "1,000/s"),
        row("Demultiplex 256 MiB of log lines", "logs", true, Subject::Logs, "MiB/s"),
        row("256 MiB of log lines, frame by frame", "frames", false, Subject::Logs, "MiB/s"),
        row("256 MiB of log lines, line by line", "lines", false, Subject::Logs, "MiB/s"),
        row("Save an image of 512 MiB", "save", true, Subject::None(512.0), "MiB/s"),
        row("Send a build context of 10,000 files", "build", false, folder(many, 10.0), "1,000 files/s"),
        row("Send a build context of 1 GiB", "build", false, folder(large, 1024.0), "MiB/s"),
    ]
}

/// Measures every row.
pub(super) fn tables(programs: &Programs) -> Result<Vec<Table>> {
    let engine = Engine::start(&programs.clients)?;
    let (many, large) = (many_files()?, large_file()?);
    rows(many.path(), large.path()).iter().map(|row| table(programs, row, engine.socket())).collect()
}

fn table(programs: &Programs, row: &Row, socket: &str) -> Result<Table> {
    let peers: &[&str] = if row.bare { &["moondock", "bollard", "hyper"] } else { &["moondock", "bollard"] };
    let mut peers: Vec<_> = peers
        .iter()
        .map(|client| {
            let mut command = Command::new(&programs.clients);
            command.args(["run", client]);
            let name = if *client == "hyper" { "hyper alone" } else { client };
            (name, command, row.subject.for_client(false))
        })
        .collect();
    let mut python = Command::new(&programs.python);
    python.arg(&programs.python_work);
    peers.push(("docker-py", python, row.subject.for_client(true)));
    for (_, command, (subject, _)) in &mut peers {
        command.args([row.work, socket]).arg(subject);
    }
    let mut best: Vec<Option<(f64, f64)>> = vec![None; peers.len()];
    // In turn, so that what else the machine does meets all alike.
    for _ in 0..RUNS {
        for ((name, command, (_, amount)), best) in peers.iter_mut().zip(&mut best) {
            let (seconds, peak) = told(command).with_context(|| format!("{}: {name}", row.title))?;
            #[expect(clippy::cast_precision_loss, reason = "a figure to be read")]
            let figures = (*amount / seconds, peak as f64 / f64::from(1 << 20));
            *best = Some(best.filter(|best| best.0 > figures.0).unwrap_or(figures));
        }
    }
    let rows = peers.iter().zip(best).map(|((name, ..), best)| {
        let (speed, peak) = best.context("it was measured")?;
        Ok((*name, vec![speed, peak]))
    });
    Ok(Table {
        title: row.title,
        about: "",
        columns: vec![Column { name: row.unit, digits: 1 }, Column { name: "MiB held", digits: 1 }],
        rows: rows.collect::<Result<_>>()?,
    })
}

/// The engine that answers from memory, a process of its own that is built for release.
pub(super) struct Engine {
    process: Child,
    socket: String,
}

impl Engine {
    pub(super) fn start(clients: &Path) -> Result<Self> {
        let mut command = Command::new(clients);
        command.arg("engine").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().with_context(|| clients.display().to_string())?;
        let mut socket = String::new();
        BufReader::new(process.stdout.take().context("its output is a pipe")?).read_line(&mut socket)?;
        Ok(Self { process, socket: socket.trim_end().to_owned() })
    }

    /// The socket's path.
    pub(super) fn socket(&self) -> &str {
        &self.socket
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // Which is how it is told to end.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
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
    let mut file = File::create(folder.path().join("large"))?;
    let mebibyte = vec![7; 1 << 20];
    // Written in full: holes would not be sent.
    (0..LARGE).try_for_each(|_| file.write_all(&mebibyte))?;
    Ok(folder)
}
