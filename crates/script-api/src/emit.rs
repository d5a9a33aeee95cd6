//! Files made from the description: LuaLS stubs, Rhai definitions, and the reference in Markdown.

mod form;
mod lua;
mod markdown;
mod rhai;

/// Where the stubs for LuaLS are, from the repository's root.
pub const LUA_STUBS: &str = "crates/bindings-lua/stubs";

/// Where the definitions for Rhai's language server are, from the repository's root.
pub const RHAI_DEFINITIONS: &str = "crates/bindings-rhai/definitions";

/// Where the reference is, from the repository's root.
pub const REFERENCE: &str = "docs/reference";

/// The first line of what is made, behind a language's sign for a comment.
const MADE: &str = "Made by `cargo xtask codegen` from the description in crates/script-api.";

/// Every generated file: its path from the repository's root, and its text.
pub fn files() -> Vec<(String, String)> {
    let mut files = lua::files();
    files.extend(rhai::files());
    files.extend(markdown::files());
    files
}

/// Documentation as lines with a prefix each, no longer than the repository's lines.
fn comment(prefix: &str, text: &str) -> String {
    let mut lines = String::new();
    for paragraph in text.lines() {
        lines.push_str(format!("{prefix}{paragraph}").trim_end());
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{CLASSES, MODULES};

    #[test]
    fn every_member_stands_in_every_language_and_in_the_reference() {
        let files = files();
        let paths: BTreeSet<_> = files.iter().map(|(path, _)| path).collect();
        assert_eq!(paths.len(), files.len());
        for folder in [LUA_STUBS, RHAI_DEFINITIONS, REFERENCE] {
            let texts = files.iter().filter(|(path, _)| path.starts_with(folder));
            let text: String = texts.map(|(_, text)| text.as_str()).collect();
            for class in CLASSES {
                for name in class.methods.iter().map(|method| method.name) {
                    assert!(text.contains(name), "{folder} has no {}.{name}", class.name);
                }
                for property in class.properties {
                    assert!(text.contains(property.doc), "{folder} has no {}.{}", class.name, property.name);
                }
            }
            for function in MODULES.iter().flat_map(|module| module.functions) {
                assert!(text.contains(function.doc), "{folder} has no {}", function.name);
                for param in function.params.all() {
                    assert!(text.contains(param.name), "{folder} lacks {}", param.name);
                }
            }
        }
    }
}
