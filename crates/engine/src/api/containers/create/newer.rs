//! What a container's configuration needs of the API version.

use serde_json::Value;

use crate::api::newer::{Newer, items, mounts_need, needs, version};
use crate::request::{Body, Request};

/// Options below the top that later versions brought, by their place in the body.
const NEWER: [Newer; 3] = [
    ("/Healthcheck/StartInterval", "healthcheck.start_interval", version(44)),
    ("/HostConfig/Annotations", "annotations", version(43)),
    ("/HostConfig/ConsoleSize", "console_size", version(42)),
];

/// The driver of requests for devices that a later version brought.
const CDI: Newer = ("cdi", "device_requests.driver: cdi", version(44));

/// The same for each of the endpoints.
const NEWER_OF_ENDPOINTS: [Newer; 2] = [
    ("/MacAddress", "networks.mac_address", version(44)),
    ("/GwPriority", "networks.gw_priority", version(48)),
];

/// Options that engines take no longer from a version on.
const GONE: [Newer; 2] =
    [("/HostConfig/KernelMemory", "kernel_memory", version(42)), ("/MacAddress", "mac_address", version(52))];

/// Says on a request what its finished body needs, a container's configuration.
pub(in crate::api::containers) fn versions(mut request: Request) -> Request {
    let Request { body: Body::Json(body), needs: all, gone, .. } = &mut request else { return request };
    needs(all, body, &NEWER);
    mounts_need(all, items(body, "/HostConfig/Mounts"));
    let (driver, option, since) = CDI;
    if items(body, "/HostConfig/DeviceRequests").iter().any(|device| device["Driver"] == driver) {
        all.push((option, since));
    }
    let endpoints = body.pointer("/NetworkingConfig/EndpointsConfig").and_then(Value::as_object);
    if endpoints.is_some_and(|endpoints| endpoints.len() > 1) {
        all.push(("more than one of `networks`", version(44)));
    }
    for endpoint in endpoints.into_iter().flat_map(serde_json::Map::values) {
        needs(all, endpoint, &NEWER_OF_ENDPOINTS);
    }
    needs(gone, body, &GONE);
    request
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::containers::{CommitParams, CreateContainerParams, CreateParams, HostConfig, commit};
    use crate::api::newer::checks_all;
    use crate::params::Params;

    #[test]
    fn every_newer_parameter_is_checked() {
        checks_all(&NEWER, &[CreateParams::LIST, CreateContainerParams::LIST, HostConfig::LIST]);
    }

    #[test]
    fn the_configuration_of_a_commit_is_checked_too() {
        let conf = json!({"Healthcheck": {"StartInterval": 1}, "MacAddress": "a"});
        let request = commit("c", &CommitParams::default().conf(conf.as_object().cloned().unwrap()));
        assert_eq!(request.needs, [("healthcheck.start_interval", version(44))]);
        assert_eq!(request.gone, [("mac_address", version(52))]);
    }
}
