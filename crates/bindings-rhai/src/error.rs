//! Errors between Rhai and Rust.

use moondock_script_api::{CLASSES, MODULES, Object, ScriptError};
use rhai::{Dynamic, EvalAltResult, Position};

use crate::object::{RhaiObject, Runtime};

/// Makes what Rhai raises of an error.
#[expect(clippy::unnecessary_box_returns, reason = "Rhai takes its errors boxed")]
pub(crate) fn raise(runtime: &Runtime, error: ScriptError, position: Position) -> Box<EvalAltResult> {
    let object = RhaiObject { object: Object::new(error), blobs: false, runtime: runtime.clone() };
    Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(object), position))
}

/// `file:line:column`.
pub(crate) fn place(name: &str, position: Position) -> Option<String> {
    let line = position.line()?;
    Some(format!("{name}:{line}:{}", position.position().unwrap_or(0)))
}

/// Reads what Rhai raised. The name of the script stands in its place, or that of the module that it was raised in.
pub(crate) fn from_rhai(name: &str, error: EvalAltResult) -> ScriptError {
    let mut name = name.to_owned();
    let mut trace = Vec::new();
    let mut error = error;
    loop {
        let position = error.position();
        match error {
            EvalAltResult::ErrorInFunctionCall(function, source, inner, _) => {
                trace.extend(
                    place(&name, position).map(|place| format!("{place}: in call of {}", shown(&function))),
                );
                if !source.is_empty() {
                    name = source;
                }
                error = *inner;
            }
            EvalAltResult::ErrorInModule(module, inner, _) => {
                name = module;
                error = *inner;
            }
            error => {
                let read = read(error);
                let located = match place(&name, position) {
                    Some(place) => read.at(place),
                    None => read,
                };
                trace.reverse();
                return located.with_trace(trace);
            }
        }
    }
}

fn shown(function: &str) -> &str {
    if function.starts_with("anon$") { "a closure" } else { function }
}

fn read(error: EvalAltResult) -> ScriptError {
    match error {
        EvalAltResult::ErrorRuntime(value, _) => match value.try_cast_result::<RhaiObject>() {
            Ok(thrown) => {
                let error = thrown.object.get::<ScriptError>().cloned();
                error.unwrap_or_else(|| ScriptError::script(format!("the script raised {}", thrown.object)))
            }
            Err(value) => ScriptError::script(value.to_string()),
        },
        EvalAltResult::ErrorTerminated(..) => ScriptError::cancelled("the script was told to exit"),
        EvalAltResult::ErrorFunctionNotFound(signature, _) => {
            ScriptError::script(missing_function(&signature))
        }
        mut other => {
            // The place is told apart from the words.
            let _ = other.take_position();
            ScriptError::script(other.to_string())
        }
    }
}

/// Says which function is missing, and which method may have been meant.
fn missing_function(signature: &str) -> String {
    let name = signature.split(" (").next().unwrap_or(signature);
    let module = name.rsplit_once("::").and_then(|(module, function)| {
        let module = module.replace("::", ".");
        MODULES.iter().find(|known| known.name == module).map(|known| known.unknown(function))
    });
    if let Some(words) = module {
        return words;
    }
    let hint = CLASSES
        .iter()
        .map(|class| class.unknown(name))
        .find_map(|words| words.split_once("; ").map(|(_, hint)| format!("; {hint}")));
    format!("there is no function or method `{signature}`{}", hint.unwrap_or_default())
}
