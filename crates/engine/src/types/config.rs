//! Parts of a container's configuration, from docker-py's names or the engine's own.

use serde_json::{Map, Value, json};

use super::Pairs;
use crate::error::{Error, ErrorKind, Result};

type Options = Map<String, Value>;

fn invalid(words: String) -> Error {
    Error::new(ErrorKind::InvalidArgument, words)
}

/// The value under docker-py's name or the engine's; null if there is none.
fn pick(options: &Options, name: &str, wire: &str) -> Value {
    options.get(name).or_else(|| options.get(wire)).cloned().unwrap_or(Value::Null)
}

/// Refuses names that mean nothing, so that a typing mistake is seen.
fn known(options: &Options, what: &str, names: &[(&str, &str)]) -> Result<()> {
    match options.keys().find(|key| !names.iter().any(|(name, wire)| key == name || key == wire)) {
        None => Ok(()),
        Some(key) => {
            let names: Vec<_> = names.iter().map(|(name, _)| *name).collect();
            Err(invalid(format!("{what} has no `{key}`; it takes {}", names.join(", "))))
        }
    }
}

fn renamed(options: &Options, what: &str, names: &[(&str, &str)]) -> Result<Options> {
    known(options, what, names)?;
    Ok(names.iter().map(|(name, wire)| ((*wire).to_owned(), pick(options, name, wire))).collect())
}

/// docker-py: `docker.types.Healthcheck`.
pub(crate) fn healthcheck(options: &Options) -> Result<Value> {
    let names = [
        ("test", "Test"),
        ("interval", "Interval"),
        ("timeout", "Timeout"),
        ("retries", "Retries"),
        ("start_period", "StartPeriod"),
    ];
    let mut check = renamed(options, "healthcheck", &names)?;
    if let Some(test @ Value::String(_)) = check.get_mut("Test") {
        *test = json!(["CMD-SHELL", test.take()]);
    }
    Ok(Value::Object(check))
}

/// docker-py: `docker.types.LogConfig`.
pub(crate) fn log_config(options: &Options) -> Result<Value> {
    let mut config = renamed(options, "log_config", &[("type", "Type"), ("config", "Config")])?;
    if config["Config"].is_null() {
        config["Config"] = json!({});
    }
    Ok(Value::Object(config))
}

/// docker-py: `docker.types.Ulimit`.
pub(crate) fn ulimit(options: &Options) -> Result<Value> {
    let limit = renamed(options, "ulimits", &[("name", "Name"), ("soft", "Soft"), ("hard", "Hard")])?;
    if !limit["Name"].is_string() {
        return Err(invalid("ulimits: each one needs a `name`, such as `nofile`".to_owned()));
    }
    Ok(Value::Object(limit))
}

/// docker-py: `docker.types.DeviceRequest`.
pub(crate) fn device_request(options: &Options) -> Result<Value> {
    let names = [
        ("driver", "Driver"),
        ("count", "Count"),
        ("device_ids", "DeviceIDs"),
        ("capabilities", "Capabilities"),
        ("options", "Options"),
    ];
    let mut request = renamed(options, "device_requests", &names)?;
    let defaults = json!({"Driver": "", "Count": 0, "DeviceIDs": [], "Capabilities": [], "Options": {}});
    for (wire, value) in &mut request {
        if value.is_null() {
            *value = defaults[wire].clone();
        }
    }
    Ok(Value::Object(request))
}

/// docker-py: `docker.types.Mount`. What has the engine's own names is used as it is.
pub(crate) fn mount(options: &Options) -> Result<Value> {
    if options.contains_key("Target") {
        return Ok(Value::Object(options.clone()));
    }
    let names = [
        "target",
        "source",
        "type",
        "read_only",
        "consistency",
        "propagation",
        "no_copy",
        "labels",
        "driver_config",
        "tmpfs_size",
        "tmpfs_mode",
        "subpath",
    ]
    .map(|name| (name, name));
    known(options, "mounts", &names)?;
    let value = |name: &str| options.get(name).filter(|value| !value.is_null()).cloned();
    let target = value("target").ok_or_else(|| invalid("mounts: each one needs a `target`".to_owned()))?;
    let kind = value("type").unwrap_or_else(|| "volume".into());
    let mut mount = json!({"Target": target, "Source": value("source"), "Type": kind, "ReadOnly": false});
    mount["ReadOnly"] = value("read_only").unwrap_or(false.into());
    if let Some(consistency) = value("consistency") {
        mount["Consistency"] = consistency;
    }
    let given = |allowed: &[&str]| {
        let of_other_types =
            ["propagation", "no_copy", "labels", "driver_config", "tmpfs_size", "tmpfs_mode", "subpath"];
        of_other_types.into_iter().find(|name| value(name).is_some() && !allowed.contains(name))
    };
    let allowed: &[&str] = match kind.as_str() {
        Some("bind") => &["propagation"],
        Some("tmpfs") => &["tmpfs_size", "tmpfs_mode"],
        Some("volume") => &["no_copy", "labels", "driver_config", "subpath"],
        _ => &[],
    };
    if let Some(name) = given(allowed) {
        return Err(invalid(format!("mounts: `{name}` does not go with the type {kind}")));
    }
    let mut options = Map::new();
    let mut option = |wire: &str, value: Option<Value>| {
        if let Some(value) = value {
            options.insert(wire.to_owned(), value);
        }
    };
    match kind.as_str() {
        Some("bind") => {
            option("Propagation", value("propagation"));
            if !options.is_empty() {
                mount["BindOptions"] = Value::Object(options);
            }
        }
        Some("volume") => {
            option("NoCopy", value("no_copy").filter(|on| *on == Value::Bool(true)));
            option("Labels", value("labels"));
            option("DriverConfig", value("driver_config"));
            option("Subpath", value("subpath"));
            if !options.is_empty() {
                mount["VolumeOptions"] = Value::Object(options);
            }
        }
        Some("tmpfs") => {
            option("Mode", value("tmpfs_mode"));
            let size = value("tmpfs_size").map(serde_json::from_value::<super::Size>).transpose();
            let size =
                size.map_err(|_| invalid("mounts: `tmpfs_size` is a size such as `64m`".to_owned()))?;
            option("SizeBytes", size.map(|size| size.bytes()).transpose()?.map(Value::from));
            if !options.is_empty() {
                mount["TmpfsOptions"] = Value::Object(options);
            }
        }
        _ => {}
    }
    Ok(mount)
}

/// The engine's `Devices` from `HOST[:CONTAINER[:PERMISSIONS]]` or its own maps (docker-py: `parse_devices`).
pub(crate) fn devices(devices: &[Value]) -> Result<Vec<Value>> {
    devices
        .iter()
        .map(|device| match device {
            Value::Object(_) => Ok(device.clone()),
            Value::String(text) => {
                let mut parts = text.splitn(3, ':');
                let host = parts.next().unwrap_or_default();
                let container = parts.next().unwrap_or(host);
                let permissions = parts.next().unwrap_or("rwm");
                Ok(json!({"PathOnHost": host, "PathInContainer": container, "CgroupPermissions": permissions}))
            }
            other => Err(invalid(format!("devices: `{other}` is neither text like `/dev/sda:/dev/xvda:rwm` nor a map"))),
        })
        .collect()
}

/// The engine's `Tmpfs` (docker-py: `convert_tmpfs_mounts`).
pub(crate) fn tmpfs(tmpfs: &Pairs) -> Value {
    match tmpfs {
        Pairs::Map(map) => Value::Object(map.clone()),
        Pairs::List(list) => list
            .iter()
            .map(|mount| {
                let (path, options) = mount.split_once(':').unwrap_or((mount, ""));
                (path.to_owned(), Value::from(options))
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(value: &Value) -> &Options {
        value.as_object().unwrap()
    }

    #[test]
    fn takes_both_spellings() {
        let check = healthcheck(options(&json!({"test": "true", "Interval": 5}))).unwrap();
        assert_eq!(
            check,
            json!({"Test": ["CMD-SHELL", "true"], "Interval": 5, "Timeout": null, "Retries": null, "StartPeriod": null})
        );
        let limit = ulimit(options(&json!({"name": "nofile", "soft": 1}))).unwrap();
        assert_eq!(limit, json!({"Name": "nofile", "Soft": 1, "Hard": null}));
    }

    #[test]
    fn a_typing_mistake_is_an_error() {
        let error = healthcheck(options(&json!({"intervall": 5}))).unwrap_err();
        assert!(error.to_string().contains("intervall"), "{error}");
        let error = mount(options(&json!({"target": "/x", "type": "bind", "no_copy": true}))).unwrap_err();
        assert!(error.to_string().contains("no_copy"), "{error}");
    }

    #[test]
    fn makes_mounts() {
        let made = mount(options(&json!({"target": "/x", "type": "tmpfs", "tmpfs_size": "64m"}))).unwrap();
        assert_eq!(
            made,
            json!({"Target": "/x", "Source": null, "Type": "tmpfs", "ReadOnly": false,
                   "TmpfsOptions": {"SizeBytes": 64 << 20}})
        );
    }
}
