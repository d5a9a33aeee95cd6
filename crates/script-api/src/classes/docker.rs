//! The module `docker`: what docker-py's package has.

pub(super) mod context;
pub(super) mod errors;
pub(super) mod tls;
pub(super) mod types;
pub(super) mod utils;

use std::time::Duration;

use moondock_engine::models::DockerClient;
use moondock_engine::{ApiVersion, ErrorKind, HeaderValue, Host as Address, Kind, Settings, params};
use serde_json::{Map, Value as Json};

use crate::describe::{Module, function};
use crate::error::{Result, ScriptError};
use tls::TlsChoice;

params! {
    /// What all ways to a client have in common.
    struct ConnectionParams {
        /// The API version, for example `1.41`; `auto`, the default, negotiates it.
        version: Option<String>,
        /// How many seconds to wait for a connection and for an answer.
        timeout: f64 = 60.0,
        /// What the client calls itself.
        user_agent: Option<String>,
        /// Environment variables for credential helpers, beside those of this process.
        credstore_env: Option<Map<String, Json>>,
        /// How many connections are kept open while no call uses them; over ssh, how many there may be at all.
        max_pool_size: i64 = 10,
        /// Accepted as docker-py has it: ssh is always the program of that name.
        use_ssh_client: bool = false,
    }
}

params! {
    /// How to reach the engine that the environment names.
    struct FromEnvParams in [version, timeout, max_pool_size, environment, use_ssh_client, use_context] {
        /// The variables to read instead of the environment's, such as `DOCKER_HOST`.
        environment: Option<Map<String, Json>>,
        /// Whether docker's context counts where `DOCKER_HOST` is not set.
        use_context: bool = true;
        /// How it works.
        ..connection: ConnectionParams,
    }
}

params! {
    /// How to reach a context's engine.
    struct FromContextParams {
        /// The context's name; the one in use without one.
        name: Option<String>;
        /// How it works.
        ..connection: ConnectionParams,
    }
}

params! {
    /// Where the engine is and how to reach it.
    struct ClientParams in [
        base_url, version, timeout, tls, user_agent, num_pools, credstore_env, use_ssh_client, max_pool_size,
    ] {
        /// The engine's address, for example `unix:///var/run/docker.sock` or `tcp://127.0.0.1:2375`.
        base_url: Option<String>,
        /// Whether to speak TLS, or how: what `docker.tls.TLSConfig` gives, or its arguments as a map.
        tls: Option<TlsChoice>,
        /// Accepted as docker-py has it: a client has one pool of connections, to its engine.
        num_pools: Option<i64>;
        /// How it works.
        ..connection: ConnectionParams,
    }
}

impl ConnectionParams {
    /// Makes a client for the engine that the settings name.
    fn client(self, mut settings: Settings) -> Result<DockerClient> {
        if let Some(name) = self.user_agent {
            let words = || ScriptError::argument(format!("`user_agent`: {name:?} cannot stand in a header"));
            settings.user_agent = Some(HeaderValue::from_str(&name).map_err(|_| words())?);
        }
        settings.credstore_env = self.credstore_env.map(variables).transpose()?.unwrap_or_default();
        let count = usize::try_from(self.max_pool_size).map_err(|_| {
            let words = format!("`max_pool_size`: {} is no number of connections", self.max_pool_size);
            ScriptError::argument(words)
        })?;
        settings.idle_connections = Some(count);
        settings.ssh.connections = count.max(1);
        let limit = Duration::try_from_secs_f64(self.timeout).ok().filter(|limit| !limit.is_zero());
        let limit = limit.ok_or_else(|| {
            ScriptError::argument(format!("`timeout`: {} is no time to wait", self.timeout))
        })?;
        settings.timeouts.connect = limit;
        settings.timeouts.idle = Some(limit);
        if let Some(version) = self.version.filter(|version| !version.eq_ignore_ascii_case("auto")) {
            settings.version = Some(version.parse::<ApiVersion>()?);
        }
        Ok(DockerClient::new(settings))
    }
}

/// The variables of a script's map as text.
fn variables(map: Map<String, Json>) -> Result<Vec<(String, String)>> {
    let read = |(name, value): (String, Json)| match value {
        Json::String(text) => Ok((name, text)),
        other => Err(ScriptError::argument(format!("the variable `{name}` takes text, not `{other}`"))),
    };
    map.into_iter().map(read).collect()
}

fn from_env(host: &crate::host::Host, params: FromEnvParams) -> Result<DockerClient> {
    let settings = match params.environment.map(variables).transpose()? {
        None if params.use_context => host.settings()?,
        given => Settings::from_environment(|name| match &given {
            // The one that no file has.
            _ if name == "DOCKER_CONTEXT" && !params.use_context => Some("default".to_owned()),
            Some(given) => given.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()),
            None => std::env::var(name).ok(),
        })?,
    };
    params.connection.client(settings)
}

fn from_address(host: &crate::host::Host, params: ClientParams) -> Result<DockerClient> {
    let tls = params.tls.and_then(|choice| choice.0);
    let mut settings = match &params.base_url {
        Some(address) => Settings::new(address.parse::<Address>()?),
        None if tls.is_some() => {
            let words = "`tls` goes with the address of an engine: `base_url` is missing";
            return Err(moondock_engine::Error::new(ErrorKind::TLSParameterError, words).into());
        }
        None => host.settings()?,
    };
    if let Some(tls) = tls {
        settings.tls = Some(tls.load()?);
    }
    params.connection.client(settings)
}

pub(super) static MODULE: Module = Module {
    name: "docker",
    doc: "Docker, with docker-py's object model.",
    functions: &[
        function!(Read, "from_env", FromEnvParams => Kind::Object("DockerClient"),
            "Makes a client for the engine that the host names, else `DOCKER_HOST`, else docker's context, else the \
             default socket.",
            |params, call| from_env(&call.host, params)),
        function!(Read, "from_context", FromContextParams => Kind::Object("DockerClient"),
        "Makes a client for the engine of one of docker's contexts.", |params, _| {
            params.connection.client(Settings::from_context(params.name.as_deref())?)
        }),
        function!(Read, "DockerClient", ClientParams => Kind::Object("DockerClient"),
            "Makes a client for the engine at an address.", |params, call| from_address(&call.host, params)),
        function!(Read, "APIClient", ClientParams => Kind::Object("APIClient"),
        "Makes a low-level client for the engine at an address.",
        |params, call| Ok(from_address(&call.host, params)?.api().clone())),
        tls::TLS_CONFIG,
    ],
    constants: &[],
};
