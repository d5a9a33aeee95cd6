//! The modules `docker.context.ContextAPI` and `docker.ContextAPI`: docker's contexts.

use moondock_engine::context::{Context, ContextParams, Contexts};
use moondock_engine::params::NoParams;
use moondock_engine::{ErrorKind, Kind, params};

use crate::describe::{Method, Module, function};
use crate::error::{Result, ScriptError};
use crate::value::Value;

params! {
    /// What to make.
    struct CreateArguments in [name, orchestrator, host, tls_cfg, default_namespace, skip_tls_verify] {
        /// The name.
        name: String => required,
        /// What runs containers: `swarm`, or nothing; docker knows no other any more.
        orchestrator: Option<String>,
        /// Of no use any more: a namespace is an orchestrator's other than docker.
        default_namespace: Option<String>;
        /// What it says.
        ..context: ContextParams,
    }
}

params! {
    /// What to change.
    struct UpdateArguments {
        /// The name.
        name: String => required;
        /// What it says.
        ..context: ContextParams,
    }
}

params! {
    /// Which context.
    struct OneContext {
        /// The name.
        name: String => required,
    }
}

params! {
    /// Which context to get.
    struct GetArguments {
        /// The name; the context in use without one.
        name: Option<String>,
    }
}

params! {
    /// Which context, the default one without a name.
    struct DefaultContext {
        /// The name.
        name: String = "default".to_owned(),
    }
}

fn create(arguments: &CreateArguments) -> Result<Context> {
    for (name, value) in
        [("orchestrator", &arguments.orchestrator), ("default_namespace", &arguments.default_namespace)]
    {
        if let Some(other) = value.as_deref().filter(|value| !matches!(*value, "" | "swarm")) {
            let words = format!("`{name}`: docker knows no `{other}` any more; leave it out");
            return Err(ScriptError::argument(words));
        }
    }
    Ok(Contexts::from_env().create(&arguments.name, &arguments.context)?)
}

fn get(name: Option<String>) -> Result<Option<Context>> {
    let contexts = Contexts::from_env();
    let name = name.filter(|name| !name.is_empty()).map_or_else(|| contexts.current_name(), Ok)?;
    match contexts.get(&name) {
        Err(error) if error.kind() == ErrorKind::ContextNotFound => Ok(None),
        result => Ok(Some(result?)),
    }
}

const FUNCTIONS: &[Method] = &[
    function!(Host, "contexts", NoParams => Kind::List(&Kind::Object("Context")),
        "Lists the contexts by their names, the default one first.",
        |_, _| Ok(Contexts::from_env().list()?)),
    function!(Host, "get_context", GetArguments => Kind::Optional(&Kind::Object("Context")),
        "Gets a context; nothing where there is none with this name.", |params, _| get(params.name)),
    function!(Host, "get_current_context", NoParams => Kind::Object("Context"),
        "Gets the context in use: the default one where `DOCKER_HOST` is set, else the one that `DOCKER_CONTEXT` or \
         `config.json` names.",
        |_, _| Ok(Contexts::from_env().current()?)),
    function!(Host, "set_current_context", DefaultContext => Kind::Nil,
        "Makes a context the one in use, in `config.json`. Without one of this name, the error is a `ContextNotFound`.",
        |params, _| { Contexts::from_env().set_current(&params.name)?; Ok(Value::Null) }),
    function!(Host, "create_context", CreateArguments => Kind::Object("Context"),
        "Makes a context. If there is one with this name, the error is a `ContextAlreadyExists`.",
        |params, _| create(&params)),
    function!(Host, "update_context", UpdateArguments => Kind::Object("Context"),
        "Changes what is given of a context, and leaves the rest.", |params, _| Ok(Contexts::from_env().update(&params.name, &params.context)?)),
    function!(Host, "remove_context", OneContext => Kind::Nil,
        "Removes a context. If it was the one in use, the default one is from then on.",
        |params, _| { Contexts::from_env().remove(&params.name)?; Ok(Value::Null) }),
    function!(Host, "inspect_context", DefaultContext => Kind::Map(&Kind::Any),
        "What `docker context inspect` shows of a context.",
        |params, _| Ok(Contexts::from_env().inspect(&params.name)?)),
];

/// What holds the module, as in docker-py.
pub(in crate::classes) static PARENT: Module =
    Module { name: "docker.context", doc: "Docker's contexts.", functions: &[], constants: &[] };

pub(in crate::classes) static MODULE: Module = Module {
    name: "docker.context.ContextAPI",
    doc: "Docker's contexts: what engines there are, as the docker CLI knows them.",
    functions: FUNCTIONS,
    constants: &[],
};

pub(in crate::classes) static SHORT: Module = Module {
    name: "docker.ContextAPI",
    doc: "The same as `docker.context.ContextAPI`.",
    functions: FUNCTIONS,
    constants: &[],
};
