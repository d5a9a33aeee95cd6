//! Devices of the host.

use serde_json::{Value, json};

use super::invalid;
use crate::error::Result;

/// The engine's `Devices` from `HOST[:CONTAINER[:PERMISSIONS]]` or its own maps (docker-py: `parse_devices`).
///
/// # Errors
///
/// When one is neither text nor a map, or empty.
pub fn parse_devices(devices: &[Value]) -> Result<Vec<Value>> {
    let parse = |device: &Value| match device {
        Value::Object(_) => Ok(device.clone()),
        Value::String(text) if !text.is_empty() => {
            let parts: Vec<_> = text.split(':').collect();
            Ok(json!({
                "PathOnHost": parts[0],
                "PathInContainer": parts.get(1).unwrap_or(&parts[0]),
                "CgroupPermissions": parts.get(2).unwrap_or(&"rwm"),
            }))
        }
        other => Err(invalid(format!(
            "devices: `{other}` is neither text like `/dev/sda:/dev/xvda:rwm` nor a map"
        ))),
    };
    devices.iter().map(parse).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn fills_in_what_is_left_out() {
        for (text, host, container, permissions) in [
            ("/dev/sda", "/dev/sda", "/dev/sda", "rwm"),
            ("/dev/sda:/dev/xvda", "/dev/sda", "/dev/xvda", "rwm"),
            ("/dev/sda:/dev/xvda:r", "/dev/sda", "/dev/xvda", "r"),
            ("/dev/sda:/dev/xvda:r:more", "/dev/sda", "/dev/xvda", "r"),
            ("a::", "a", "", ""),
        ] {
            let expected =
                json!([{"PathOnHost": host, "PathInContainer": container, "CgroupPermissions": permissions}]);
            assert_eq!(Value::from(parse_devices(&[text.into()]).unwrap()), expected, "{text}");
        }
        let own = json!({"PathOnHost": "/dev/a"});
        assert_eq!(parse_devices(std::slice::from_ref(&own)).unwrap(), [own]);
    }

    #[test]
    fn refuses_what_is_no_device() {
        for device in [json!(1), json!(""), json!(null), json!(["/dev/sda"])] {
            assert_eq!(parse_devices(&[device]).unwrap_err().kind(), ErrorKind::InvalidArgument);
        }
    }

    proptest! {
        #[test]
        fn keeps_the_parts(host in "[^:]{1,9}", container in "[^:]{0,9}", permissions in "[^:]{0,3}") {
            let device = &parse_devices(&[format!("{host}:{container}:{permissions}").into()]).unwrap()[0];
            prop_assert_eq!(device["PathOnHost"].as_str(), Some(host.as_str()));
            prop_assert_eq!(device["PathInContainer"].as_str(), Some(container.as_str()));
            prop_assert_eq!(device["CgroupPermissions"].as_str(), Some(permissions.as_str()));
        }
    }
}
