//! How an engine finds out whether a container is well.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Options, invalid, map_of, read};
use crate::error::Result;
use crate::params;
use crate::params::{Kind, ParamType};
use crate::types::Interval;
use crate::types::part::PartType;

/// A length of time for the engine: a number of nanoseconds, or text with units such as `500ms` or `1m30s`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Nanoseconds {
    /// Nanoseconds.
    Number(i64),
    /// Text with units.
    Text(String),
}

impl Nanoseconds {
    fn count(&self) -> Result<i64> {
        match self {
            Self::Number(number) => Ok(*number),
            Self::Text(text) => {
                let duration = Interval::Text(text.clone()).duration()?;
                i64::try_from(duration.as_nanos())
                    .map_err(|_| invalid(format!("`{text}` is longer than an engine can count")))
            }
        }
    }
}

impl ParamType for Nanoseconds {
    const KIND: Kind = Kind::Union(&[Kind::Int, Kind::Str]);
}

impl From<i64> for Nanoseconds {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Nanoseconds {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Duration> for Nanoseconds {
    /// What is longer than 292 years is as good as for ever.
    fn from(duration: Duration) -> Self {
        Self::Number(i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX))
    }
}

params! {
    /// A check of a container's health (docker-py: `docker.types.Healthcheck`). Times are nanoseconds, or text with
    /// units; 0 and what is not given are the image's.
    #[derive(Serialize, PartialEq)]
    pub struct Healthcheck {
        /// The check: a line for the container's shell, `["CMD", ...]`, `["CMD-SHELL", line]`, or `["NONE"]` for none.
        test: Option<Value>,
        /// The time between two checks.
        interval: Option<Nanoseconds>,
        /// How long a check may take.
        timeout: Option<Nanoseconds>,
        /// After how many failures in a row the container is unhealthy.
        retries: Option<i64>,
        /// How long failures at the start do not count.
        start_period: Option<Nanoseconds>,
        /// The time between two checks during `start_period`.
        #[since(1, 44)]
        start_interval: Option<Nanoseconds>,
    }
}

impl From<Healthcheck> for Map<String, Value> {
    fn from(check: Healthcheck) -> Self {
        map_of(&check)
    }
}

impl PartType for Healthcheck {
    const NAME: &'static str = "Healthcheck";

    fn to_wire(&self) -> Result<Value> {
        healthcheck(&map_of(self))
    }
}

/// The engine's `Healthcheck`.
pub(crate) fn healthcheck(options: &Options) -> Result<Value> {
    if options.is_empty() {
        return Ok(json!({}));
    }
    let names = [
        ("test", "Test"),
        ("interval", "Interval"),
        ("timeout", "Timeout"),
        ("retries", "Retries"),
        ("start_period", "StartPeriod"),
        ("start_interval", "StartInterval"),
    ];
    let check: Healthcheck = read("healthcheck", options, &names)?;
    let test = match check.test {
        Some(Value::String(line)) => json!(["CMD-SHELL", line]),
        Some(Value::Array(words)) if words.iter().all(Value::is_string) => Value::Array(words),
        None => Value::Null,
        Some(other) => {
            return Err(invalid(format!(
                "healthcheck: `test`: `{other}` is neither a line nor a list of words"
            )));
        }
    };
    let time = |name: &str, time: &Option<Nanoseconds>| {
        let time = time.as_ref().map(Nanoseconds::count).transpose();
        time.map_err(|error| invalid(format!("healthcheck: `{name}`: {error}")))
    };
    let mut made = json!({
        "Test": test,
        "Interval": time("interval", &check.interval)?,
        "Timeout": time("timeout", &check.timeout)?,
        "Retries": check.retries,
        "StartPeriod": time("start_period", &check.start_period)?,
    });
    if let Some(time) = time("start_interval", &check.start_interval)? {
        made["StartInterval"] = time.into();
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(options: impl Into<Options>) -> Value {
        healthcheck(&options.into()).unwrap()
    }

    #[test]
    fn takes_both_spellings_and_units() {
        let options = json!({"test": "true", "Interval": 5, "start_period": "1m30s"});
        let check = made(options.as_object().unwrap().clone());
        let expected = json!({
            "Test": ["CMD-SHELL", "true"], "Interval": 5, "Timeout": null, "Retries": null,
            "StartPeriod": 90_000_000_000_i64,
        });
        assert_eq!(check, expected);
        assert_eq!(made(Options::new()), json!({}));
    }

    #[test]
    fn is_built_by_its_setters() {
        let check = Healthcheck::default()
            .test(json!(["CMD", "true"]))
            .interval(Duration::from_millis(2))
            .retries(3)
            .start_interval("1s");
        let check = made(check);
        assert_eq!(check["Test"], json!(["CMD", "true"]));
        assert_eq!((&check["Interval"], &check["Retries"]), (&json!(2_000_000), &json!(3)));
        assert_eq!(check["StartInterval"], 1_000_000_000);
    }

    #[test]
    fn mistakes_are_named() {
        for (options, word) in [
            (json!({"intervall": 5}), "intervall"),
            (json!({"interval": "soon"}), "`interval`"),
            (json!({"retries": "three"}), "`retries`"),
            (json!({"test": 1}), "`test`"),
        ] {
            let error = healthcheck(options.as_object().unwrap()).unwrap_err().to_string();
            assert!(error.starts_with("healthcheck") && error.contains(word), "{error}");
        }
    }
}
