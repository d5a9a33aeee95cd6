//! Whole scripts, against docker-py.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::Programs;
use super::engine::Engine;
use super::measure::{median, whole};
use super::table::{Column, Table};

/// How often a start is measured.
const STARTS: usize = 31;

/// How much is logged, in MiB; docker-py gets a part of it, since it takes minutes for the whole.
const LOGGED: usize = 1024;
const LOGGED_TO_PYTHON: usize = 64;

/// How long a script takes that does nothing.
pub(super) fn start(programs: &Programs) -> Result<Table> {
    let folder = tempfile::tempdir()?;
    let script = |suffix: &str| -> Result<std::path::PathBuf> {
        let path = folder.path().join("empty").with_extension(suffix);
        std::fs::write(&path, "")?;
        Ok(path)
    };
    let (lua, rhai) = (script("lua")?, script("rhai")?);
    let run = |script: &Path| {
        let mut command = Command::new(&programs.moondock);
        command.arg("run").arg(script);
        command
    };
    let import = || {
        let mut command = Command::new(&programs.python);
        command.args(["-c", "import docker"]);
        command
    };
    let milliseconds = |time: std::time::Duration| vec![time.as_secs_f64() * 1e3];
    Ok(Table {
        title: "Start",
        about: "A script that does nothing, the whole process; for docker-py, `import docker`. Median of 31.",
        columns: vec![Column { name: "ms", digits: 1 }],
        rows: vec![
            ("moondock, Lua", milliseconds(median(STARTS, || run(&lua))?)),
            ("moondock, Rhai", milliseconds(median(STARTS, || run(&rhai))?)),
            ("docker-py", milliseconds(median(STARTS, import)?)),
        ],
    })
}

/// Reading long logs as a stream.
pub(super) fn logs(programs: &Programs) -> Result<Table> {
    let engine = Engine::start(&programs.clients)?;
    let host = format!("unix://{}", engine.socket());
    let folder = tempfile::tempdir()?;
    let script = |suffix: &str, text: &str| -> Result<Command> {
        let path = folder.path().join("logs").with_extension(suffix);
        std::fs::write(&path, text)?;
        let mut command = Command::new(&programs.moondock);
        command.arg("run").arg(path).env("DOCKER_HOST", &host);
        Ok(command)
    };
    let mut python = Command::new(&programs.python);
    let text = format!(
        "import docker\n\
                n = 0\n\
                for piece in docker.from_env().containers.get('logged-{LOGGED_TO_PYTHON}').logs(stream=True): n += len(piece)"
    );
    python.args(["-c", &text]).env("DOCKER_HOST", &host);
    let lua = |way: &str| {
        format!(
            "local n = 0\n\
             for piece in require('docker').from_env().containers:get('logged-{LOGGED}'):logs{{stream = true}}{way} do\n\
             n = n + #piece\nend"
        )
    };
    let rhai = |way: &str| {
        format!(
            "let n = 0;\n\
             for piece in docker::from_env().containers.get(\"logged-{LOGGED}\").logs(#{{stream: true}}){way} {{ n += piece.len; }}"
        )
    };
    let work = [
        ("moondock, Lua, pieces", LOGGED, script("lua", &lua(""))?),
        ("moondock, Lua, lines", LOGGED, script("lines.lua", &lua(":lines()"))?),
        ("moondock, Rhai, pieces", LOGGED, script("rhai", &rhai(""))?),
        ("moondock, Rhai, lines", LOGGED, script("lines.rhai", &rhai(".lines()"))?),
        ("docker-py, pieces", LOGGED_TO_PYTHON, python),
    ];
    let mut rows = Vec::new();
    for (name, mebibytes, mut command) in work {
        let measured = whole(&mut command).context(name)?;
        #[expect(clippy::cast_precision_loss, reason = "a figure to be read")]
        let (speed, peak) =
            (mebibytes as f64 / measured.took.as_secs_f64(), measured.peak as f64 / f64::from(1 << 20));
        rows.push((name, vec![speed, peak]));
    }
    Ok(Table {
        title: "Long logs",
        about: "1 GiB of log lines of 80 bytes, each in a frame of its own, from an engine that answers from memory; \
                64 MiB for docker-py. The memory is the most that the whole process held.",
        columns: vec![Column { name: "MiB/s", digits: 1 }, Column { name: "MiB held", digits: 1 }],
        rows,
    })
}
