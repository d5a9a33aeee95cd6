//! Changing a container's limits.

use serde_json::{Map, Value};

use super::UPDATE;
use crate::api::newer::{Newer, version};
use crate::error::Result;
use crate::params;
use crate::request::Request;
use crate::types::{Fields, Size};

params! {
    /// What to change of a container (docker-py: `update_container`).
    pub struct UpdateParams {
        /// The relative weight of block input and output, 10 to 1000.
        blkio_weight: Option<i64>,
        /// The length of a CPU period in microseconds.
        cpu_period: Option<i64>,
        /// Microseconds of CPU time in a period.
        cpu_quota: Option<i64>,
        /// The relative weight of CPU time.
        cpu_shares: Option<i64>,
        /// The CPUs to run on, for example `0-3` or `0,1`.
        cpuset_cpus: Option<String>,
        /// The memory nodes to use, for example `0-3` or `0,1`.
        cpuset_mems: Option<String>,
        /// The memory limit, for example `512m`.
        mem_limit: Option<Size>,
        /// The memory that is reserved.
        mem_reservation: Option<Size>,
        /// The limit of memory and swap together; -1 for no limit.
        memswap_limit: Option<Size>,
        /// The limit of kernel memory, which engines since API 1.42 ignore.
        kernel_memory: Option<Size>,
        /// When to restart: `{Name: "on-failure", MaximumRetryCount: 5}`.
        restart_policy: Option<Map<String, Value>>,
        /// The length of a real-time CPU period in microseconds.
        cpu_rt_period: Option<i64>,
        /// Microseconds of real-time CPU time in a period.
        cpu_rt_runtime: Option<i64>,
        /// CPU time in units of a billionth of a CPU.
        nano_cpus: Option<i64>,
        /// How many processes it may have; 0 or -1 for no limit.
        pids_limit: Option<i64>,
        /// Relative weights of block devices: a list of `{Path, Weight}`; an empty one clears them.
        #[since(1, 55)]
        blkio_weight_device: Option<Vec<Value>>,
        /// Read limits in bytes a second: a list of `{Path, Rate}`; an empty one clears them.
        #[since(1, 55)]
        device_read_bps: Option<Vec<Value>>,
        /// Write limits in bytes a second: a list of `{Path, Rate}`; an empty one clears them.
        #[since(1, 55)]
        device_write_bps: Option<Vec<Value>>,
        /// Read limits in operations a second: a list of `{Path, Rate}`; an empty one clears them.
        #[since(1, 55)]
        device_read_iops: Option<Vec<Value>>,
        /// Write limits in operations a second: a list of `{Path, Rate}`; an empty one clears them.
        #[since(1, 55)]
        device_write_iops: Option<Vec<Value>>,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

/// Options that a later version brought.
const NEWER: [Newer; 5] = [
    ("/BlkioWeightDevice", "blkio_weight_device", version(55)),
    ("/BlkioDeviceReadBps", "device_read_bps", version(55)),
    ("/BlkioDeviceWriteBps", "device_write_bps", version(55)),
    ("/BlkioDeviceReadIOps", "device_read_iops", version(55)),
    ("/BlkioDeviceWriteIOps", "device_write_iops", version(55)),
];

/// Changes a container's limits while it runs. A limit of 0 or nothing leaves things as they are, as in docker-py.
///
/// # Errors
///
/// When a size is none.
pub fn update(id: &str, params: &UpdateParams) -> Result<Request> {
    let bytes = |size: &Option<Size>| size.as_ref().map(Size::bytes).transpose();
    let body = Fields::default()
        .filled("BlkioWeight", params.blkio_weight)
        .filled("CpuPeriod", params.cpu_period)
        .filled("CpuShares", params.cpu_shares)
        .filled("CpuQuota", params.cpu_quota)
        .filled("CpusetCpus", params.cpuset_cpus.clone())
        .filled("CpusetMems", params.cpuset_mems.clone())
        .filled("Memory", bytes(&params.mem_limit)?)
        .filled("MemoryReservation", bytes(&params.mem_reservation)?)
        .filled("MemorySwap", bytes(&params.memswap_limit)?)
        .filled("KernelMemory", bytes(&params.kernel_memory)?)
        .filled("RestartPolicy", params.restart_policy.clone())
        .filled("CpuRealtimePeriod", params.cpu_rt_period)
        .filled("CpuRealtimeRuntime", params.cpu_rt_runtime)
        .filled("NanoCpus", params.nano_cpus)
        // Here 0 says something: it lifts the limit.
        .given("PidsLimit", params.pids_limit)
        .given("BlkioWeightDevice", params.blkio_weight_device.clone())
        .given("BlkioDeviceReadBps", params.device_read_bps.clone())
        .given("BlkioDeviceWriteBps", params.device_write_bps.clone())
        .given("BlkioDeviceReadIOps", params.device_read_iops.clone())
        .given("BlkioDeviceWriteIOps", params.device_write_iops.clone());
    let request = Request::new(&UPDATE).path("id", id).json(body.into());
    Ok(request.extra(params.extra.as_ref()).needs_of_body(&NEWER))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::newer::checks_all;
    use crate::params::Params;
    use crate::version::ApiVersion;

    #[test]
    fn sends_what_is_given() {
        let params = UpdateParams::default()
            .cpu_shares(512)
            .mem_limit("64m")
            .memswap_limit(-1)
            .cpu_quota(0)
            .cpuset_cpus("")
            .pids_limit(0)
            .restart_policy(json!({"Name": "always"}).as_object().cloned().unwrap())
            .extra(json!({"Newer": 1}).as_object().cloned().unwrap());
        let expected = json!({"CpuShares": 512, "Memory": 64 << 20, "MemorySwap": -1, "PidsLimit": 0,
            "RestartPolicy": {"Name": "always"}, "Newer": 1});
        let request = update("c", &params).unwrap();
        assert_eq!(request.needs, []);
        assert_eq!(request.shown(), ("POST /containers/c/update".to_owned(), expected));
    }

    #[test]
    fn an_empty_list_clears_and_needs_a_newer_engine() {
        let request = update("c", &UpdateParams::default().device_read_bps(Vec::new())).unwrap();
        assert_eq!(request.needs, [("device_read_bps", ApiVersion::new(1, 55))]);
        assert_eq!(request.shown().1, json!({"BlkioDeviceReadBps": []}));
        let extra = json!({"BlkioDeviceReadBps": []}).as_object().cloned().unwrap();
        let request = update("c", &UpdateParams::default().extra(extra)).unwrap();
        assert_eq!(request.needs, [("device_read_bps", ApiVersion::new(1, 55))]);
    }

    #[test]
    fn every_newer_parameter_is_checked() {
        checks_all(&NEWER, &[UpdateParams::LIST]);
    }
}
