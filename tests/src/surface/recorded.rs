//! docker-py's surface as it was recorded.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::Value;

use super::{Member, Parameter, Surface, folder, names};
use crate::wire::DOCKER_PY;

/// The recorded file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    docker_py: String,
    surface: BTreeMap<String, Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    params: Option<Vec<Param>>,
    bases: Option<Vec<String>>,
    value: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Param {
    name: String,
    #[serde(default)]
    by_name: bool,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    default: Value,
}

/// The recorded file's place.
pub fn file() -> PathBuf {
    folder().join("docker_py.json")
}

/// Reads the recorded file.
///
/// # Errors
///
/// When it is missing, malformed, or from another docker-py.
pub fn recorded() -> Result<Recorded> {
    let read = || -> Result<Recorded> {
        let recorded: Recorded = serde_json::from_slice(&std::fs::read(file())?)?;
        ensure!(recorded.docker_py == DOCKER_PY, "it is not docker-py {DOCKER_PY}'s");
        Ok(recorded)
    };
    read().with_context(|| format!("{}: record it anew with `cargo xtask record`", file().display()))
}

impl Recorded {
    /// Whether something has this name in docker-py.
    pub fn has(&self, name: &str) -> bool {
        self.surface.contains_key(name)
    }

    /// The surface with our names of classes.
    ///
    /// # Errors
    ///
    /// When two members get the same place and are not the same.
    pub fn surface(self) -> Result<Surface> {
        let mut surface = Surface::new();
        for (name, entry) in self.surface {
            let place = names::ours(&name);
            let member = match (entry.params, entry.value) {
                (Some(params), _) => Member::Call(params.into_iter().map(Parameter::from).collect()),
                (None, value) => Member::Value(value),
            };
            if let Some(bases) = entry.bases {
                let (_, kind) = name.rsplit_once('.').unwrap_or(("", &name));
                surface.insert(names::kind(kind), Member::Kind(bases));
            }
            let known = surface.entry(place).or_insert_with(|| member.clone());
            ensure!(*known == member, "{name} is not what another member of the same place is");
        }
        Ok(surface)
    }
}

impl From<Param> for Parameter {
    fn from(Param { name, by_name, required, default }: Param) -> Self {
        Self { name, by_name, required, default }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(surface: &Value) -> Result<Surface> {
        let recorded = json!({"docker_py": DOCKER_PY, "surface": surface});
        Recorded::deserialize(recorded).unwrap().surface()
    }

    #[test]
    fn classes_get_our_names_and_errors_a_kind() {
        let surface = read(&json!({
            "ContainerCollection.get": {"params": [{"name": "container_id", "required": true}]},
            "docker.errors.NotFound": {"bases": ["APIError"]},
            "docker.errors.NotFound.explanation": {},
            "docker.errors.APIError.explanation": {},
        }));
        let surface = surface.unwrap();
        let places: Vec<_> = surface.keys().map(String::as_str).collect();
        assert_eq!(
            places,
            ["Containers.get", "Error.explanation", "Error.is_a(NotFound)", "docker.errors.NotFound"]
        );
        assert_eq!(surface["Error.is_a(NotFound)"], Member::Kind(vec!["APIError".to_owned()]));
        let Member::Call(params) = &surface["Containers.get"] else { panic!("no call") };
        assert!(params[0].required && !params[0].by_name);
    }

    #[test]
    fn two_things_at_one_place_are_an_error() {
        let error = read(&json!({
            "docker.errors.NotFound.explanation": {},
            "docker.errors.APIError.explanation": {"params": []},
        }));
        assert!(error.unwrap_err().to_string().contains("docker.errors.NotFound.explanation"));
    }

    #[test]
    fn the_recorded_surface_is_whole() {
        let recorded = recorded().unwrap();
        for name in ["Container.stop", "APIClient.build", "docker.types.Mount", "docker.from_env"] {
            assert!(recorded.has(name), "{name}");
        }
        let surface = recorded.surface().unwrap();
        let Member::Call(params) = &surface["Containers.run"] else { panic!("no call") };
        let keyword = params.iter().find(|param| param.name == "mem_limit").unwrap();
        assert!(keyword.by_name && !keyword.required && keyword.default.is_null());
    }
}
