//! Scripts that come in pairs, a Lua and a Rhai one with the same output.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::wire::render::Language;

/// Both languages.
pub const LANGUAGES: [Language; 2] = [Language::Lua, Language::Rhai];

/// A script of each language, and what both print.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The scripts, in the order of [`LANGUAGES`].
    pub scripts: [PathBuf; 2],
    /// The file with their output.
    pub output: PathBuf,
}

impl Pair {
    /// Compares what a script printed with what it should have; a `*` in a line stands for anything.
    ///
    /// # Errors
    /// They differ; the error shows both.
    pub fn check(&self, printed: &str) -> Result<()> {
        let expected = std::fs::read_to_string(&self.output)
            .with_context(|| format!("{} cannot be read", self.output.display()))?;
        let same = expected.lines().count() == printed.lines().count()
            && expected.lines().zip(printed.lines()).all(|(pattern, line)| matches(pattern, line));
        ensure!(same, "expected, by {}:\n{expected}\nprinted:\n{printed}", self.output.display());
        Ok(())
    }
}

/// Finds all pairs in the folders of Lua scripts, of Rhai scripts, and of outputs.
///
/// # Errors
/// A script or output is without the other two.
pub fn find(folders: [&Path; 2], outputs: &Path) -> Result<BTreeMap<String, Pair>> {
    let [lua, rhai] = folders;
    let mut names = Vec::new();
    for (folder, suffix) in [(lua, "lua"), (rhai, "rhai"), (outputs, "txt")] {
        names.push(stems(folder, suffix)?);
    }
    for (found, kind) in names.iter().zip(["Lua script", "Rhai script", "output"]) {
        let missing: Vec<_> = names.iter().flatten().filter(|name| !found.contains(name)).collect();
        ensure!(missing.is_empty(), "without a {kind}: {missing:?}");
    }
    let pair = |name: &String| Pair {
        scripts: [lua.join(name).with_extension("lua"), rhai.join(name).with_extension("rhai")],
        output: outputs.join(name).with_extension("txt"),
    };
    Ok(names[0].iter().map(|name| (name.clone(), pair(name))).collect())
}

fn stems(folder: &Path, suffix: &str) -> Result<Vec<String>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut stems = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|known| known == suffix)
            && let Some(stem) = path.file_stem()
        {
            stems.push(stem.to_string_lossy().into_owned());
        }
    }
    Ok(stems)
}

/// Whether a line is as a pattern says, in which `*` stands for anything.
pub fn matches(pattern: &str, line: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == line };
    let Some(mut line) = line.strip_prefix(start) else { return false };
    loop {
        if matches(rest, line) {
            return true;
        }
        let mut letters = line.chars();
        if letters.next().is_none() {
            return false;
        }
        line = letters.as_str();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, line, same) in [
            ("a", "a", true),
            ("a", "b", false),
            ("a*", "abc", true),
            ("*c*", "abcd", true),
            ("a*d", "abcd", true),
            ("a*d", "abcde", false),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern, line), same, "{pattern} {line}");
        }
    }

    #[test]
    fn what_stands_alone_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.lua"), "").unwrap();
        std::fs::write(folder.path().join("a.txt"), "x\n").unwrap();
        let error = find([folder.path(); 2], folder.path()).unwrap_err().to_string();
        assert!(error.contains("Rhai script") && error.contains('a'), "{error}");
        std::fs::write(folder.path().join("a.rhai"), "").unwrap();
        let pairs = find([folder.path(); 2], folder.path()).unwrap();
        assert!(pairs["a"].check("x\n").is_ok() && pairs["a"].check("y\n").is_err());
    }
}
