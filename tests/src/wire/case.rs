//! Calls written once, neutral to language.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The cases of one file below `tests/wire/cases`.
#[derive(Clone, Debug)]
pub struct Area {
    /// The file's name without its suffix.
    pub name: String,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// Some calls whose requests are compared.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The name, once in its area.
    pub name: String,
    /// Keyword arguments of the client besides its address.
    #[serde(default)]
    pub client: Map<String, Value>,
    /// What the engine is like.
    #[serde(default)]
    pub scenario: Scenario,
    /// The calls.
    pub steps: Vec<Step>,
    /// What we send instead of docker-py's requests, inspections aside, where that differs on purpose. A text such as
    /// `POST /containers/create` stands for the next such request of docker-py's. `{created}` is the id of the first
    /// container that the case creates.
    pub ours: Option<Vec<Value>>,
    /// Why that differs.
    pub why: Option<String>,
}

/// What an engine answers in one case.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// The exit code of containers.
    pub exit_code: i64,
    /// Whether containers have a terminal.
    pub tty: bool,
    /// The log driver of containers.
    pub log_driver: String,
    /// Whether the list of containers has one that is gone when it is inspected.
    pub vanishing: bool,
    /// The newest API version.
    pub api_version: String,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            exit_code: 0,
            tty: false,
            log_driver: "json-file".to_owned(),
            vanishing: false,
            api_version: "1.41".to_owned(),
        }
    }
}

/// One call, or one property that is read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Step {
    /// The result of an earlier step; the client without one.
    pub on: Option<String>,
    /// The method, behind a dotted path of properties.
    pub call: Option<String>,
    /// Instead of a method, the property to read.
    pub get: Option<String>,
    /// The positional arguments.
    pub args: Vec<Value>,
    /// The keyword arguments.
    pub kwargs: Map<String, Value>,
    /// The name that later steps know the result by.
    #[serde(rename = "as")]
    pub name: Option<String>,
    /// Which of several results that is, counted from 0.
    pub item: Option<usize>,
    /// Whether to read the result to its end, or the property of the result that is read to its end.
    pub drain: Option<Drain>,
    /// The class of the error that the call ends with.
    pub raises: Option<String>,
}

/// What to read to its end.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Drain {
    /// The result itself, or nothing.
    Result(bool),
    /// A property of the result.
    Property(String),
}

impl Case {
    fn check(&self) -> Result<()> {
        ensure!(self.ours.is_some() == self.why.is_some(), "`ours` and `why` go together");
        let mut known = vec![];
        for step in &self.steps {
            if let Some(on) = step.on.as_deref().filter(|on| !known.contains(on)) {
                bail!("no earlier step is called `{on}`");
            }
            ensure!(step.call.is_some() != step.get.is_some(), "a step has either `call` or `get`");
            known.extend(step.name.as_deref());
        }
        Ok(())
    }
}

/// Reads all cases, in the order of their files' names.
///
/// # Errors
///
/// When a file cannot be read or a case is not well formed.
pub fn load(folder: &Path) -> Result<Vec<Area>> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| format!("{} cannot be read", folder.display()))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|suffix| suffix == "json"));
    files.sort();
    files.iter().map(|file| read(file).with_context(|| file.display().to_string())).collect()
}

fn read(file: &Path) -> Result<Area> {
    let cases: Vec<Case> = serde_json::from_slice(&std::fs::read(file)?)?;
    for (index, case) in cases.iter().enumerate() {
        case.check().with_context(|| format!("case `{}`", case.name))?;
        ensure!(
            cases[..index].iter().all(|other| other.name != case.name),
            "two cases are called `{}`",
            case.name
        );
    }
    let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Area { name, cases })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(json: &str) -> Case {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_step_on_nothing_is_refused() {
        let error = case(r#"{"name": "a", "steps": [{"on": "c", "call": "start"}]}"#).check().unwrap_err();
        assert!(error.to_string().contains("`c`"), "{error}");
    }

    #[test]
    fn a_difference_needs_its_reason() {
        let error = case(r#"{"name": "a", "steps": [], "ours": []}"#).check().unwrap_err();
        assert!(error.to_string().contains("`why`"), "{error}");
    }

    #[test]
    fn all_cases_are_well_formed() {
        let areas = load(&crate::wire::folder().join("cases")).unwrap();
        let cases: usize = areas.iter().map(|area| area.cases.len()).sum();
        assert!(cases >= 55, "{cases} cases");
    }
}
