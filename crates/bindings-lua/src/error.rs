//! Errors between Lua and Rust.

use mlua::{Lua, Value as LuaValue};
use moondock_script_api::ScriptError;

use crate::object::LuaObject;

/// The name of the chunk that stands between Lua's calls and Rust's.
pub(crate) const OWN_CHUNK: &str = "=[moondock]";

/// The chunks whose lines no trace shows: that one, and the one in which a call waits.
const HIDDEN: [&str; 2] = [OWN_CHUNK, "=__mlua_async_poll"];

/// How many calls a trace shows: finding each takes longer the deeper it is.
const SHOWN: usize = 20;

/// Reads what Lua raised.
pub(crate) fn from_mlua(error: mlua::Error) -> ScriptError {
    match error {
        mlua::Error::CallbackError { cause, .. } => from_mlua((*cause).clone()),
        mlua::Error::ExternalError(error) => match error.downcast_ref::<ScriptError>() {
            Some(error) => error.clone(),
            None => ScriptError::script(error.to_string()),
        },
        mlua::Error::RuntimeError(words) | mlua::Error::SyntaxError { message: words, .. } => {
            from_words(&words)
        }
        other => ScriptError::script(other.to_string()),
    }
}

/// Reads an error value: an error of ours, or whatever the script gave `error`.
pub(crate) fn from_value(value: LuaValue) -> ScriptError {
    match value {
        LuaValue::UserData(data) => match data.borrow::<LuaObject>() {
            Ok(object) => {
                let error = object.0.get::<ScriptError>().cloned();
                error.unwrap_or_else(|| ScriptError::script(format!("the script raised {}", object.0)))
            }
            Err(_) => ScriptError::script("the script raised a userdata"),
        },
        LuaValue::Error(error) => from_mlua(*error),
        LuaValue::String(words) => from_words(&words.to_string_lossy()),
        LuaValue::Nil => ScriptError::script("the script raised nil"),
        other => match other.to_string() {
            Ok(words) => ScriptError::script(format!("the script raised {words}")),
            Err(_) => ScriptError::script(format!("the script raised a {}", other.type_name())),
        },
    }
}

/// Takes `file:line:` off the beginning of Lua's words.
fn from_words(words: &str) -> ScriptError {
    let location = words.split_once(": ").filter(|(location, _)| {
        location.rsplit_once(':').is_some_and(|(_, line)| line.parse::<u32>().is_ok())
    });
    match location {
        Some((location, words)) => ScriptError::script(words).at(location),
        None => ScriptError::script(words),
    }
}

/// The script's own lines that are being run, innermost first, as `file:line: in name`.
pub(crate) fn trace(lua: &Lua) -> Vec<String> {
    let mut lines = Vec::new();
    for level in 0.. {
        let line = lua.inspect_stack(level, |debug| {
            let source = debug.source();
            let ours = source.source.as_deref().is_some_and(|chunk| HIDDEN.contains(&chunk));
            let line = debug.current_line().filter(|_| source.what != "C" && !ours)?;
            let place = format!("{}:{line}", source.short_src.as_deref().unwrap_or("?"));
            Some(match debug.names().name {
                Some(name) if source.what != "main" => format!("{place}: in {name}"),
                _ => place,
            })
        });
        match line {
            None => break,
            Some(None) => {}
            Some(Some(_)) if lines.len() == SHOWN => {
                lines.push("...".to_owned());
                break;
            }
            Some(Some(line)) => lines.push(line),
        }
    }
    lines
}

/// Says where in the script an error was raised, unless it is known.
pub(crate) fn locate(lua: &Lua, error: ScriptError) -> ScriptError {
    let trace = trace(lua);
    let place = trace.first().map(|line| line.split(": in ").next().unwrap_or(line).to_owned());
    let error = match place {
        Some(place) => error.at(place),
        None => error,
    };
    error.with_trace(trace)
}
