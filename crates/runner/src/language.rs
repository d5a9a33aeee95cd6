//! The languages of scripts.

use std::path::Path;

use clap::ValueEnum;

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    Lua,
    Rhai,
}

impl Language {
    /// The language that a file's suffix tells.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "lua" => Some(Self::Lua),
            "rhai" => Some(Self::Rhai),
            _ => None,
        }
    }
}
