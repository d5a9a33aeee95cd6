//! What a container is in itself: the part of the configuration that has nothing to do with its host.

use serde_json::{Map, Value, json};

use super::{CREATE, CreateContainerParams, CreateParams, versions};
use crate::client::Client;
use crate::error::Result;
use crate::models::RunParams;
use crate::params;
use crate::request::Request;
use crate::types::{Command, Pairs, Scalar, healthcheck};

params! {
    /// What a container is in itself.
    pub struct ContainerOptions as container_setters {
        /// The host name.
        hostname: Option<String>,
        /// The user to run as, by name or id.
        user: Option<Scalar>,
        /// Keep the standard input open.
        stdin_open: bool = false,
        /// With a terminal.
        tty: bool = false,
        /// Environment variables, as a map or as a list of `NAME=value`.
        environment: Option<Pairs>,
        /// Without any network.
        network_disabled: bool = false,
        /// The container's name.
        name: Option<String>,
        /// The entry point: a line or its words.
        entrypoint: Option<Command>,
        /// The working folder.
        working_dir: Option<String>,
        /// The domain name.
        domainname: Option<Value>,
        /// The MAC address; from API 1.52 on it is an endpoint's, see `networks`.
        mac_address: Option<String>,
        /// Labels, as a map or as a list of names.
        labels: Option<Pairs>,
        /// The signal that stops the container.
        stop_signal: Option<String>,
        /// A check of the container's health: `{test, interval, timeout, retries, start_period, start_interval}`, times in
        /// nanoseconds or as text such as `30s`.
        healthcheck: Option<Map<String, Value>>,
        /// Take proxies from docker's configuration file.
        use_config_proxy: bool = true,
        /// The platform, for example `linux/arm64`.
        platform: Option<String>,
        /// How many seconds to wait for its end after `stop_signal`, before it is killed; 10 by default.
        stop_timeout: Option<i64>,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

container_setters!(CreateParams, container);
container_setters!(CreateContainerParams, container);
container_setters!(RunParams, create);

impl ContainerOptions {
    /// Puts the proxies that docker's configuration file names for the client's engine before the environment, whose
    /// own values win; not without `use_config_proxy`.
    ///
    /// # Errors
    ///
    /// When the file cannot be read.
    pub fn with_proxies(&self, client: &Client) -> Result<Self> {
        if !self.use_config_proxy {
            return Ok(self.clone());
        }
        let proxies = client.proxies()?.into_iter().map(|(name, value)| format!("{name}={value}"));
        let own = self.environment.as_ref().map(Pairs::environment).unwrap_or_default();
        let environment = Some(Pairs::List(proxies.chain(own).collect())).filter(|list| !list.is_empty());
        Ok(Self { environment, ..self.clone() })
    }
}

/// A container's whole configuration, for a request.
pub(super) struct Config<'a> {
    pub(super) image: &'a str,
    pub(super) command: Option<&'a Command>,
    pub(super) detach: bool,
    pub(super) exposed: Option<Map<String, Value>>,
    pub(super) volumes: Option<Map<String, Value>>,
    pub(super) host: Option<Map<String, Value>>,
    pub(super) networking: Option<Value>,
}

impl Config<'_> {
    /// The request that creates the container.
    pub(super) fn request(self, options: &ContainerOptions) -> Result<Request> {
        let attached = !self.detach;
        let words = |command: Option<&Command>| command.map(Command::words).transpose();
        let body = json!({
            "Hostname": options.hostname,
            "Domainname": options.domainname,
            "ExposedPorts": self.exposed,
            "User": options.user.as_ref().map(ToString::to_string),
            "Tty": options.tty,
            "OpenStdin": options.stdin_open,
            "StdinOnce": attached && options.stdin_open,
            "AttachStdin": attached && options.stdin_open,
            "AttachStdout": attached,
            "AttachStderr": attached,
            "Env": options.environment.as_ref().map(Pairs::environment),
            "Cmd": words(self.command)?,
            "Image": self.image,
            "Volumes": self.volumes,
            "NetworkDisabled": options.network_disabled,
            "Entrypoint": words(options.entrypoint.as_ref())?,
            "WorkingDir": options.working_dir,
            "HostConfig": self.host,
            "NetworkingConfig": self.networking,
            "MacAddress": options.mac_address,
            "Labels": options.labels.as_ref().map(Pairs::labels),
            "StopSignal": options.stop_signal,
            "Healthcheck": options.healthcheck.as_ref().map(healthcheck).transpose()?,
            "StopTimeout": options.stop_timeout,
        });
        let platform = options.platform.as_deref().filter(|platform| !platform.is_empty());
        let request =
            Request::new(&CREATE).query_opt("name", options.name.as_deref()).query_opt("platform", platform);
        Ok(versions(request.json(body).extra(options.extra.as_ref())))
    }
}
