//! The engine client's README: its guide without what only its documentation can show.

use std::fs;

use anyhow::{Context, Result};

use crate::run::root;

const GUIDE: &str = "crates/engine/docs/guide.md";

const TITLE: &str = "<!-- Made by `cargo xtask codegen` from docs/guide.md. -->\n\n# moondock-engine\n\n";

/// What a reader of the repository is led to.
const FURTHER: &str = "
## Where to read on

- [Every operation of the Engine API](../../docs/reference/engine-api.md), with its names in docker-py and bollard.
- [How it differs from bollard and docker-py](../../docs/engine-client.md), each point with the test that shows it.
- [How it is made](../../docs/ARCHITECTURE.md#the-engine-client).
";

/// The README's path from the repository's root, and its text.
pub(crate) fn file() -> Result<(String, String)> {
    let guide = fs::read_to_string(root().join(GUIDE)).context(GUIDE)?;
    Ok(("crates/engine/README.md".to_owned(), TITLE.to_owned() + &readme(&guide) + FURTHER))
}

/// Leaves out the lines that examples hide and the links to items, and puts headings below the title.
fn readme(guide: &str) -> String {
    let mut text = String::new();
    let mut in_example = false;
    for line in guide.lines() {
        if line.starts_with("```") {
            in_example = !in_example;
        } else if in_example && (line == "#" || line.starts_with("# ")) {
            continue;
        } else if !in_example {
            if line.starts_with("# ") {
                text.push('#');
            }
            text.push_str(&without_items(line));
            text.push('\n');
            continue;
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// A line whose links to items are only their names; those to pages stay.
fn without_items(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((name, behind)) = link.split_once("`]") else { break };
        text.push_str(before);
        rest = match behind.strip_prefix('(').and_then(|target| target.split_once(')')) {
            Some((target, after)) if target.starts_with("https://") => {
                text.extend(["[`", name, "`](", target, ")"]);
                after
            }
            target => {
                text.extend(["`", name, "`"]);
                target.map_or(behind, |(_, after)| after)
            }
        };
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_and_what_leads_nowhere_is_left_out() {
        let guide = "# A\n[`B`](c::B) and [`D`], [`E`](https://e) [f](g)\n```rust\n# hidden\n#[test]\nfn h() {}\n```\n";
        let shown = "## A\n`B` and `D`, [`E`](https://e) [f](g)\n```rust\n#[test]\nfn h() {}\n```\n";
        assert_eq!(readme(guide), shown);
    }

    #[test]
    fn its_links_lead_somewhere() {
        let links = FURTHER.split("](").skip(1).filter_map(|rest| rest.split(['#', ')']).next());
        for link in links {
            assert!(root().join("crates/engine").join(link).exists(), "{link}");
        }
    }
}
