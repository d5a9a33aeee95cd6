//! The commands, scripts and outputs that documents show.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::pairs::matches;
use crate::wire::render::Language;

/// Something that a document shows and that can be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The document, and the line where it stands.
    pub place: String,
    /// What to run.
    pub work: Work,
    /// What that prints, where the document shows it.
    pub output: Option<String>,
}

/// What is to be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// A script.
    Script(Language, String),
    /// A line for a shell, from a block that shows a terminal; those of one block are run in one folder.
    Command(String),
}

/// A fenced block.
struct Block<'a> {
    line: usize,
    language: &'a str,
    text: String,
    /// Whether only blank lines stand between it and the block before.
    follows: bool,
}

/// All documents: those in the repository's root and below `docs`.
///
/// # Errors
/// A folder cannot be read.
pub fn all(root: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned(), root.join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() && folder != root {
                folders.push(path);
            } else if path.extension().is_some_and(|suffix| suffix == "md") {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Finds what a document shows, in its order. A block of `text` behind a script is what the script prints; in a block
/// of `console` the lines behind `$ ` are commands and the others what they print.
///
/// # Errors
/// A block is not closed, or is of a kind that can be mistaken for one that is run.
pub fn shown(name: &str, text: &str) -> Result<Vec<Shown>> {
    let mut found: Vec<Shown> = Vec::new();
    for block in blocks(name, text)? {
        let place = format!("{name}:{}", block.line);
        let script = |language| Shown {
            place: place.clone(),
            work: Work::Script(language, block.text.clone()),
            output: None,
        };
        match block.language {
            "lua" => found.push(script(Language::Lua)),
            "rhai" => found.push(script(Language::Rhai)),
            "console" => found.extend(commands(&place, &block.text)?),
            "text" => match found.last_mut() {
                Some(Shown { work: Work::Script(..), output: output @ None, .. }) if block.follows => {
                    *output = Some(block.text);
                }
                _ => bail!("{place}: the block of text is behind no script"),
            },
            "rust" | "toml" | "json" | "dockerfile" | "ini" => {}
            other => bail!("{place}: `{other}` is no kind of block; commands stand in `console`"),
        }
    }
    Ok(found)
}

fn blocks<'a>(name: &str, text: &'a str) -> Result<Vec<Block<'a>>> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    let mut follows = false;
    for (number, line) in text.lines().enumerate() {
        match (&mut open, line.trim_start().strip_prefix("```")) {
            (Some(_), Some("")) => {
                blocks.extend(open.take());
                follows = true;
            }
            (Some(block), _) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, Some(language)) => {
                open = Some(Block { line: number + 1, language, text: String::new(), follows });
            }
            (None, None) => follows &= line.trim().is_empty(),
        }
    }
    ensure!(open.is_none(), "{name}: the last block is not closed");
    Ok(blocks)
}

fn commands(place: &str, text: &str) -> Result<Vec<Shown>> {
    let mut commands: Vec<Shown> = Vec::new();
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            let work = Work::Command(command.to_owned());
            commands.push(Shown { place: place.to_owned(), work, output: None });
        } else {
            let command = commands.last_mut().with_context(|| format!("{place}: output without command"))?;
            let output = command.output.get_or_insert_default();
            output.push_str(line);
            output.push('\n');
        }
    }
    Ok(commands)
}

/// Whether what was printed is what a document shows, in which `*` stands for anything in a line, and a line of three
/// dots for any lines.
pub fn is_output(shown: &str, printed: &str) -> bool {
    let shown: Vec<_> = shown.lines().collect();
    let printed: Vec<_> = printed.lines().map(str::trim_end).collect();
    are_lines(&shown, &printed)
}

fn are_lines(shown: &[&str], printed: &[&str]) -> bool {
    match shown {
        [] => printed.iter().all(|line| line.is_empty()),
        ["...", rest @ ..] => (0..=printed.len()).any(|count| are_lines(rest, &printed[count..])),
        [line, rest @ ..] => {
            printed.first().is_some_and(|first| matches(line, first)) && are_lines(rest, &printed[1..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_scripts_commands_and_outputs() {
        let text =
            "a\n```lua\nprint(1)\n```\n\n```text\n1\n```\n```console\n$ a b\nc\n$ d\n```\n```json\n{}\n```\n";
        let found = shown("x.md", text).unwrap();
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].place, "x.md:2");
        assert_eq!(found[0].output.as_deref(), Some("1\n"));
        assert_eq!((&found[1].work, found[1].output.as_deref()), (&Work::Command("a b".into()), Some("c\n")));
        assert_eq!((&found[2].work, &found[2].output), (&Work::Command("d".into()), &None));
    }

    #[test]
    fn refuses_what_would_not_be_run() {
        for text in ["```lua\n", "```sh\nls\n```\n", "```text\nx\n```\n", "```console\nx\n```\n"] {
            assert!(shown("x.md", text).is_err(), "{text}");
        }
    }

    #[test]
    fn three_dots_stand_for_any_lines() {
        assert!(is_output("a\n...\nb*\n", "a\nx\ny\nbc\n"));
        assert!(is_output("...\nb\n", "b\n"));
        assert!(!is_output("a\n...\nb\n", "a\nx\n"));
        assert!(!is_output("a\n", "a\nb\n"));
    }
}
