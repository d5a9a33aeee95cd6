//! The module `moondock`: what the host adds.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use moondock_automation::{AutomationError, Change, EVENT_TYPES, Event, EventFilter, Handler, WatchOptions};
use moondock_engine::models::DockerClient;
use moondock_engine::{ErrorKind, Kind, ParamType, params, types};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use crate::arguments::Function;
use crate::describe::{Module, function};
use crate::error::{Result, ScriptError};
use crate::host::Host;
use crate::nearest;
use crate::session::Stop;
use crate::value::Value;

/// The second argument of `on`, which may be left out.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum FiltersOrHandler {
    Handler(Function),
    Filters(Map<String, Json>),
}

impl ParamType for FiltersOrHandler {
    const KIND: Kind = Kind::Union(&[Kind::Function, Kind::Map(&Kind::Any)]);
}

params! {
    /// Which events to handle, and how.
    struct OnParams {
        /// A glob over `type.action`, for example `container.die`, `image.*` or `container`.
        pattern: String => required,
        /// Attributes that an event must have, for example `{label: "x=y", name: "web"}`; or the handler.
        filters: Option<FiltersOrHandler>,
        /// Called with the event and the object that it is about: a container or image, nothing if that is gone.
        handler: Option<Function>,
    }
}

params! {
    /// When to call what.
    struct EveryParams {
        /// The interval: seconds, or text such as `500ms`, `10s`, `5m`, `1h30m`.
        interval: Option<types::Interval> => required,
        /// What to call.
        handler: Option<Function> => required,
    }
}

params! {
    /// What to watch, and what to call.
    struct WatchParams {
        /// A file or folder, or a list of them. Folders are watched with all below them.
        paths: Option<types::Lines> => required,
        /// Called with a list of `{path, kind}`, the kind `created`, `modified` or `removed`.
        handler: Option<Function> => required,
        /// How long it must be quiet before changes are handed over.
        debounce: Option<types::Interval>,
    }
}

params! {
    /// What to call.
    struct ShutdownParams {
        /// What to call.
        handler: Option<Function> => required,
    }
}

params! {
    /// How to end.
    struct ExitParams {
        /// The exit code, 0 to 255.
        code: i64 = 0,
    }
}

const DEBOUNCE: Duration = Duration::from_millis(200);

fn missing() -> ScriptError {
    ScriptError::argument("`handler` is missing")
}

fn failed(error: AutomationError) -> ScriptError {
    match error {
        AutomationError::Engine(error) => error.into(),
        AutomationError::Watch { .. } => {
            moondock_engine::Error::new(ErrorKind::IOError, error.to_string()).into()
        }
        AutomationError::EventType { ref kind, .. } => {
            let hint = nearest::hint(kind, EVENT_TYPES.into_iter());
            ScriptError::argument(format!("{error}{hint}"))
        }
        other => ScriptError::argument(other.to_string()),
    }
}

/// Makes a handler of a script's function and of what turns an occurrence into its arguments.
fn handler<T, F>(function: &Function, arguments: impl Fn(T) -> F + Send + Sync + 'static) -> Handler<T>
where
    T: Send + 'static,
    F: Future<Output = Vec<Value>> + Send + 'static,
{
    let callback = function.0.clone();
    Arc::new(move |occurrence| {
        let (callback, arguments) = (callback.clone(), arguments(occurrence));
        Box::pin(async move {
            match callback.call(arguments.await).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_a("Cancelled") => Ok(()),
                Err(error) => Err(error.report()),
            }
        })
    })
}

/// The object that an event is about, nothing if it is gone.
async fn object(client: &DockerClient, event: &Event) -> Value {
    match event.kind.as_str() {
        "container" => client.containers().get(&event.id).await.map_or(Value::Null, Into::into),
        "image" => client.images().get(&event.id).await.map_or(Value::Null, Into::into),
        _ => Value::Null,
    }
}

async fn on(host: &Host, params: OnParams) -> Result<Value> {
    let (filters, function) = match (params.filters, params.handler) {
        (Some(FiltersOrHandler::Handler(function)), None) | (None, Some(function)) => (Map::new(), function),
        (Some(FiltersOrHandler::Filters(filters)), Some(function)) => (filters, function),
        _ => return Err(missing()),
    };
    let automation = host.automation()?;
    let filter = EventFilter::new(&params.pattern, filters).map_err(failed)?;
    let client = automation.client().clone();
    let handler = handler(&function, move |event: Event| {
        let client = client.clone();
        async move { vec![event.to_json().into(), object(&client, &event).await] }
    });
    Ok(automation.on(filter, handler).await.map_err(failed)?.into())
}

fn watch(host: &Host, params: WatchParams) -> Result<Value> {
    let (Some(paths), Some(function)) = (params.paths, params.handler) else { return Err(missing()) };
    let options = WatchOptions {
        paths: paths.as_slice().iter().map(PathBuf::from).collect(),
        debounce: params.debounce.map_or(Ok(DEBOUNCE), |debounce| debounce.duration())?,
    };
    let handler = handler(&function, |changes: Vec<Change>| async move {
        let changes = changes
            .iter()
            .map(|change| json!({"path": change.path.to_string_lossy(), "kind": change.kind.name()}));
        vec![changes.collect::<Json>().into()]
    });
    Ok(host.automation()?.watch(&options, handler).map_err(failed)?.into())
}

pub(super) static MODULE: Module = Module {
    name: "moondock",
    doc: "What the host adds: hooks, schedules, watches, and the script's own life.",
    functions: &[
        function!(Read, "on", OnParams => Kind::Object("Registration"),
            "Calls a handler for each of the engine's events that match, one at a time and in order. All that happens \
             after `on` has returned is seen, also across lost connections. The event has `type`, `action`, `detail`, \
             `id`, `name`, `attributes`, `time`, `time_nano` and `raw`. The script lives on while a hook is on.",
            |params, call| on(&call.host, params).await),
        function!(Read, "every", EveryParams => Kind::Object("Registration"),
        "Calls a handler at an interval, first after one, one call at a time.",
        |params, call| {
            let (Some(interval), Some(function)) = (params.interval, params.handler) else { return Err(missing()) };
            let handler = handler(&function, |()| async { Vec::new() });
            call.host.automation()?.every(interval.duration()?, handler).map_err(failed)
        }),
        function!(Host, "watch", WatchParams => Kind::Object("Registration"),
            "Calls a handler with what changes below some paths, after it has been quiet for `debounce`, by default \
             200 ms. All that changes after `watch` has returned is seen.",
            |params, call| watch(&call.host, params)),
        function!(Read, "on_shutdown", ShutdownParams => Kind::Nil,
        "Calls a handler once when the script ends in order, also on SIGINT and SIGTERM.",
        |params, call| {
            let function = params.handler.ok_or_else(missing)?;
            let host = call.host.clone();
            let handler = handler(&function, move |()| {
                host.begin_shutdown_handler();
                async { Vec::new() }
            });
            call.host.automation()?.on_shutdown(handler);
            Ok(Value::Null)
        }),
        function!(Host, "exit", ExitParams => Kind::Nil,
        "Ends the script with an exit code, after its shutdown handlers. It does not return. In a shutdown handler it ends \
         that handler; the code of the first call counts.",
        |params, call| {
            let code = u8::try_from(params.code).map_err(|_| {
                ScriptError::argument(format!("`code`: {} is no exit code; one is 0 to 255", params.code))
            })?;
            call.host.stop(Stop::Exit(code.into()));
            std::future::pending::<Result<Value>>().await
        }),
    ],
    constants: &[],
};
