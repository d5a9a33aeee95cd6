//! Creating a container as docker-py's `APIClient` does, with the part for the host apart.

use serde_json::{Map, Value, json};

use super::config::{Config, ContainerOptions};
use crate::api::containers::host_config::{HostConfig, create_host_config};
use crate::error::{Error, ErrorKind, Result};
use crate::params;
use crate::params::Params;
use crate::request::Request;
use crate::types::{Command, Lines, endpoints, made_beside};

params! {
    /// How to create a container (docker-py: `APIClient.create_container`).
    pub struct CreateContainerParams in [
        image, command, hostname, user, detach, stdin_open, tty, ports, environment, volumes, network_disabled, name,
        entrypoint, working_dir, domainname, host_config, mac_address, labels, stop_signal, networking_config,
        healthcheck, stop_timeout, runtime, use_config_proxy, platform,
    ] {
        /// The image's name or id.
        image: String => required,
        /// The command: a line or its words.
        command: Option<Command>,
        /// Do not attach to the container.
        detach: bool = false,
        /// Ports to expose: a list of ports, each a number, `80/udp`, or a list of a number and a protocol.
        ports: Option<Vec<Value>>,
        /// Paths in the container that are volumes.
        volumes: Option<Lines>,
        /// What `create_host_config` gives, or its parameters.
        host_config: Option<Map<String, Value>>,
        /// A map from a network's name to the endpoint in it, or one that holds it as `EndpointsConfig`.
        networking_config: Option<Map<String, Value>>,
        /// The runtime.
        runtime: Option<String>;
        /// The rest.
        ..container: ContainerOptions,
    }
}

/// Creates a container, with the configuration for its host as [`create_host_config`] gives it. Proxies are put in by
/// [`ContainerOptions::with_proxies`] before.
///
/// ```
/// # moondock_tests::example!(|client| {
/// use moondock_engine::api::containers::{
///     ContainerRemoveParams, CreateContainerParams, HostConfig, create_container, create_host_config, remove,
/// };
///
/// let host = create_host_config(&HostConfig::default().mem_limit("64m"))?;
/// let params = CreateContainerParams::default().image("busybox").command("true").host_config(host);
/// let created = client.api().json(create_container(&params)?).await?;
/// let id = created["Id"].as_str().unwrap_or_default();
/// client.api().empty(remove(id, &ContainerRemoveParams::default())).await?;
/// # });
/// ```
///
/// # Errors
///
/// When an argument has a wrong form.
pub fn create_container(params: &CreateContainerParams) -> Result<Request> {
    let networking = params.networking_config.as_ref().map(|config| -> Result<Value> {
        let endpoints = endpoints(config)?;
        Ok(if endpoints.is_empty() { json!({}) } else { json!({"EndpointsConfig": endpoints}) })
    });
    let mut host = params.host_config.as_ref().map(host_config).transpose()?;
    // docker-py puts the runtime beside the host's configuration, where no engine looks for it.
    if let Some(runtime) = params.runtime.as_deref().filter(|runtime| !runtime.is_empty()) {
        host.get_or_insert_default().entry("Runtime").or_insert_with(|| runtime.into());
    }
    let volumes = params.volumes.iter().flat_map(Lines::as_slice);
    let config = Config {
        image: &params.image,
        command: params.command.as_ref(),
        detach: params.detach,
        exposed: params.ports.as_deref().map(exposed).transpose()?,
        volumes: params.volumes.is_some().then(|| volumes.map(|path| (path.clone(), json!({}))).collect()),
        host,
        networking: networking.transpose()?,
    };
    config.request(&params.container)
}

/// The host's configuration in the engine's own names, where it has docker-py's.
fn host_config(config: &Map<String, Value>) -> Result<Map<String, Value>> {
    let own = |key: &str| HostConfig::LIST.all().iter().any(|param| param.name == key);
    let is_wire = |key: &str| !own(key) && key.starts_with(char::is_uppercase);
    made_beside("host_config", config, is_wire, |named: HostConfig| create_host_config(&named))
}

/// The engine's `ExposedPorts` from a list of ports.
fn exposed(ports: &[Value]) -> Result<Map<String, Value>> {
    let name = |port: &Value| match port {
        Value::Number(_) => Some(format!("{port}/tcp")),
        Value::String(port) if port.contains('/') => Some(port.clone()),
        Value::String(port) if !port.is_empty() => Some(format!("{port}/tcp")),
        Value::Array(pair) => match &pair[..] {
            [port @ (Value::Number(_) | Value::String(_))] => {
                Some(format!("{}/tcp", crate::types::plain(port)))
            }
            [port @ (Value::Number(_) | Value::String(_)), Value::String(protocol)] => {
                Some(format!("{}/{protocol}", crate::types::plain(port)))
            }
            _ => None,
        },
        _ => None,
    };
    ports
        .iter()
        .map(|port| match name(port) {
            Some(name) => Ok((name, json!({}))),
            None => Err(Error::new(
                ErrorKind::InvalidArgument,
                format!(
                    "ports: `{port}` is no port; one is a number, `80/udp`, or a list of number and protocol"
                ),
            )),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::NetworkingConfig;
    use crate::version::ApiVersion;

    fn body(params: CreateContainerParams) -> Value {
        create_container(&params.use_config_proxy(false)).unwrap().shown().1
    }

    fn map(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn positions_are_docker_pys() {
        let names: Vec<_> = CreateContainerParams::LIST.all().iter().map(|param| param.name).collect();
        assert_eq!(&names[..4], ["image", "command", "hostname", "user"]);
        assert_eq!(&names[23..], ["use_config_proxy", "platform", "extra"]);
        let names: Vec<_> = HostConfig::LIST.all().iter().map(|param| param.name).collect();
        let first = ["binds", "port_bindings", "lxc_conf", "publish_all_ports", "links", "privileged"];
        assert_eq!(&names[..6], first);
        assert_eq!(
            &names[61..],
            ["device_cgroup_rules", "device_requests", "cgroupns", "annotations", "console_size"]
        );
    }

    #[test]
    fn sends_only_what_is_given() {
        let params = CreateContainerParams::default().image("a").detach(true).stdin_open(true);
        let expected = json!({
            "Tty": false, "OpenStdin": true, "StdinOnce": false, "AttachStdin": false, "AttachStdout": false,
            "AttachStderr": false, "Image": "a", "NetworkDisabled": false,
        });
        assert_eq!(body(params), expected);
    }

    #[test]
    fn takes_every_form() {
        let params = CreateContainerParams::default()
            .image("a")
            .ports(vec![json!(80), json!("81"), json!("82/udp"), json!([83, "udp"]), json!([84])])
            .volumes("/data")
            .runtime("crun")
            .networking_config(
                NetworkingConfig::default().endpoint("net", crate::types::EndpointConfig::default()),
            );
        let body = body(params);
        let ports = json!({"80/tcp": {}, "81/tcp": {}, "82/udp": {}, "83/udp": {}, "84/tcp": {}});
        assert_eq!(body["ExposedPorts"], ports);
        assert_eq!(body["Volumes"], json!({"/data": {}}));
        assert_eq!(body["HostConfig"], json!({"Runtime": "crun"}));
        assert_eq!(body["NetworkingConfig"], json!({"EndpointsConfig": {"net": {}}}));
        let wrong = CreateContainerParams::default().image("a").ports(vec![json!(true)]);
        assert!(create_container(&wrong).err().unwrap().to_string().contains("`true`"));
    }

    #[test]
    fn takes_a_host_config_in_either_spelling() {
        let of = |config: Value| body(CreateContainerParams::default().image("a").host_config(map(&config)));
        let made = of(json!({"Memory": 1, "New": {"a": 1}}));
        assert_eq!(made["HostConfig"], json!({"Memory": 1, "New": {"a": 1}}));
        let made = of(json!({"mem_limit": "1k", "port_bindings": {"80": null}, "New": 2}));
        let ports = json!({"80/tcp": [{"HostIp": "", "HostPort": ""}]});
        let expected = json!({"Memory": 1024, "NetworkMode": "default", "PortBindings": ports, "New": 2});
        assert_eq!(made["HostConfig"], expected);

        let wrong = CreateContainerParams::default().host_config(map(&json!({"mem_limits": 1})));
        assert!(create_container(&wrong).err().unwrap().to_string().contains("`mem_limits`"));
        let newer = CreateContainerParams::default().host_config(map(&json!({"Annotations": {"a": "b"}})));
        assert_eq!(create_container(&newer).unwrap().needs, [("annotations", ApiVersion::new(1, 43))]);
    }
}
