//! What a request's body needs of the API version, wherever in it an option came from.

use serde_json::Value;

use crate::request::{Body, Request};
use crate::version::ApiVersion;

/// An option's name and the version that it needs.
pub(super) type Need = (&'static str, ApiVersion);

/// An option that a later version brought: its place in a body, its name, and the version.
pub(super) type Newer = (&'static str, &'static str, ApiVersion);

/// A version of the API, by the part behind the dot.
pub(super) const fn version(minor: u16) -> ApiVersion {
    ApiVersion::new(1, minor)
}

/// Options of a mount.
const OF_MOUNTS: [Newer; 6] = [
    ("/BindOptions/CreateMountpoint", "mounts.create_mountpoint", version(42)),
    ("/BindOptions/ReadOnlyNonRecursive", "mounts.read_only_non_recursive", version(44)),
    ("/BindOptions/ReadOnlyForceRecursive", "mounts.read_only_force_recursive", version(44)),
    ("/VolumeOptions/Subpath", "mounts.subpath", version(45)),
    ("/ImageOptions/Subpath", "mounts.subpath", version(48)),
    ("/TmpfsOptions/Options", "mounts.tmpfs_options", version(46)),
];

/// Types of a mount.
const MOUNT_TYPES: [Newer; 2] =
    [("image", "mounts.type: image", version(48)), ("cluster", "mounts.type: cluster", version(42))];

impl Request {
    /// Says what those of these options need that the finished body has.
    pub(super) fn needs_of_body(mut self, options: &[Newer]) -> Self {
        if let Body::Json(body) = &self.body {
            needs(&mut self.needs, body, options);
        }
        self
    }
}

/// Adds what those of these options need that a value has.
pub(super) fn needs(all: &mut Vec<Need>, value: &Value, options: &[Newer]) {
    let given = options.iter().filter(|(place, _, _)| given(value, place));
    all.extend(given.map(|(_, option, since)| (*option, *since)));
}

/// Adds what mounts need.
pub(super) fn mounts_need(all: &mut Vec<Need>, mounts: &[Value]) {
    for mount in mounts {
        needs(all, mount, &OF_MOUNTS);
        let kind = mount.get("Type").and_then(Value::as_str);
        let newer = MOUNT_TYPES.iter().filter(|(name, _, _)| kind == Some(name));
        all.extend(newer.map(|(_, option, since)| (*option, *since)));
    }
}

/// Whether there is something at a place in a value.
fn given(value: &Value, place: &str) -> bool {
    value.pointer(place).is_some_and(|value| !value.is_null())
}

/// The items at a place in a value.
pub(super) fn items<'a>(value: &'a Value, place: &str) -> &'a [Value] {
    value.pointer(place).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Checks that a table has the parameters of these lists that are newer than the oldest version, and no others.
#[cfg(test)]
pub(super) fn checks_all(table: &[Newer], lists: &[crate::params::ParamList]) {
    for param in lists.iter().flat_map(crate::params::ParamList::all) {
        let checked = table.iter().find(|(_, name, _)| *name == param.name).map(|(_, _, since)| *since);
        assert_eq!(checked, param.since, "{}", param.name);
    }
}
