//! `moondock`: runs Lua and Rhai scripts that control the Docker Engine.

mod arguments;
mod exit;
mod language;
mod run;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

fn main() -> ExitCode {
    let Arguments { host, command } = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors; when nobody reads them, nobody reads of that either.
            let _ = error.print();
            return if error.use_stderr() { exit::USAGE.into() } else { ExitCode::SUCCESS };
        }
    };
    match command {
        Command::Run(arguments) => run::run(host.as_deref(), arguments),
    }
}
