//! The recordings that are kept in the repository.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::case::Area;
use super::recorded::Recording;
use super::{DOCKER_PY, folder};

/// The text of an area's file, which only depends on what was recorded.
///
/// # Errors
///
/// When a case of the area was not recorded.
pub fn text(area: &Area, recordings: &[(String, Recording)]) -> Result<String> {
    let mut cases = Map::new();
    for case in &area.cases {
        let name = format!("{}/{}", area.name, case.name);
        let (_, recording) = recordings
            .iter()
            .find(|(known, _)| *known == name)
            .with_context(|| format!("`{name}` was not recorded"))?;
        cases.insert(case.name.clone(), serde_json::to_value(recording)?);
    }
    let file = json!({"docker_py": DOCKER_PY, "cases": cases});
    Ok(serde_json::to_string_pretty(&file)? + "\n")
}

/// The file with an area's recordings.
pub fn file(area: &str) -> PathBuf {
    folder().join("recorded").join(format!("{area}.json"))
}

/// Reads the recordings of an area, by the names of its cases.
///
/// # Errors
///
/// When the file is missing, malformed, or from another docker-py.
pub fn load(file: &Path) -> Result<Vec<(String, Recording)>> {
    let read = || -> Result<_> {
        let value: Value = serde_json::from_slice(&std::fs::read(file)?)?;
        ensure!(value["docker_py"] == DOCKER_PY, "it is not docker-py {DOCKER_PY}'s");
        let cases = value["cases"].as_object().context("`cases` is missing")?;
        cases.iter().map(|(name, recording)| Ok((name.clone(), Recording::deserialize(recording)?))).collect()
    };
    read().with_context(|| format!("{}: record it anew with `cargo xtask record`", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::case;

    #[test]
    fn every_case_is_recorded_and_nothing_else() {
        let areas = case::load(&folder().join("cases")).unwrap();
        for area in &areas {
            let recorded = load(&file(&area.name)).unwrap();
            let recorded: Vec<_> = recorded.iter().map(|(name, _)| name.as_str()).collect();
            let cases: Vec<_> = area.cases.iter().map(|case| case.name.as_str()).collect();
            assert_eq!(recorded, cases, "{}: record it anew with `cargo xtask record`", area.name);
        }
        assert_eq!(std::fs::read_dir(folder().join("recorded")).unwrap().count(), areas.len());
    }

    #[test]
    fn docker_py_sent_something_in_every_case() {
        for area in case::load(&folder().join("cases")).unwrap() {
            for (name, recording) in load(&file(&area.name)).unwrap() {
                assert!(!recording.requests.is_empty(), "{}/{name}", area.name);
            }
        }
    }

    #[test]
    fn what_is_written_can_be_read() {
        let case = serde_json::from_value(json!({"name": "a", "steps": []})).unwrap();
        let area = Area { name: "area".to_owned(), cases: vec![case] };
        let recording = Recording { versions: ["1.41".to_owned()].into(), requests: Vec::new() };
        let text = text(&area, &[("area/a".to_owned(), recording.clone())]).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        assert_eq!(load(file.path()).unwrap(), [("a".to_owned(), recording)]);
        let error = super::text(&area, &[]).unwrap_err();
        assert!(error.to_string().contains("area/a"), "{error}");
    }
}
