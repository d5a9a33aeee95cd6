//! The module `docker`: what docker-py's package has.

use moondock_engine::models::DockerClient;
use moondock_engine::{ApiVersion, Host as Address, Kind, Settings, params};

use crate::describe::{Module, function};
use crate::error::{Result, ScriptError};

params! {
    /// How to reach the engine.
    struct FromEnvParams {
        /// The API version, for example `1.41`; `auto`, the default, negotiates it.
        version: Option<String>,
        /// How many seconds to wait for a connection and for an answer.
        timeout: f64 = 60.0,
    }
}

params! {
    /// Where the engine is and how to reach it.
    struct ClientParams {
        /// The engine's address, for example `unix:///var/run/docker.sock` or `tcp://127.0.0.1:2375`.
        base_url: Option<String>,
        /// The API version, for example `1.41`; `auto`, the default, negotiates it.
        version: Option<String>,
        /// How many seconds to wait for a connection and for an answer.
        timeout: f64 = 60.0,
    }
}

fn client(mut settings: Settings, version: Option<&str>, timeout: f64) -> Result<DockerClient> {
    let limit = std::time::Duration::try_from_secs_f64(timeout).ok().filter(|limit| !limit.is_zero());
    let limit =
        limit.ok_or_else(|| ScriptError::argument(format!("`timeout`: {timeout} is no time to wait")))?;
    settings.timeouts.connect = limit;
    settings.timeouts.idle = Some(limit);
    if let Some(version) = version.filter(|version| !version.eq_ignore_ascii_case("auto")) {
        settings.version = Some(version.parse::<ApiVersion>()?);
    }
    Ok(DockerClient::new(settings))
}

pub(super) static MODULE: Module = Module {
    name: "docker",
    doc: "Docker, with docker-py's object model.",
    functions: &[
        function!(Read, "from_env", FromEnvParams => Kind::Object("DockerClient"),
            "Makes a client for the engine that the host names, else `DOCKER_HOST`, else the default socket.",
            |params, call| client(call.host.settings()?, params.version.as_deref(), params.timeout)),
        function!(Read, "DockerClient", ClientParams => Kind::Object("DockerClient"),
        "Makes a client for the engine at an address.",
        |params, call| {
            let settings = match &params.base_url {
                Some(address) => Settings::new(address.parse::<Address>()?),
                None => call.host.settings()?,
            };
            client(settings, params.version.as_deref(), params.timeout)
        }),
    ],
    constants: &[],
};
