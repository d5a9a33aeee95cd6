//! What a container's configuration needs of the API version.

use serde_json::Value;

use crate::api::newer::{Newer, given, items, mounts_need, needs, version};
use crate::request::Request;

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

/// Says on a request what its body needs.
pub(super) fn versions(mut request: Request, body: &Value) -> Request {
    needs(&mut request, body, &NEWER);
    mounts_need(&mut request, items(body, "/HostConfig/Mounts"));
    let (driver, option, since) = CDI;
    if items(body, "/HostConfig/DeviceRequests").iter().any(|device| device["Driver"] == driver) {
        request = request.needs(option, since);
    }
    let endpoints = body.pointer("/NetworkingConfig/EndpointsConfig").and_then(Value::as_object);
    if endpoints.is_some_and(|endpoints| endpoints.len() > 1) {
        request = request.needs("more than one of `networks`", version(44));
    }
    for endpoint in endpoints.into_iter().flat_map(serde_json::Map::values) {
        needs(&mut request, endpoint, &NEWER_OF_ENDPOINTS);
    }
    for (place, option, gone) in &GONE {
        if given(body, place) {
            request = request.gone(option, *gone);
        }
    }
    request
}
