//! The part of a container's configuration that concerns the host (docker-py: `docker.types.HostConfig`).

use serde_json::{Map, Value, json};

use super::CreateParams;
use crate::error::{Error, ErrorKind, Result};
use crate::types::{Pairs, Size, binds, device_request, devices, log_config, mount, plain, tmpfs, ulimit};

struct HostConfig(Map<String, Value>);

impl HostConfig {
    /// Sets what is given.
    fn given(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.0.insert(name.to_owned(), value.into());
        }
    }

    /// Sets what is given and says something: not zero, not empty, not false.
    fn telling(&mut self, name: &str, value: Option<impl Into<Value>>) {
        let empty = |value: &Value| match value {
            Value::Null => true,
            Value::Bool(on) => !on,
            Value::Number(number) => number.as_f64() == Some(0.0),
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            Value::Object(map) => map.is_empty(),
        };
        self.given(name, value.map(Into::into).filter(|value| !empty(value)));
    }
}

/// Applies a conversion to each item of a list.
fn each<T>(items: Option<&Vec<T>>, convert: impl Fn(&T) -> Result<Value>) -> Result<Option<Vec<Value>>> {
    items.map(|items| items.iter().map(convert).collect()).transpose()
}

/// Makes the engine's `HostConfig`.
pub(super) fn host_config(
    params: &CreateParams,
    bindings: Option<Map<String, Value>>,
    volumes: Option<&Pairs>,
) -> Result<Value> {
    let network_mode =
        params.network.as_ref().or(params.network_mode.as_ref()).filter(|mode| !mode.is_empty());
    refuse(params, bindings.is_some())?;
    let bytes = |size: &Option<Size>| size.as_ref().map(Size::bytes).transpose();
    let mut host = HostConfig(Map::new());
    host.given("Memory", bytes(&params.mem_limit)?);
    host.given("MemorySwap", bytes(&params.memswap_limit)?);
    host.telling("MemoryReservation", bytes(&params.mem_reservation)?);
    host.telling("KernelMemory", bytes(&params.kernel_memory)?);
    host.given("MemorySwappiness", params.mem_swappiness);
    host.given("ShmSize", bytes(&params.shm_size)?);
    host.telling("PidMode", params.pid_mode.clone());
    host.telling("IpcMode", params.ipc_mode.clone());
    host.telling("Privileged", Some(params.privileged));
    host.telling("OomKillDisable", Some(params.oom_kill_disable));
    host.telling("OomScoreAdj", params.oom_score_adj);
    host.telling("PublishAllPorts", Some(params.publish_all_ports));
    host.given("ReadonlyRootfs", params.read_only);
    host.telling("DnsSearch", params.dns_search.clone());
    host.given("NetworkMode", Some(network_mode.map_or("default", String::as_str)));
    host.telling("RestartPolicy", params.restart_policy.clone());
    host.telling("CapAdd", params.cap_add.clone());
    host.telling("CapDrop", params.cap_drop.clone());
    host.telling("Devices", params.devices.as_deref().map(devices).transpose()?);
    let groups = params.group_add.as_ref();
    host.telling("GroupAdd", groups.map(|groups| groups.iter().map(ToString::to_string).collect::<Vec<_>>()));
    host.given("Dns", params.dns.clone());
    host.given("DnsOptions", params.dns_opt.clone());
    host.given("SecurityOpt", params.security_opt.clone());
    let text = |map: &Map<String, Value>| {
        map.iter().map(|(name, value)| (name.clone(), Value::from(plain(value)))).collect::<Map<_, _>>()
    };
    host.telling("Sysctls", params.sysctls.as_ref().map(text));
    let volumes_from = params.volumes_from.as_ref();
    host.given(
        "VolumesFrom",
        volumes_from.map(|from| from.split(',').into_iter().map(str::to_owned).collect::<Vec<_>>()),
    );
    host.given("Binds", volumes.map(binds).transpose()?);
    host.given("PortBindings", bindings);
    host.given("ExtraHosts", params.extra_hosts.as_ref().map(|hosts| hosts.joined(':')));
    host.given("Links", params.links.as_ref().map(|links| links.joined(':')));
    host.given("LxcConf", params.lxc_conf.as_ref().map(lxc_conf));
    host.given("CgroupParent", params.cgroup_parent.clone());
    host.given("Ulimits", each(params.ulimits.as_ref(), ulimit)?);
    host.given("LogConfig", params.log_config.as_ref().map(log_config).transpose()?);
    host.telling("CpuQuota", params.cpu_quota);
    host.telling("CpuPeriod", params.cpu_period);
    host.telling("CpuShares", params.cpu_shares);
    host.telling("CpusetCpus", params.cpuset_cpus.clone());
    host.telling("CpusetMems", params.cpuset_mems.clone());
    host.telling("CPURealtimePeriod", params.cpu_rt_period);
    host.telling("CPURealtimeRuntime", params.cpu_rt_runtime);
    host.telling("BlkioWeight", params.blkio_weight);
    host.telling("BlkioWeightDevice", params.blkio_weight_device.clone());
    host.telling("BlkioDeviceReadBps", params.device_read_bps.clone());
    host.telling("BlkioDeviceWriteBps", params.device_write_bps.clone());
    host.telling("BlkioDeviceReadIOps", params.device_read_iops.clone());
    host.telling("BlkioDeviceWriteIOps", params.device_write_iops.clone());
    host.telling("Tmpfs", params.tmpfs.as_ref().map(tmpfs));
    host.telling("UsernsMode", params.userns_mode.clone());
    host.telling("UTSMode", params.uts_mode.clone());
    host.telling("PidsLimit", params.pids_limit);
    host.telling("Isolation", params.isolation.clone());
    host.telling("AutoRemove", Some(params.auto_remove));
    host.given("StorageOpt", params.storage_opt.clone());
    host.given("Init", params.init);
    host.given("VolumeDriver", params.volume_driver.clone());
    host.telling("CpuCount", params.cpu_count);
    host.telling("CpuPercent", params.cpu_percent);
    host.telling("NanoCpus", params.nano_cpus);
    host.telling("Runtime", params.runtime.clone());
    host.given("Mounts", each(params.mounts.as_ref(), mount)?);
    host.given("DeviceCgroupRules", params.device_cgroup_rules.clone());
    host.given("DeviceRequests", each(params.device_requests.as_ref(), device_request)?);
    host.telling("CgroupnsMode", params.cgroupns.clone());
    Ok(Value::Object(host.0))
}

fn refuse(params: &CreateParams, publishes: bool) -> Result<()> {
    let error = |kind, words: &str| Err(Error::new(kind, words));
    if publishes && params.network_mode.as_deref() == Some("host") {
        return error(
            ErrorKind::InvalidArgument,
            "`ports` cannot be published with `network_mode = \"host\"`",
        );
    }
    if params.init_path.is_some() {
        return error(
            ErrorKind::InvalidVersion,
            "`init_path` left the Engine API with 1.29; `init` is still there",
        );
    }
    for (name, mode) in [("userns_mode", &params.userns_mode), ("uts_mode", &params.uts_mode)] {
        if let Some(mode) = mode.as_deref().filter(|mode| !matches!(*mode, "" | "host")) {
            return error(
                ErrorKind::InvalidArgument,
                &format!("{name}: `{mode}` is none; the only one is `host`"),
            );
        }
    }
    Ok(())
}

fn lxc_conf(conf: &Value) -> Value {
    match conf {
        Value::Object(map) => {
            map.iter().map(|(key, value)| json!({"Key": key, "Value": plain(value)})).collect()
        }
        other => other.clone(),
    }
}
