//! Waiting for a container's health.

use std::time::Duration;

use futures_util::StreamExt;
use serde_json::Value;

use super::Container;
use crate::api::images::seconds_of;
use crate::error::{Error, ErrorKind, Result};
use crate::models::EventsParams;
use crate::params;
use crate::types::Filters;

/// How long to wait for an event before looking anyway: a connection may have died without a word.
const LOOK: Duration = Duration::from_secs(5);
/// How long to wait before listening for events again.
const PAUSE: Duration = Duration::from_millis(200);

params! {
    /// How to wait for a container's health.
    pub struct WaitHealthyParams {
        /// How many seconds to wait at most; without end by default.
        timeout: Option<f64>,
    }
}

impl Container {
    /// Waits until its health check finds it healthy, and has its attributes then. docker-py has no such thing.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::ContainerError`] when it is found unhealthy or ends; [`ErrorKind::InvalidArgument`] when it has no
    /// health check; [`ErrorKind::Timeout`] when `timeout` seconds are over.
    pub async fn wait_healthy(&self, params: &WaitHealthyParams) -> Result<()> {
        let Some(seconds) = params.timeout else { return self.becomes_healthy().await };
        let limit = seconds_of("timeout", seconds)?;
        let result = tokio::time::timeout(limit, self.becomes_healthy()).await;
        result.unwrap_or_else(|_| Err(Error::timeout("healthy container", limit)))
    }

    async fn becomes_healthy(&self) -> Result<()> {
        let events = vec!["health_status", "start", "die", "destroy"];
        let filters = Filters::default().with("container", self.id()).with("event", events);
        let params = EventsParams::default().filters(filters);
        loop {
            // Listening comes before looking, so that nothing happens in between.
            let mut events = self.client.events(&params).await?;
            loop {
                self.reload().await?;
                if is_healthy(&self.attrs(), &self.name())? {
                    return Ok(());
                }
                if let Ok(None | Some(Err(_))) = tokio::time::timeout(LOOK, events.next()).await {
                    break;
                }
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Whether it is healthy; an error when it will not be any more.
fn is_healthy(attrs: &Value, name: &str) -> Result<bool> {
    let state = |pointer: &str| attrs.pointer(&format!("/State/{pointer}"));
    let text = |pointer: &str| state(pointer).and_then(Value::as_str).unwrap_or_default();
    let failed = |words: String| Err(Error::new(ErrorKind::ContainerError, words));
    if matches!(text("Status"), "exited" | "dead" | "removing") {
        let code = state("ExitCode").and_then(Value::as_i64).unwrap_or_default();
        return failed(format!("the container {name} ended with exit code {code} before it was healthy"));
    }
    match text("Health/Status") {
        "healthy" => Ok(true),
        "unhealthy" => {
            let log = state("Health/Log").and_then(Value::as_array).and_then(|log| log.last());
            let output =
                log.and_then(|check| check.get("Output")).and_then(Value::as_str).unwrap_or_default();
            failed(format!("the container {name} is unhealthy: {}", output.trim()))
        }
        // Before its start the engine tells of no health.
        "" | "none" if text("Status") != "created" => Err(Error::new(
            ErrorKind::InvalidArgument,
            format!("the container {name} has no health check; `healthcheck` at its creation gives it one"),
        )),
        _ => Ok(false),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tells_what_will_not_become_healthy() {
        let state = |status: &str, health: Value| json!({"State": {"Status": status, "ExitCode": 3, "Health": health}});
        let health =
            |status: &str| json!({"Status": status, "Log": [{"Output": "old"}, {"Output": "refused\n"}]});
        for (status, health, healthy) in [
            ("running", health("healthy"), true),
            ("running", health("starting"), false),
            ("restarting", health("starting"), false),
            ("created", Value::Null, false),
            ("running", health("newer"), false),
        ] {
            assert_eq!(is_healthy(&state(status, health), "c").unwrap(), healthy, "{status}");
        }
        for (status, health, kind, words) in [
            ("running", health("unhealthy"), ErrorKind::ContainerError, "unhealthy: refused"),
            ("exited", health("healthy"), ErrorKind::ContainerError, "exit code 3"),
            ("running", Value::Null, ErrorKind::InvalidArgument, "no health check"),
            ("running", json!({"Status": "none"}), ErrorKind::InvalidArgument, "no health check"),
        ] {
            let error = is_healthy(&state(status, health), "c").unwrap_err();
            assert_eq!(error.kind(), kind);
            assert!(error.to_string().contains(words), "{error}");
        }
    }
}
