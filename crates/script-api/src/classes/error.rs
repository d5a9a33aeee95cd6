//! Errors.

use moondock_engine::params::NoParams;
use moondock_engine::{Kind, params};

use super::nameless;
use crate::describe::{Class, method, property};
use crate::error::ScriptError;
use crate::value::{Scripted, Value};

params! {
    /// Which kind to ask for.
    struct IsAParams {
        /// The kind's name, for example `APIError`.
        kind: String => required,
    }
}

impl Scripted for ScriptError {
    const CLASS: &'static Class = &CLASS;
}

fn engine<T>(error: &ScriptError, read: impl FnOnce(&moondock_engine::Error) -> Option<T>) -> Option<T> {
    error.engine().and_then(read)
}

/// Whether the engine answered with a status that is so.
fn answered(error: &ScriptError, is: impl Fn(&moondock_engine::Error) -> bool) -> bool {
    error.engine().is_some_and(is)
}

pub(super) static CLASS: Class = Class {
    name: "Error",
    doc: "What went wrong. Its kinds are those of docker-py's `docker.errors`.",
    properties: &[
        property!("kind", ScriptError => Kind::Str, "The kind, for example `NotFound`.", |error| error.kind()),
        property!("message", ScriptError => Kind::Str,
            "What went wrong, in words.", |error| error.message()),
        property!("status_code", ScriptError => Kind::Optional(&Kind::Int),
            "The HTTP status of the engine's answer.",
            |error| engine(&error, |error| error.status_code().map(i64::from))),
        property!("explanation", ScriptError => Kind::Optional(&Kind::Str),
            "The engine's own words.",
            |error| engine(&error, |error| error.explanation().map(str::to_owned))),
        property!("exit_status", ScriptError => Kind::Optional(&Kind::Int),
            "The exit code of a `ContainerError`.", |error| engine(&error, moondock_engine::Error::exit_status)),
        property!("stderr", ScriptError => Kind::Optional(&Kind::Bytes),
            "What the command of a `ContainerError` wrote to its standard error.",
            |error| engine(&error, |error| error.stderr().map(<[u8]>::to_vec))),
        property!("container", ScriptError => Kind::Optional(&Kind::Object("Container")),
            "The container of a `ContainerError`.", |error| engine(&error, |error| error.container().cloned())),
        property!("command", ScriptError => Kind::Optional(&Kind::Str),
            "The command of a `ContainerError`, as a line.",
            |error| engine(&error, |error| error.command().map(str::to_owned))),
        property!("image", ScriptError => Kind::Optional(&Kind::Str),
            "The image of a `ContainerError`, as it was named.",
            |error| engine(&error, |error| error.image().map(str::to_owned))),
        property!("build_log", ScriptError => Kind::List(&Kind::Any),
            "The progress before the failure of a `BuildError`.",
            |error| Value::from(serde_json::Value::from(
                engine(&error, |error| Some(error.log().to_vec())).unwrap_or_default()))),
        property!("method", ScriptError => Kind::Optional(&Kind::Str),
            "The method that failed, for example `Container.start`.", |error| error.method().map(str::to_owned)),
        property!("location", ScriptError => Kind::Optional(&Kind::Str),
            "Where in the script it was raised, for example `a.lua:3`.", |error| error.location().map(str::to_owned)),
    ],
    methods: &[
        method!(Read, "is_a", ScriptError, IsAParams => Kind::Bool,
            "Whether it is of a kind or of a special case of it: a `NotFound` is an `APIError` too.",
            |error, params, _| Ok(error.is_a(&params.kind))),
        method!(Read, "is_error", ScriptError, NoParams => Kind::Bool,
            "Whether the engine's answer had a status of 400 to 599.",
            |error, _, _| Ok(answered(&error, |error| error.is_client_error() || error.is_server_error()))),
        method!(Read, "is_client_error", ScriptError, NoParams => Kind::Bool,
            "Whether the engine's answer had a status of 400 to 499: the request was at fault.",
            |error, _, _| Ok(answered(&error, moondock_engine::Error::is_client_error))),
        method!(Read, "is_server_error", ScriptError, NoParams => Kind::Bool,
            "Whether the engine's answer had a status of 500 to 599: the engine was at fault.",
            |error, _, _| Ok(answered(&error, moondock_engine::Error::is_server_error))),
    ],
    display: |object, f| match object.get::<ScriptError>() {
        Some(error) => error.fmt_plain(f),
        None => f.write_str("<Error>"),
    },
    identity: nameless,
};
