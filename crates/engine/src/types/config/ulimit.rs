//! What a container's processes may use.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Options, invalid, map_of, read};
use crate::error::Result;
use crate::params;
use crate::types::part::PartType;

params! {
    /// A limit of the kernel's for each process (docker-py: `docker.types.Ulimit`).
    #[derive(Serialize, PartialEq)]
    pub struct Ulimit {
        /// The limit's name, for example `nofile`.
        name: Option<String> => required,
        /// The limit that is in force, which a process may raise up to `hard`.
        soft: Option<i64>,
        /// The limit of the limit; -1 for none.
        hard: Option<i64>,
    }
}

impl From<Ulimit> for Map<String, Value> {
    fn from(limit: Ulimit) -> Self {
        map_of(&limit)
    }
}

impl PartType for Ulimit {
    const NAME: &'static str = "Ulimit";

    fn to_wire(&self) -> Result<Value> {
        ulimit(&map_of(self))
    }
}

/// One of the engine's `Ulimits`.
pub(crate) fn ulimit(options: &Options) -> Result<Value> {
    let limit: Ulimit = read("ulimits", options, &[("name", "Name"), ("soft", "Soft"), ("hard", "Hard")])?;
    if limit.name.is_none() {
        return Err(invalid("ulimits: each one needs a `name`, such as `nofile`".to_owned()));
    }
    Ok(json!({"Name": limit.name, "Soft": limit.soft, "Hard": limit.hard}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_both_spellings() {
        let made = ulimit(json!({"Name": "core", "soft": 0}).as_object().unwrap()).unwrap();
        assert_eq!(made, json!({"Name": "core", "Soft": 0, "Hard": null}));
        let made = ulimit(&Ulimit::default().name("nofile").soft(1).hard(-1).into()).unwrap();
        assert_eq!(made, json!({"Name": "nofile", "Soft": 1, "Hard": -1}));
    }

    #[test]
    fn mistakes_are_named() {
        for (options, word) in [
            (json!({"soft": 1}), "`name`"),
            (json!({"name": "core", "hard": "none"}), "`hard`"),
            (json!({"name": "core", "max": 1}), "`max`"),
        ] {
            let error = ulimit(options.as_object().unwrap()).unwrap_err().to_string();
            assert!(error.starts_with("ulimits") && error.contains(word), "{error}");
        }
    }
}
