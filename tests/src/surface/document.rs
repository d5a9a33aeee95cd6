//! docs/docker-py-differences.md, made of the reasons.

use std::fmt::Write as _;

use super::reasons::{PENDING, REASONS};
use super::{Reason, What};
use crate::wire::DOCKER_PY;

/// The sections: a heading, what stands under it, and the differences that are its rows.
const SECTIONS: [(&str, &str, &[What]); 3] = [
    ("Not here", "docker-py has it, and scripts do not.", &[What::Missing]),
    (
        "Different",
        "Both have it, but not in the same way.",
        &[What::Nature, What::Required, What::Default, What::Order],
    ),
    ("Only here", "Scripts have it, and docker-py does not.", &[What::Added]),
];

/// The document's place, from the repository's root, and its text.
pub fn document() -> (String, String) {
    let mut text = format!(
        "<!-- Made by `cargo xtask codegen` from tests/src/surface/reasons. -->\n\n# What differs from docker-py\n\n\
         Everything that docker-py {DOCKER_PY} has (classes, methods, properties, parameters with their places and \
         defaults, also those behind its `**kwargs`) was read from it by introspection. A test holds scripts against \
         that: whatever is missing, different or added stands here. `*` stands for any name. [What calls do \
         differently](docker-py.md) is told apart.\n"
    );
    if !PENDING.is_empty() {
        let places: Vec<_> = PENDING.iter().map(|place| format!("`{place}`")).collect();
        let _ = write!(text, "\nNot made yet: {}.\n", places.join(", "));
    }
    for (heading, words, of) in SECTIONS {
        let rows: String = REASONS.iter().filter(|reason| of.contains(&reason.what)).map(row).collect();
        let _ = write!(text, "\n## {heading}\n\n{words}\n\n| what | why |\n| --- | --- |\n{rows}");
    }
    ("docs/docker-py-differences.md".to_owned(), text)
}

fn row(reason: &Reason) -> String {
    let places: Vec<_> = reason.places.iter().map(|place| format!("`{place}`")).collect();
    format!("| {} | {} |\n", places.join(", "), reason.why)
}
