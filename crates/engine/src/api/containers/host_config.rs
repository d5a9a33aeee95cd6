//! The part of a container's configuration that concerns the host (docker-py: `docker.types.HostConfig`).

use serde_json::{Map, Value, json};

use super::CreateParams;
use crate::error::{Error, ErrorKind, Result};
use crate::models::RunParams;
use crate::params;
use crate::types::{
    Fields, Lines, Maps, Pairs, Scalar, Size, convert_port_bindings, convert_volume_binds, device_request,
    log_config, mount, parse_devices, plain, tmpfs, ulimit,
};

params! {
    /// What a container gets of its host, and what it may do to it.
    pub struct HostOptions as host_setters {
        /// Unknown to engines since API 1.22; docker-py has it.
        lxc_conf: Option<Value>,
        /// Publish all exposed ports at random ports.
        publish_all_ports: bool = false,
        /// Links, as a map from container to alias or a list of `container:alias`.
        links: Option<Pairs>,
        /// With extended privileges.
        privileged: bool = false,
        /// Name servers.
        dns: Option<Vec<String>>,
        /// Search domains.
        dns_search: Option<Vec<String>>,
        /// Containers to take volumes from.
        volumes_from: Option<Lines>,
        /// The network mode: `bridge`, `none`, `container:NAME`, `host`.
        network_mode: Option<String>,
        /// When to restart: `{Name: "on-failure", MaximumRetryCount: 5}`.
        restart_policy: Option<Map<String, Value>>,
        /// Capabilities to add.
        cap_add: Option<Vec<String>>,
        /// Capabilities to drop.
        cap_drop: Option<Vec<String>>,
        /// Devices, each `HOST[:CONTAINER[:PERMISSIONS]]`.
        devices: Option<Vec<Value>>,
        /// More hosts for `/etc/hosts`, as a map from name to address or a list of `name:address`.
        extra_hosts: Option<Pairs>,
        /// With a root file system that is read only.
        read_only: Option<bool>,
        /// The PID mode, for example `host`.
        pid_mode: Option<String>,
        /// The IPC mode.
        ipc_mode: Option<String>,
        /// Security options.
        security_opt: Option<Vec<String>>,
        /// Limits: a list of `{name, soft, hard}`.
        ulimits: Option<Maps>,
        /// The log driver: `{type, config}`.
        log_config: Option<Map<String, Value>>,
        /// The memory limit, for example `512m`.
        mem_limit: Option<Size>,
        /// The limit of memory and swap together; -1 for no limit.
        memswap_limit: Option<Size>,
        /// The memory that is reserved.
        mem_reservation: Option<Size>,
        /// The limit of kernel memory, which engines know up to API 1.41.
        kernel_memory: Option<Size>,
        /// How eagerly memory is swapped, 0 to 100.
        mem_swappiness: Option<i64>,
        /// The parent cgroup.
        cgroup_parent: Option<String>,
        /// More groups that the process runs as, by name or id.
        group_add: Option<Vec<Scalar>>,
        /// Microseconds of CPU time in a period.
        cpu_quota: Option<i64>,
        /// The length of a CPU period in microseconds.
        cpu_period: Option<i64>,
        /// The relative weight of block input and output, 10 to 1000.
        blkio_weight: Option<i64>,
        /// Relative weights of block devices: a list of `{Path, Weight}`.
        blkio_weight_device: Option<Vec<Value>>,
        /// Read limits in bytes a second: a list of `{Path, Rate}`.
        device_read_bps: Option<Vec<Value>>,
        /// Write limits in bytes a second: a list of `{Path, Rate}`.
        device_write_bps: Option<Vec<Value>>,
        /// Read limits in operations a second: a list of `{Path, Rate}`.
        device_read_iops: Option<Vec<Value>>,
        /// Write limits in operations a second: a list of `{Path, Rate}`.
        device_write_iops: Option<Vec<Value>>,
        /// Do not kill the container's processes when memory runs out.
        oom_kill_disable: bool = false,
        /// The size of `/dev/shm`.
        shm_size: Option<Size>,
        /// Kernel parameters.
        sysctls: Option<Map<String, Value>>,
        /// Temporary file systems, as a map from path to options or a list of `path[:options]`.
        tmpfs: Option<Pairs>,
        /// How readily the container is killed when memory runs out.
        oom_score_adj: Option<i64>,
        /// Options for `resolv.conf`.
        dns_opt: Option<Vec<String>>,
        /// The relative weight of CPU time.
        cpu_shares: Option<i64>,
        /// The CPUs to run on, for example `0-3` or `0,1`.
        cpuset_cpus: Option<String>,
        /// The user namespace mode: `host`.
        userns_mode: Option<String>,
        /// The UTS namespace mode: `host`.
        uts_mode: Option<String>,
        /// How many processes it may have; -1 for no limit.
        pids_limit: Option<i64>,
        /// The isolation of a Windows container.
        isolation: Option<String>,
        /// Remove the container when it ends, done by the engine.
        auto_remove: bool = false,
        /// Options of the storage driver.
        storage_opt: Option<Map<String, Value>>,
        /// Run an init process that forwards signals and reaps processes.
        init: Option<bool>,
        /// Unknown to engines since API 1.29; docker-py has it.
        init_path: Option<String>,
        /// The volume driver.
        volume_driver: Option<String>,
        /// The number of usable CPUs (Windows).
        cpu_count: Option<i64>,
        /// The usable percentage of the CPUs (Windows).
        cpu_percent: Option<i64>,
        /// CPU time in units of a billionth of a CPU.
        nano_cpus: Option<i64>,
        /// The memory nodes to use, for example `0-3` or `0,1`.
        cpuset_mems: Option<String>,
        /// The runtime.
        runtime: Option<String>,
        /// Mounts: a list of `{target, source, type, read_only, ...}` (docker-py: `Mount`).
        mounts: Option<Maps>,
        /// The length of a real-time CPU period in microseconds.
        cpu_rt_period: Option<i64>,
        /// Microseconds of real-time CPU time in a period.
        cpu_rt_runtime: Option<i64>,
        /// Rules for device cgroups.
        device_cgroup_rules: Option<Vec<String>>,
        /// Requests for devices such as GPUs: a list of `{driver, count, device_ids, capabilities, options}`; with the
        /// driver `cdi` by name, since API 1.44.
        device_requests: Option<Maps>,
        /// The cgroup namespace: `private` or `host`.
        cgroupns: Option<String>,
        /// Notes on the container, for its runtime.
        #[since(1, 43)]
        annotations: Option<Map<String, Value>>,
        /// The terminal's first size: height and width.
        #[since(1, 42)]
        console_size: Option<Vec<i64>>,
    }
}

params! {
    /// A container's settings for its host (docker-py: `create_host_config`, `docker.types.HostConfig`).
    pub struct HostConfig {
        /// Volumes to bind: a map from a host's path or volume to `{bind, mode}`, or a list of
        /// `source:target[:mode]`.
        binds: Option<Pairs>,
        /// Ports to publish: a map from `80` or `80/tcp` to a port, nil, `{address, port}`, or a list of these.
        port_bindings: Option<Map<String, Value>>;
        /// The rest.
        ..options: HostOptions,
    }
}
host_setters!(HostConfig, options);
host_setters!(CreateParams, host);
host_setters!(RunParams, create);

/// A container's settings for its host in the engine's own names, for
/// [`create_container`](super::create_container).
///
/// ```
/// use moondock_engine::api::containers::{HostConfig, create_host_config};
///
/// let made = create_host_config(&HostConfig::default().mem_limit("64m").privileged(true))?;
/// assert_eq!((&made["Memory"], &made["Privileged"]), (&(64 << 20).into(), &true.into()));
/// # Ok::<(), moondock_engine::Error>(())
/// ```
///
/// # Errors
///
/// When an argument has a wrong form, or two of them contradict each other.
pub fn create_host_config(params: &HostConfig) -> Result<Map<String, Value>> {
    let HostConfig { binds, port_bindings, options } = params;
    options.wire(options.network_mode.as_deref(), binds.as_ref(), port_bindings.as_ref())
}

/// Applies a conversion to each map of a list.
fn maps(
    items: Option<&Maps>,
    convert: impl Fn(&Map<String, Value>) -> Result<Value>,
) -> Result<Option<Vec<Value>>> {
    items.map(|Maps(items)| items.iter().map(convert).collect()).transpose()
}

impl HostOptions {
    /// The engine's `HostConfig`.
    pub(super) fn wire(
        &self,
        network_mode: Option<&str>,
        volumes: Option<&Pairs>,
        ports: Option<&Map<String, Value>>,
    ) -> Result<Map<String, Value>> {
        let network_mode = network_mode.filter(|mode| !mode.is_empty());
        if ports.is_some_and(|ports| !ports.is_empty()) && network_mode == Some("host") {
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                "`ports` cannot be published with `network_mode = \"host\"`",
            ));
        }
        self.refuse()?;
        let ports = ports.map(convert_port_bindings).transpose()?;
        let bytes = |name: &str, size: &Option<Size>| {
            size.as_ref().map(Size::bytes).transpose().map_err(|error| error.in_argument(name))
        };
        let groups = self.group_add.as_ref();
        let groups = groups.map(|groups| groups.iter().map(ToString::to_string).collect::<Vec<_>>());
        let text = |map: &Map<String, Value>| {
            map.iter().map(|(name, value)| (name.clone(), Value::from(plain(value)))).collect::<Map<_, _>>()
        };
        let volumes_from = self.volumes_from.as_ref();
        let volumes_from =
            volumes_from.map(|from| from.split(',').into_iter().map(str::to_owned).collect::<Vec<_>>());
        let host = Fields::default()
            .given("Memory", bytes("mem_limit", &self.mem_limit)?)
            .given("MemorySwap", bytes("memswap_limit", &self.memswap_limit)?)
            .filled("MemoryReservation", bytes("mem_reservation", &self.mem_reservation)?)
            .filled("KernelMemory", bytes("kernel_memory", &self.kernel_memory)?)
            .given("MemorySwappiness", self.mem_swappiness)
            .given("ShmSize", bytes("shm_size", &self.shm_size)?)
            .filled("PidMode", self.pid_mode.clone())
            .filled("IpcMode", self.ipc_mode.clone())
            .filled("Privileged", Some(self.privileged))
            .filled("OomKillDisable", Some(self.oom_kill_disable))
            .filled("OomScoreAdj", self.oom_score_adj)
            .filled("PublishAllPorts", Some(self.publish_all_ports))
            .given("ReadonlyRootfs", self.read_only)
            .filled("DnsSearch", self.dns_search.clone())
            .given("NetworkMode", Some(network_mode.unwrap_or("default")))
            .filled("RestartPolicy", self.restart_policy.clone())
            .filled("CapAdd", self.cap_add.clone())
            .filled("CapDrop", self.cap_drop.clone())
            .filled("Devices", self.devices.as_deref().map(parse_devices).transpose()?)
            .filled("GroupAdd", groups)
            .given("Dns", self.dns.clone())
            .given("DnsOptions", self.dns_opt.clone())
            .given("SecurityOpt", self.security_opt.clone())
            .filled("Sysctls", self.sysctls.as_ref().map(text))
            .given("VolumesFrom", volumes_from)
            .given("Binds", volumes.map(convert_volume_binds).transpose()?)
            .given("PortBindings", ports)
            .given("ExtraHosts", self.extra_hosts.as_ref().map(|hosts| hosts.joined(':')))
            .given("Links", self.links.as_ref().map(|links| links.joined(':')))
            .given("CgroupParent", self.cgroup_parent.clone())
            .given("Ulimits", maps(self.ulimits.as_ref(), ulimit)?)
            .given("LogConfig", self.log_config.as_ref().map(log_config).transpose()?)
            .filled("CpuQuota", self.cpu_quota)
            .filled("CpuPeriod", self.cpu_period)
            .filled("CpuShares", self.cpu_shares)
            .filled("CpusetCpus", self.cpuset_cpus.clone())
            .filled("CpusetMems", self.cpuset_mems.clone())
            .filled("CPURealtimePeriod", self.cpu_rt_period)
            .filled("CPURealtimeRuntime", self.cpu_rt_runtime)
            .filled("BlkioWeight", self.blkio_weight)
            .filled("BlkioWeightDevice", self.blkio_weight_device.clone())
            .filled("BlkioDeviceReadBps", self.device_read_bps.clone())
            .filled("BlkioDeviceWriteBps", self.device_write_bps.clone())
            .filled("BlkioDeviceReadIOps", self.device_read_iops.clone())
            .filled("BlkioDeviceWriteIOps", self.device_write_iops.clone())
            .filled("Tmpfs", self.tmpfs.as_ref().map(tmpfs))
            .filled("UsernsMode", self.userns_mode.clone())
            .filled("UTSMode", self.uts_mode.clone())
            .filled("PidsLimit", self.pids_limit)
            .filled("Isolation", self.isolation.clone())
            .filled("AutoRemove", Some(self.auto_remove))
            .given("StorageOpt", self.storage_opt.clone())
            .given("Init", self.init)
            .given("VolumeDriver", self.volume_driver.clone())
            .filled("CpuCount", self.cpu_count)
            .filled("CpuPercent", self.cpu_percent)
            .filled("NanoCpus", self.nano_cpus)
            .filled("Runtime", self.runtime.clone())
            .given("Mounts", maps(self.mounts.as_ref(), mount)?)
            .given("DeviceCgroupRules", self.device_cgroup_rules.clone())
            .given("DeviceRequests", maps(self.device_requests.as_ref(), device_request)?)
            .filled("CgroupnsMode", self.cgroupns.clone())
            .given("Annotations", self.annotations.clone())
            .given("ConsoleSize", self.console_size.clone());
        Ok(host.into())
    }

    /// Refuses what no engine takes.
    fn refuse(&self) -> Result<()> {
        let told = |conf: &Value| !matches!(conf, Value::Null) && *conf != json!({}) && *conf != json!([]);
        for (name, given, gone) in [
            ("init_path", self.init_path.is_some(), "1.29; `init` is still there"),
            ("lxc_conf", self.lxc_conf.as_ref().is_some_and(told), "1.22"),
        ] {
            if given {
                let words = format!("`{name}` left the Engine API with {gone}");
                return Err(Error::new(ErrorKind::InvalidVersion, words));
            }
        }
        let wrong = |words: String| Err(Error::new(ErrorKind::InvalidArgument, words));
        for (name, mode) in [("userns_mode", &self.userns_mode), ("uts_mode", &self.uts_mode)] {
            if let Some(mode) = mode.as_deref().filter(|mode| !matches!(*mode, "" | "host")) {
                return wrong(format!("{name}: `{mode}` is none; the only one is `host`"));
            }
        }
        match &self.console_size {
            Some(size) if size.len() != 2 => wrong("`console_size` is a list of height and width".to_owned()),
            _ => Ok(()),
        }
    }
}
