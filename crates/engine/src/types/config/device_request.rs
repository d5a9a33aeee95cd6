//! Devices that drivers find, such as GPUs.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Options, map_of, read};
use crate::error::Result;
use crate::params;
use crate::types::part::PartType;

params! {
    /// A request for devices to a driver (docker-py: `docker.types.DeviceRequest`).
    #[derive(Serialize, PartialEq)]
    pub struct DeviceRequest {
        /// The driver, for example `nvidia`, or `cdi` for devices by their qualified names (since API 1.44).
        driver: Option<String>,
        /// How many; -1 for all.
        count: Option<i64>,
        /// Which ones; not together with `count`.
        device_ids: Option<Vec<String>>,
        /// What they must be able to do: a list of lists, one of which must hold as a whole.
        capabilities: Option<Vec<Vec<String>>>,
        /// The driver's options.
        options: Option<Map<String, Value>>,
    }
}

impl DeviceRequest {
    /// A request for devices of the Container Device Interface, for example `vendor.com/gpu=0`.
    pub fn cdi<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        Self::default().driver("cdi").device_ids(names)
    }
}

impl From<DeviceRequest> for Map<String, Value> {
    fn from(request: DeviceRequest) -> Self {
        map_of(&request)
    }
}

impl PartType for DeviceRequest {
    const NAME: &'static str = "DeviceRequest";

    fn to_wire(&self) -> Result<Value> {
        device_request(&map_of(self))
    }
}

/// One of the engine's `DeviceRequests`.
pub(crate) fn device_request(options: &Options) -> Result<Value> {
    let names = [
        ("driver", "Driver"),
        ("count", "Count"),
        ("device_ids", "DeviceIDs"),
        ("capabilities", "Capabilities"),
        ("options", "Options"),
    ];
    let request: DeviceRequest = read("device_requests", options, &names)?;
    Ok(json!({
        "Driver": request.driver.unwrap_or_default(),
        "Count": request.count.unwrap_or_default(),
        "DeviceIDs": request.device_ids.unwrap_or_default(),
        "Capabilities": request.capabilities.unwrap_or_default(),
        "Options": request.options.unwrap_or_default(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_both_spellings() {
        let options = json!({"count": -1, "Capabilities": [["gpu"]]});
        let made = device_request(options.as_object().unwrap()).unwrap();
        let expected =
            json!({"Driver": "", "Count": -1, "DeviceIDs": [], "Capabilities": [["gpu"]], "Options": {}});
        assert_eq!(made, expected);
        let made = device_request(&DeviceRequest::cdi(["vendor.com/gpu=0"]).into()).unwrap();
        assert_eq!((&made["Driver"], &made["DeviceIDs"]), (&json!("cdi"), &json!(["vendor.com/gpu=0"])));
    }

    #[test]
    fn mistakes_are_named() {
        for (options, word) in [
            (json!({"capabilities": ["gpu"]}), "`capabilities`"),
            (json!({"device_ids": "0"}), "`device_ids`"),
            (json!({"ids": ["0"]}), "`ids`"),
        ] {
            let error = device_request(options.as_object().unwrap()).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }
}
