//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::language::Language;

/// Runs Lua and Rhai scripts that control the Docker Engine.
#[derive(Parser)]
#[command(
    version,
    arg_required_else_help = true,
    after_help = "Exit codes: 0 done; 1 the script failed; 2 wrong usage; 125 the engine failed or is out of reach;\n\
                  130 and 143 ended by SIGINT and SIGTERM; a script's `moondock.exit(n)` passes through."
)]
pub(crate) struct Arguments {
    /// The engine's address, for example unix:///var/run/docker.sock or tcp://127.0.0.1:2375 [default: $DOCKER_HOST,
    /// else the default socket].
    #[arg(short = 'H', long, global = true, value_name = "ADDRESS")]
    pub(crate) host: Option<String>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Runs a script, and goes on for as long as it has hooks, schedules or watches.
    Run(Run),
}

#[derive(clap::Args)]
pub(crate) struct Run {
    /// The script, its language told by its suffix (.lua, .rhai); `-` reads it from standard input.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The script's language; needed with `-`.
    #[arg(long, value_enum)]
    pub(crate) lang: Option<Language>,
    /// The script's own arguments.
    #[arg(last = true, value_name = "ARGS")]
    pub(crate) script_arguments: Vec<String>,
}
