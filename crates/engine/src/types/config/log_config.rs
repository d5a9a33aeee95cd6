//! Where a container's output goes.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Options, map_of, read};
use crate::error::Result;
use crate::params;
use crate::types::part::PartType;

params! {
    /// A log driver and its options (docker-py: `docker.types.LogConfig`).
    #[derive(Serialize, PartialEq)]
    pub struct LogConfig {
        /// The driver, for example `json-file`, `local`, `journald`, `syslog` or `none`.
        r#type: Option<String>,
        /// The driver's options, for example `{"max-size": "10m"}`.
        config: Option<Map<String, Value>>,
    }
}

impl From<LogConfig> for Map<String, Value> {
    fn from(config: LogConfig) -> Self {
        map_of(&config)
    }
}

impl PartType for LogConfig {
    const NAME: &'static str = "LogConfig";

    fn to_wire(&self) -> Result<Value> {
        log_config(&map_of(self))
    }
}

/// The engine's `LogConfig`.
pub(crate) fn log_config(options: &Options) -> Result<Value> {
    let config: LogConfig = read("log_config", options, &[("type", "Type"), ("config", "Config")])?;
    Ok(json!({"Type": config.r#type, "Config": config.config.unwrap_or_default()}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_both_spellings() {
        let made = log_config(json!({"Type": "local"}).as_object().unwrap()).unwrap();
        assert_eq!(made, json!({"Type": "local", "Config": {}}));
        let config = json!({"max-size": "1m"}).as_object().unwrap().clone();
        let made = log_config(&LogConfig::default().r#type("json-file").config(config).into()).unwrap();
        assert_eq!(made, json!({"Type": "json-file", "Config": {"max-size": "1m"}}));
    }

    #[test]
    fn mistakes_are_named() {
        for (options, word) in [(json!({"config": "x"}), "`config`"), (json!({"driver": "x"}), "`driver`")] {
            let error = log_config(options.as_object().unwrap()).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }
}
