//! `moondock run`.

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use moondock_script_api::{Finish, Host, ScriptError, Stop};
use tokio::signal::unix::{SignalKind, signal};

use crate::arguments::Run;
use crate::exit;
use crate::language::Language;

/// A script that is ready to run.
struct Script {
    name: String,
    source: Vec<u8>,
    language: Language,
    arguments: Vec<String>,
}

/// Runs a script and gives its exit code.
pub(crate) fn run(address: Option<&str>, arguments: Run) -> ExitCode {
    let prepared = prepare(address, arguments).and_then(|(script, host)| {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        Ok((script, host, runtime))
    });
    let (script, host, runtime) = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            // Where nobody reads the words, the exit code still tells.
            let _ = writeln!(std::io::stderr(), "moondock: {error:#}");
            return exit::USAGE.into();
        }
    };
    let finish = runtime.block_on(async {
        if let Err(error) = watch_signals(&host) {
            host.report(&format!("moondock: signals cannot be handled: {error}"));
        }
        execute(script, &host).await
    });
    // What still waits, such as a read of standard input, must not hold the process.
    runtime.shutdown_background();
    if let (Err(error), None) = (&finish.result, finish.stop) {
        host.report(&explain(error));
    }
    exit::of(&finish)
}

fn prepare(address: Option<&str>, arguments: Run) -> Result<(Script, Host)> {
    let address = address.map(str::parse).transpose()?;
    let host = Host::builder().address(address).build();
    let from_stdin = arguments.file == Path::new("-");
    let language = arguments.lang.or_else(|| Language::of(&arguments.file));
    let Some(language) = language else {
        if from_stdin {
            bail!("a script from standard input needs `--lang lua` or `--lang rhai`");
        }
        bail!(
            "{}: the suffix tells no language; name it .lua or .rhai, or give --lang",
            arguments.file.display()
        );
    };
    let mut source = Vec::new();
    let name = if from_stdin {
        std::io::stdin().read_to_end(&mut source).context("standard input")?;
        "stdin".to_owned()
    } else {
        let name = arguments.file.display().to_string();
        source = std::fs::read(&arguments.file).with_context(|| name.clone())?;
        name
    };
    Ok((Script { name, source, language, arguments: arguments.script_arguments }, host))
}

async fn execute(script: Script, host: &Host) -> Finish {
    match script.language {
        Language::Lua => {
            moondock_lua::Script::new(script.name, script.source).arguments(script.arguments).run(host).await
        }
        Language::Rhai => {
            moondock_rhai::Script::new(script.name, script.source).arguments(script.arguments).run(host).await
        }
    }
}

/// Ends the script in order on SIGINT and SIGTERM; a second one cuts off what still runs.
fn watch_signals(host: &Host) -> std::io::Result<()> {
    for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
        let mut signals = signal(kind)?;
        let host = host.clone();
        tokio::spawn(async move {
            while signals.recv().await.is_some() {
                host.stop(Stop::Signal(kind.as_raw_value()));
            }
        });
    }
    Ok(())
}

/// An error with what to do about it.
fn explain(error: &ScriptError) -> String {
    let mut words = error.report();
    if error.is_a("ConnectionError") && !error.is_a("Timeout") && error.message().contains("cannot connect") {
        words.push_str(
            "\nIs the engine running? Start it with `systemctl start docker`, or name another one with `--host` or \
             DOCKER_HOST.",
        );
    }
    words
}
