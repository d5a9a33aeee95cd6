//! Creating a container: docker-py's keywords and the engine's configuration.

mod config;
mod connections;
mod low_level;
mod newer;

use crate::error::Result;
use crate::params;
use crate::request::Request;
use crate::types::Command;

use super::CREATE;
use super::host_config::HostOptions;
use config::Config;
pub use config::ContainerOptions;
pub use connections::ConnectionOptions;
pub use low_level::{CreateContainerParams, create_container};
pub(super) use newer::versions;

params! {
    /// How to create a container: every keyword of docker-py's `containers.create`.
    pub struct CreateParams {
        /// The command: a line or its words.
        command: Option<Command>,
        /// Do not attach to the container.
        detach: bool = false;
        /// How it is connected.
        ..connections: ConnectionOptions,
        /// What it may do to its host.
        ..host: HostOptions,
        /// What it is in itself.
        ..container: ContainerOptions,
    }
}

/// Creates a container, as docker-py's `containers.create` asks for it.
///
/// ```
/// # moondock_tests::example!(|client| {
/// use moondock_engine::api::containers::{ContainerRemoveParams, CreateParams, create, inspect, remove};
/// use moondock_engine::types::{Healthcheck, Mount};
///
/// let params = CreateParams::default()
///     .command("serve --port 80")
///     .name("api-create")
///     .mem_limit("64m")
///     .healthcheck(Healthcheck::default().test("true").interval("30s"))
///     .mounts([Mount::tmpfs("/scratch")]);
/// client.api().json(create("busybox", &params)?).await?;
/// let attrs = client.api().json(inspect("api-create")).await?;
/// assert_eq!(attrs["Config"]["Cmd"], serde_json::json!(["serve", "--port", "80"]));
/// assert_eq!(attrs["Config"]["Healthcheck"]["Interval"], 30_000_000_000_i64);
/// client.api().empty(remove("api-create", &ContainerRemoveParams::default())).await?;
/// # });
/// ```
///
/// # Errors
///
/// When an argument has a wrong form, or two of them contradict each other.
pub fn create(image: &str, params: &CreateParams) -> Result<Request> {
    let CreateParams { connections, host, .. } = params;
    let networks = connections.resolve(host.network_mode.as_deref())?;
    let port_bindings = connections.ports.as_ref().filter(|ports| !ports.is_empty());
    let volumes = connections.volumes.as_ref().filter(|volumes| !volumes.is_empty());
    let host_config = host.wire(networks.mode.as_deref(), volumes, port_bindings)?;
    let config = Config {
        image,
        command: params.command.as_ref(),
        detach: params.detach,
        exposed: ConnectionOptions::exposed(&host_config),
        volumes: volumes.map(crate::types::bind_targets),
        networking: networks.config,
        host: Some(host_config),
    };
    config.request(&params.container)
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::*;
    use crate::error::ErrorKind;
    use crate::models::RunParams;
    use crate::params::Params;
    use crate::types::{DeviceRequest, EndpointConfig, Healthcheck, LogConfig, Mount, Ulimit};
    use crate::version::ApiVersion;

    fn body(params: &Value) -> Value {
        let params: CreateParams = serde_json::from_value(params.clone()).unwrap();
        create("busybox", &params).unwrap().shown().1
    }

    fn refused(params: &Value) -> crate::Error {
        let params: CreateParams = serde_json::from_value(params.clone()).unwrap();
        create("busybox", &params).err().unwrap_or_else(|| panic!("not refused"))
    }

    fn map(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn says_no_more_than_docker_py_when_nothing_is_given() {
        let params = CreateParams::default().use_config_proxy(false).name("a b").platform("linux/arm64");
        let (line, body) = create("busybox", &params).unwrap().shown();
        assert_eq!(line, "POST /containers/create?name=a+b&platform=linux/arm64");
        let expected = json!({
            "Tty": false, "OpenStdin": false, "StdinOnce": false, "AttachStdin": false, "AttachStdout": true,
            "AttachStderr": true, "Image": "busybox", "NetworkDisabled": false,
            "HostConfig": {"NetworkMode": "default"},
        });
        assert_eq!(body, expected);
    }

    #[test]
    fn every_keyword_has_a_setter() {
        let params = CreateParams::default()
            .command(["sh", "-c", "true"])
            .detach(true)
            .use_config_proxy(false)
            .mem_limit("64m")
            .ports(map(&json!({"80": 8080})))
            .network("back")
            .healthcheck(Healthcheck::default().test("true"))
            .log_config(LogConfig::default().r#type("local"))
            .ulimits([Ulimit::default().name("core").soft(0).hard(0)])
            .mounts([Mount::tmpfs("/scratch")])
            .device_requests([DeviceRequest::default().count(-1)])
            .stop_timeout(3)
            .annotations(map(&json!({"a": "b"})))
            .extra(map(&json!({"HostConfig": {"New": 1}, "Newer": 2})));
        let body = create("busybox", &params).unwrap().shown().1;
        assert_eq!(body["Cmd"], json!(["sh", "-c", "true"]));
        assert_eq!((&body["StopTimeout"], &body["Newer"]), (&json!(3), &json!(2)));
        assert_eq!(body["ExposedPorts"], json!({"80/tcp": {}}));
        assert_eq!(body["NetworkingConfig"], json!({"back": null}));
        let host = &body["HostConfig"];
        assert_eq!((&host["Memory"], &host["NetworkMode"]), (&json!(64 << 20), &json!("back")));
        assert_eq!((&host["New"], &host["Annotations"]), (&json!(1), &json!({"a": "b"})));
        assert_eq!(host["Mounts"][0]["Target"], "/scratch");
        assert_eq!(
            (&host["Ulimits"][0]["Name"], &host["LogConfig"]["Type"]),
            (&json!("core"), &json!("local"))
        );
        assert_eq!(host["DeviceRequests"][0]["Count"], -1);

        let run = RunParams::default().mem_limit(1).name("a").ports(Map::new()).stream(true);
        assert_eq!(run.create.container.name.as_deref(), Some("a"));
    }

    #[test]
    fn several_networks_are_endpoints() {
        let endpoint = EndpointConfig::default().aliases(vec!["db".to_owned()]).gw_priority(2);
        let networks = map(&json!({"front": null, "back": Value::from(Map::from(endpoint))}));
        let params = CreateParams::default().networks(networks);
        let request = create("busybox", &params).unwrap();
        let needs: Vec<_> = request.needs.iter().map(|(_, version)| *version).collect();
        assert_eq!(needs, [ApiVersion::new(1, 44), ApiVersion::new(1, 48)]);
        let body = request.shown().1;
        let endpoints = json!({"front": {}, "back": {"Aliases": ["db"], "GwPriority": 2}});
        assert_eq!(body["NetworkingConfig"], json!({"EndpointsConfig": endpoints}));
        assert_eq!(body["HostConfig"]["NetworkMode"], "front");

        let params = CreateParams::default().networks(vec!["only".to_owned()]);
        let request = create("busybox", &params).unwrap();
        assert!(request.needs.is_empty());
        assert_eq!(request.shown().1["NetworkingConfig"], json!({"EndpointsConfig": {"only": {}}}));
    }

    #[test]
    fn an_option_needs_the_api_version_that_knows_it() {
        for (params, option, version) in [
            (json!({"healthcheck": {"start_interval": 1}}), "healthcheck.start_interval", (1, 44)),
            (json!({"annotations": {"a": "b"}}), "annotations", (1, 43)),
            (json!({"console_size": [24, 80]}), "console_size", (1, 42)),
            (json!({"mounts": [{"target": "/x", "subpath": "a"}]}), "mounts.subpath", (1, 45)),
            (
                json!({"mounts": [{"target": "/x", "type": "image", "source": "i"}]}),
                "mounts.type: image",
                (1, 48),
            ),
            (json!({"mounts": [{"Target": "/x", "Type": "image"}]}), "mounts.type: image", (1, 48)),
            (
                json!({"mounts": [{"target": "/x", "type": "bind", "create_mountpoint": true}]}),
                "mounts.create_mountpoint",
                (1, 42),
            ),
            (
                json!({"mounts": [{"target": "/x", "type": "tmpfs", "tmpfs_options": [["noexec"]]}]}),
                "mounts.tmpfs_options",
                (1, 46),
            ),
            (json!({"device_requests": [{"driver": "cdi"}]}), "device_requests.driver: cdi", (1, 44)),
            (
                json!({"networks": {"a": {"mac_address": "02:42:ac:11:00:02"}}}),
                "networks.mac_address",
                (1, 44),
            ),
            (json!({"extra": {"HostConfig": {"Annotations": {"a": "b"}}}}), "annotations", (1, 43)),
            (json!({"extra": {"Healthcheck": {"StartInterval": 1}}}), "healthcheck.start_interval", (1, 44)),
            (
                json!({"mounts": [{"target": "/x", "extra": {"Type": "image"}}]}),
                "mounts.type: image",
                (1, 48),
            ),
            (
                json!({"extra": {"HostConfig": {"DeviceRequests": [{"Driver": "cdi"}]}}}),
                "device_requests.driver: cdi",
                (1, 44),
            ),
        ] {
            let params: CreateParams = serde_json::from_value(params).unwrap();
            let request = create("busybox", &params).unwrap();
            let needs = (option, ApiVersion::new(version.0, version.1));
            assert!(request.needs.contains(&needs), "{option}: {:?}", request.needs);
        }
        for (params, option, version) in [
            (json!({"kernel_memory": "50m"}), "kernel_memory", (1, 42)),
            (json!({"mac_address": "02:42:ac:11:00:02"}), "mac_address", (1, 52)),
            (json!({"extra": {"MacAddress": "02:42:ac:11:00:02"}}), "mac_address", (1, 52)),
        ] {
            let params: CreateParams = serde_json::from_value(params).unwrap();
            let request = create("busybox", &params).unwrap();
            assert_eq!(request.gone, [(option, ApiVersion::new(version.0, version.1))]);
        }
    }

    #[test]
    fn contradictions_are_refused() {
        for (params, kind, word) in [
            (json!({"network": "a", "network_mode": "b"}), ErrorKind::InvalidArgument, "network_mode"),
            (json!({"networking_config": {"a": {}}}), ErrorKind::InvalidArgument, "networking_config"),
            (json!({"networks": ["a"], "network": "b"}), ErrorKind::InvalidArgument, "networks"),
            (json!({"network_mode": "host", "ports": {"80": 80}}), ErrorKind::InvalidArgument, "host"),
            (json!({"network": "host", "ports": {"80": 80}}), ErrorKind::InvalidArgument, "host"),
            (json!({"init_path": "/init"}), ErrorKind::InvalidVersion, "init_path"),
            (json!({"lxc_conf": {"a": "b"}}), ErrorKind::InvalidVersion, "lxc_conf"),
            (json!({"uts_mode": "private"}), ErrorKind::InvalidArgument, "uts_mode"),
            (json!({"console_size": [1]}), ErrorKind::InvalidArgument, "console_size"),
            (json!({"mem_limit": "much"}), ErrorKind::InvalidArgument, "mem_limit"),
            (json!({"command": "echo 'a"}), ErrorKind::InvalidArgument, "echo 'a"),
        ] {
            let error = refused(&params);
            assert_eq!(error.kind(), kind, "{error}");
            assert!(error.to_string().contains(word), "{error}");
        }
    }

    #[test]
    fn empty_is_not_the_same_as_left_out_where_docker_py_tells_them_apart() {
        let full = body(&json!({"dns": [], "security_opt": [], "labels": {}, "use_config_proxy": false,
            "environment": [], "healthcheck": {}, "volumes": {}, "ports": {}, "cap_add": [], "sysctls": {},
            "mem_swappiness": 0, "mem_reservation": 0, "network": ""}));
        assert_eq!(
            (&full["Labels"], &full["Env"], &full["Healthcheck"]),
            (&json!({}), &json!([]), &json!({}))
        );
        let expected = json!({
            "MemorySwappiness": 0, "NetworkMode": "default", "Dns": [], "SecurityOpt": [],
        });
        assert_eq!(full["HostConfig"], expected);
        assert!(full.get("Volumes").is_none() && full.get("ExposedPorts").is_none());
    }

    #[test]
    fn names_are_in_the_list_once() {
        let mut names: Vec<_> = CreateParams::LIST.all().iter().map(|param| param.name).collect();
        assert_eq!(names.last(), Some(&"extra"));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
