//! Exit codes.

use std::process::ExitCode;

use moondock_script_api::{EngineError, Finish, ScriptError, Stop};

/// The script failed.
pub(crate) const SCRIPT: u8 = 1;
/// The command line is wrong.
pub(crate) const USAGE: u8 = 2;
/// The engine failed or is out of reach.
pub(crate) const ENGINE: u8 = 125;
/// Added to a signal's number.
const SIGNALS: u8 = 128;

/// The code of an error: the engine's failure is told from the script's.
fn of_error(error: &ScriptError) -> u8 {
    let engine_failed = error.is_a("ConnectionError")
        || error.is_a("StreamParseError")
        || error.engine().is_some_and(EngineError::is_server_error);
    if engine_failed { ENGINE } else { SCRIPT }
}

/// The code of a script's end.
pub(crate) fn of(finish: &Finish) -> ExitCode {
    let code = match (finish.stop, &finish.result) {
        (Some(Stop::Exit(code)), _) => u8::try_from(code).unwrap_or(SCRIPT),
        (Some(Stop::Signal(signal)), _) => u8::try_from(signal).map_or(SCRIPT, |signal| SIGNALS + signal),
        (None, Err(error)) => of_error(error),
        (None, Ok(())) => 0,
    };
    code.into()
}
