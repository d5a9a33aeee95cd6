//! The table of the Engine API's operations. As part of the engine client's documentation its names are links, so that
//! `cargo doc` fails where one is gone.

mod names;

use moondock_engine::{Endpoint, api};
use moondock_tests::wire::DOCKER_PY;

use names::NAMES;

/// The version of bollard whose names these are.
const BOLLARD: &str = "0.21.1";

/// The table for the repository and the one for the crate: each its path from the repository's root, and its text.
pub(crate) fn files() -> [(String, String); 2] {
    let made = "<!-- Made by `cargo xtask codegen` from xtask/src/operations. -->";
    let title = "# Operations of the Engine API";
    [
        ("docs/reference/engine-api.md".to_owned(), format!("{made}\n\n{title}\n\n{}", table(false))),
        ("crates/engine/docs/operations.md".to_owned(), format!("{made}\n\n{title}\n\n{}", table(true))),
    ]
}

fn table(links: bool) -> String {
    let mut text = format!(
        "All {} of them, with the function that makes the request, in `moondock_engine::api`, and the methods that \
         send it, in `moondock_engine::models`; docker-py's are those of its `APIClient` ({DOCKER_PY}), bollard's \
         those of its `Docker` ({BOLLARD}). 1.41 stands for all versions up to it.\n\n\
         | operation | since | api | models | docker-py | bollard |\n| --- | --- | --- | --- | --- | --- |\n",
        NAMES.len(),
    );
    for endpoint in api::endpoints() {
        let Some((_, functions, methods, docker_py, bollard)) =
            NAMES.iter().find(|names| names.0 == endpoint.id)
        else {
            continue;
        };
        let Endpoint { method, path, since, .. } = endpoint;
        let cells = [
            cell(functions, links.then_some("crate::api::")),
            cell(methods, links.then_some("crate::models::")),
            cell(docker_py, None),
            cell(bollard, None),
        ];
        text.extend([format!("| `{method} {path}` | {since} | {} |\n", cells.join(" | "))]);
    }
    text
}

/// Names, as links to what they name where there is a place to look for them.
fn cell(names: &[&str], place: Option<&str>) -> String {
    let names = names.iter().map(|name| match place {
        Some(place) => format!("[`{name}`]({place}{name})"),
        None => format!("`{name}`"),
    });
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::run::{cargo, root};

    #[test]
    fn every_operation_is_named_once() {
        let known: BTreeSet<_> = api::endpoints().map(|endpoint| endpoint.id).collect();
        let named: BTreeSet<_> = NAMES.iter().map(|names| names.0).collect();
        assert_eq!(named, known);
        assert_eq!(NAMES.len(), known.len());
        assert!(NAMES.iter().all(|names| !names.1.is_empty()));
    }

    /// The source behind the name of each `pub` function of the bollard that is measured.
    fn bollards_functions() -> BTreeMap<String, String> {
        let mut metadata = cargo(&["metadata", "--format-version", "1", "--locked"]);
        let answer = metadata.current_dir(root()).output().unwrap();
        let answer: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
        let packages = answer["packages"].as_array().unwrap();
        let bollard = packages.iter().find(|package| package["name"] == "bollard").unwrap();
        assert_eq!(bollard["version"], BOLLARD, "look through the names");
        let folder = Path::new(bollard["manifest_path"].as_str().unwrap()).with_file_name("src");
        let files =
            fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.is_file());
        let text: String = files.map(|file| fs::read_to_string(file).unwrap()).collect();
        let functions = text.split("\n    pub ").map(|rest| rest.trim_start_matches("async "));
        let functions = functions.filter_map(|rest| rest.strip_prefix("fn ")?.split_once(['(', '<']));
        functions.map(|(name, rest)| (name.to_owned(), rest.to_owned())).collect()
    }

    /// A path without the names of its arguments.
    fn form(path: &str) -> String {
        path.split(['{', '}']).step_by(2).collect::<Vec<_>>().join("{}")
    }

    #[test]
    fn bollards_names_are_of_the_same_path() {
        let functions = bollards_functions();
        for (id, .., names) in NAMES {
            let endpoint = api::endpoints().find(|endpoint| endpoint.id == *id).unwrap();
            for name in *names {
                let paths = functions
                    .get(*name)
                    .unwrap_or_else(|| panic!("bollard has no {name}"))
                    .split('"')
                    .filter(|text| text.starts_with('/'));
                let paths: Vec<_> = paths.map(form).collect();
                assert!(paths.contains(&form(endpoint.path)), "{name} is for {paths:?}");
            }
        }
    }

    #[test]
    fn functions_are_of_the_resource_that_has_the_operation() {
        for (id, functions, ..) in NAMES {
            for function in *functions {
                let (resource, _) = function.split_once("::").unwrap();
                let file = root().join(format!("crates/engine/src/api/{resource}.rs"));
                let text = fs::read_to_string(file).unwrap();
                assert!(text.contains(&format!("= \"{id}\" ")), "{resource} has no {id}");
            }
        }
    }
}
