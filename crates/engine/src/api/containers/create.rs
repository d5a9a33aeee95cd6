//! Creating a container: docker-py's keywords and the engine's configuration.

use serde_json::{Map, Value, json};

use super::CREATE;
use super::host_config::host_config;
use crate::error::{Error, ErrorKind, Result};
use crate::params;
use crate::request::Request;
use crate::types::{Command, Pairs, Scalar, Size, bind_targets, endpoints, healthcheck, port_bindings};

params! {
    /// How to create a container: every keyword of docker-py's `containers.create`.
    pub struct CreateParams {
        /// The command: a line or its words.
        command: Option<Command>,
        /// Remove the container when it ends, done by the engine.
        auto_remove: bool = false,
        /// Relative weights of block devices: a list of `{Path, Weight}`.
        blkio_weight_device: Option<Vec<Value>>,
        /// The relative weight of block input and output, 10 to 1000.
        blkio_weight: Option<i64>,
        /// Capabilities to add.
        cap_add: Option<Vec<String>>,
        /// Capabilities to drop.
        cap_drop: Option<Vec<String>>,
        /// The parent cgroup.
        cgroup_parent: Option<String>,
        /// The cgroup namespace: `private` or `host`.
        cgroupns: Option<String>,
        /// The number of usable CPUs (Windows).
        cpu_count: Option<i64>,
        /// The usable percentage of the CPUs (Windows).
        cpu_percent: Option<i64>,
        /// The length of a CPU period in microseconds.
        cpu_period: Option<i64>,
        /// Microseconds of CPU time in a period.
        cpu_quota: Option<i64>,
        /// The length of a real-time CPU period in microseconds.
        cpu_rt_period: Option<i64>,
        /// Microseconds of real-time CPU time in a period.
        cpu_rt_runtime: Option<i64>,
        /// The relative weight of CPU time.
        cpu_shares: Option<i64>,
        /// The CPUs to run on, for example `0-3` or `0,1`.
        cpuset_cpus: Option<String>,
        /// The memory nodes to use, for example `0-3` or `0,1`.
        cpuset_mems: Option<String>,
        /// Do not attach to the container.
        detach: bool = false,
        /// Rules for device cgroups.
        device_cgroup_rules: Option<Vec<String>>,
        /// Read limits in bytes a second: a list of `{Path, Rate}`.
        device_read_bps: Option<Vec<Value>>,
        /// Read limits in operations a second: a list of `{Path, Rate}`.
        device_read_iops: Option<Vec<Value>>,
        /// Write limits in bytes a second: a list of `{Path, Rate}`.
        device_write_bps: Option<Vec<Value>>,
        /// Write limits in operations a second: a list of `{Path, Rate}`.
        device_write_iops: Option<Vec<Value>>,
        /// Devices, each `HOST[:CONTAINER[:PERMISSIONS]]`.
        devices: Option<Vec<Value>>,
        /// Requests for devices such as GPUs: a list of `{driver, count, device_ids, capabilities, options}`.
        device_requests: Option<Vec<Map<String, Value>>>,
        /// Name servers.
        dns: Option<Vec<String>>,
        /// Options for `resolv.conf`.
        dns_opt: Option<Vec<String>>,
        /// Search domains.
        dns_search: Option<Vec<String>>,
        /// The domain name.
        domainname: Option<Value>,
        /// The entry point: a line or its words.
        entrypoint: Option<Command>,
        /// Environment variables, as a map or as a list of `NAME=value`.
        environment: Option<Pairs>,
        /// More hosts for `/etc/hosts`, as a map from name to address or a list of `name:address`.
        extra_hosts: Option<Pairs>,
        /// More groups that the process runs as, by name or id.
        group_add: Option<Vec<Scalar>>,
        /// A check of the container's health: `{test, interval, timeout, retries, start_period}`, times in
        /// nanoseconds.
        healthcheck: Option<Map<String, Value>>,
        /// The host name.
        hostname: Option<String>,
        /// Run an init process that forwards signals and reaps processes.
        init: Option<bool>,
        /// Unknown to engines since API 1.29; docker-py has it.
        init_path: Option<String>,
        /// The IPC mode.
        ipc_mode: Option<String>,
        /// The isolation of a Windows container.
        isolation: Option<String>,
        /// The limit of kernel memory.
        kernel_memory: Option<Size>,
        /// Labels, as a map or as a list of names.
        labels: Option<Pairs>,
        /// Links, as a map from container to alias or a list of `container:alias`.
        links: Option<Pairs>,
        /// The log driver: `{type, config}`.
        log_config: Option<Map<String, Value>>,
        /// Configuration for LXC, which engines no longer have.
        lxc_conf: Option<Value>,
        /// The MAC address.
        mac_address: Option<String>,
        /// The memory limit, for example `512m`.
        mem_limit: Option<Size>,
        /// The memory that is reserved.
        mem_reservation: Option<Size>,
        /// How eagerly memory is swapped, 0 to 100.
        mem_swappiness: Option<i64>,
        /// The limit of memory and swap together; -1 for no limit.
        memswap_limit: Option<Size>,
        /// Mounts: a list of `{target, source, type, read_only, ...}`.
        mounts: Option<Vec<Map<String, Value>>>,
        /// The container's name.
        name: Option<String>,
        /// CPU time in units of a billionth of a CPU.
        nano_cpus: Option<i64>,
        /// The network to connect to.
        network: Option<String>,
        /// Without any network.
        network_disabled: bool = false,
        /// The network mode: `bridge`, `none`, `container:NAME`, `host`.
        network_mode: Option<String>,
        /// Settings for `network`: a map from the network's name to an endpoint's configuration.
        networking_config: Option<Map<String, Value>>,
        /// Do not kill the container's processes when memory runs out.
        oom_kill_disable: bool = false,
        /// How readily the container is killed when memory runs out.
        oom_score_adj: Option<i64>,
        /// The PID mode, for example `host`.
        pid_mode: Option<String>,
        /// How many processes it may have; -1 for no limit.
        pids_limit: Option<i64>,
        /// The platform, for example `linux/arm64`.
        platform: Option<String>,
        /// Ports to publish: a map from `80` or `80/tcp` to a port, nil, `{address, port}`, or a list of these.
        ports: Option<Map<String, Value>>,
        /// With extended privileges.
        privileged: bool = false,
        /// Publish all exposed ports at random ports.
        publish_all_ports: bool = false,
        /// With a root file system that is read only.
        read_only: Option<bool>,
        /// When to restart: `{Name: "on-failure", MaximumRetryCount: 5}`.
        restart_policy: Option<Map<String, Value>>,
        /// The runtime.
        runtime: Option<String>,
        /// Security options.
        security_opt: Option<Vec<String>>,
        /// The size of `/dev/shm`.
        shm_size: Option<Size>,
        /// Keep the standard input open.
        stdin_open: bool = false,
        /// The signal that stops the container.
        stop_signal: Option<String>,
        /// Options of the storage driver.
        storage_opt: Option<Map<String, Value>>,
        /// Kernel parameters.
        sysctls: Option<Map<String, Value>>,
        /// Temporary file systems, as a map from path to options or a list of `path[:options]`.
        tmpfs: Option<Pairs>,
        /// With a terminal.
        tty: bool = false,
        /// Limits: a list of `{name, soft, hard}`.
        ulimits: Option<Vec<Map<String, Value>>>,
        /// Take proxies from docker's configuration file.
        use_config_proxy: bool = true,
        /// The user to run as, by name or id.
        user: Option<Scalar>,
        /// The user namespace mode: `host`.
        userns_mode: Option<String>,
        /// The UTS namespace mode: `host`.
        uts_mode: Option<String>,
        /// Ignored: the API version is the client's. docker-py has it.
        version: Option<String>,
        /// The volume driver.
        volume_driver: Option<String>,
        /// Volumes: a map from a host's path or volume to `{bind, mode}`, or a list of `source:target[:mode]`.
        volumes: Option<Pairs>,
        /// Containers to take volumes from.
        volumes_from: Option<crate::types::Lines>,
        /// The working folder.
        working_dir: Option<String>,
    }
}

/// Creates a container.
///
/// # Errors
///
/// When an argument has a wrong form, or two of them contradict each other.
pub fn create(image: &str, params: &CreateParams) -> Result<Request> {
    let body = body(image, params)?;
    let platform = params.platform.as_deref().filter(|platform| !platform.is_empty());
    Ok(Request::new(&CREATE)
        .query_opt("name", params.name.as_deref())
        .json(body)
        .query_opt("platform", platform)
        .needs_of(params))
}

fn body(image: &str, params: &CreateParams) -> Result<Value> {
    let contradiction = |words: &str| Err(Error::new(ErrorKind::InvalidArgument, words));
    if params.network.is_some() && params.network_mode.is_some() {
        return contradiction("`network` and `network_mode` contradict each other; give one of them");
    }
    if params.networking_config.is_some() && params.network.is_none() {
        return contradiction("`networking_config` needs `network`, the network that it is for");
    }
    let bindings = params.ports.as_ref().filter(|ports| !ports.is_empty()).map(port_bindings).transpose()?;
    let exposed = bindings.as_ref().map(|bindings| {
        let mut ports: Vec<_> = bindings.keys().collect();
        ports.sort();
        ports.into_iter().map(|port| (port.clone(), json!({}))).collect::<Map<_, _>>()
    });
    let volumes = params.volumes.as_ref().filter(|volumes| !volumes.is_empty());
    let environment = params.environment.as_ref().map(Pairs::environment);
    let attached = !params.detach;
    let words = |command: &Option<Command>| command.as_ref().map(Command::words).transpose();
    Ok(json!({
        "Hostname": params.hostname,
        "Domainname": params.domainname,
        "ExposedPorts": exposed,
        "User": params.user.as_ref().map(ToString::to_string),
        "Tty": params.tty,
        "OpenStdin": params.stdin_open,
        "StdinOnce": attached && params.stdin_open,
        "AttachStdin": attached && params.stdin_open,
        "AttachStdout": attached,
        "AttachStderr": attached,
        "Env": environment,
        "Cmd": words(&params.command)?,
        "Image": image,
        "Volumes": volumes.map(bind_targets),
        "NetworkDisabled": params.network_disabled,
        "Entrypoint": words(&params.entrypoint)?,
        "WorkingDir": params.working_dir,
        "HostConfig": host_config(params, bindings, volumes)?,
        "NetworkingConfig": networking_config(params)?,
        "MacAddress": params.mac_address,
        "Labels": params.labels.as_ref().map(Pairs::labels),
        "StopSignal": params.stop_signal,
        "Healthcheck": params.healthcheck.as_ref().map(healthcheck).transpose()?,
        "StopTimeout": null,
        "Runtime": null,
    }))
}

/// The endpoint settings of the one network at creation; settings for another network are not for this one.
fn networking_config(params: &CreateParams) -> Result<Value> {
    let Some(network) = &params.network else { return Ok(Value::Null) };
    let endpoints = params.networking_config.as_ref().map(endpoints).transpose()?;
    Ok(match endpoints {
        Some(endpoints) if endpoints.contains_key(network) => json!({"EndpointsConfig": endpoints}),
        _ => json!({ network.as_str(): null }),
    })
}
