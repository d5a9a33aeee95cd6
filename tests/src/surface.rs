//! docker-py's surface: what a program can name and what each call takes, as it was recorded, and how another surface
//! is held against it.
//!
//! `cargo xtask record` writes `tests/surface/docker_py.json`, so that a test run needs no Python. Whatever is missing
//! or different here has its [reason](reasons), of which `docs/docker-py-differences.md` is made.

mod compare;
mod document;
mod names;
pub mod reasons;
mod recorded;

pub use compare::{Difference, What, compare};
pub use document::document;
pub use names::kind as place_of_kind;
pub use reasons::{Reason, judge};
pub use recorded::{Recorded, file, recorded};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// What can be named, by its place: `Container.stop`, `docker.from_env`.
pub type Surface = BTreeMap<String, Member>;

/// What stands at a place.
#[derive(Clone, Debug, PartialEq)]
pub enum Member {
    /// A property, or a constant with its value.
    Value(Option<Value>),
    /// A method, a function, or a class that makes objects.
    Call(Vec<Parameter>),
    /// A kind of errors, with the kinds that it is a special case of.
    Kind(Vec<String>),
}

/// A parameter of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name.
    pub name: String,
    /// Whether it can only be given by name.
    pub by_name: bool,
    /// Whether a call without it is an error.
    pub required: bool,
    /// The default, null where nothing is given.
    pub default: Value,
}

/// The folder with the recorded surface and what records it.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("surface")
}
