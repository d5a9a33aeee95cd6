//! What a container's configuration needs of the API version, wherever in it an option came from.

use serde_json::Value;

use crate::request::Request;
use crate::version::ApiVersion;

const fn version(minor: u16) -> ApiVersion {
    ApiVersion::new(1, minor)
}

/// Options below the top that later versions brought, by their place in the body.
const NEWER: [(&str, &str, ApiVersion); 3] = [
    ("/Healthcheck/StartInterval", "healthcheck.start_interval", version(44)),
    ("/HostConfig/Annotations", "annotations", version(43)),
    ("/HostConfig/ConsoleSize", "console_size", version(42)),
];

/// The same for each of the mounts.
const NEWER_OF_MOUNTS: [(&str, &str, ApiVersion); 6] = [
    ("/BindOptions/CreateMountpoint", "mounts.create_mountpoint", version(42)),
    ("/BindOptions/ReadOnlyNonRecursive", "mounts.read_only_non_recursive", version(44)),
    ("/BindOptions/ReadOnlyForceRecursive", "mounts.read_only_force_recursive", version(44)),
    ("/VolumeOptions/Subpath", "mounts.subpath", version(45)),
    ("/ImageOptions/Subpath", "mounts.subpath", version(48)),
    ("/TmpfsOptions/Options", "mounts.tmpfs_options", version(46)),
];

/// Values that later versions brought, of mounts and of requests for devices.
const NEWER_VALUES: [(&str, &str, &str, &str, ApiVersion); 3] = [
    ("/HostConfig/Mounts", "Type", "image", "mounts.type: image", version(48)),
    ("/HostConfig/Mounts", "Type", "cluster", "mounts.type: cluster", version(42)),
    ("/HostConfig/DeviceRequests", "Driver", "cdi", "device_requests.driver: cdi", version(44)),
];

/// The same for each of the endpoints.
const NEWER_OF_ENDPOINTS: [(&str, &str, ApiVersion); 2] = [
    ("/MacAddress", "networks.mac_address", version(44)),
    ("/GwPriority", "networks.gw_priority", version(48)),
];

/// Options that engines take no longer from a version on.
const GONE: [(&str, &str, ApiVersion); 2] =
    [("/HostConfig/KernelMemory", "kernel_memory", version(42)), ("/MacAddress", "mac_address", version(52))];

/// Says on a request what its body needs.
pub(super) fn versions(mut request: Request, body: &Value) -> Request {
    needs(&mut request, body, &NEWER);
    for mount in items(body, "/HostConfig/Mounts") {
        needs(&mut request, mount, &NEWER_OF_MOUNTS);
    }
    for (list, field, value, option, since) in &NEWER_VALUES {
        if items(body, list).iter().any(|item| item.get(*field).and_then(Value::as_str) == Some(*value)) {
            request = request.needs(option, *since);
        }
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

fn needs(request: &mut Request, value: &Value, options: &[(&str, &'static str, ApiVersion)]) {
    let given = options.iter().filter(|(place, _, _)| given(value, place));
    request.needs.extend(given.map(|(_, option, since)| (*option, *since)));
}

fn given(value: &Value, place: &str) -> bool {
    value.pointer(place).is_some_and(|value| !value.is_null())
}

fn items<'a>(body: &'a Value, place: &str) -> &'a [Value] {
    body.pointer(place).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
