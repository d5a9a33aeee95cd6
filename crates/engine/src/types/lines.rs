//! Arguments that are one text or a list of texts.

use serde::Deserialize;

use crate::params::{Kind, ParamType};

/// One text, or several.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Lines {
    /// One text.
    One(String),
    /// A list.
    Many(Vec<String>),
}

impl Lines {
    /// The texts.
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(list) => list,
        }
    }

    /// The texts, one text split at a separator.
    pub(crate) fn split(&self, separator: char) -> Vec<&str> {
        match self {
            Self::One(text) => text.split(separator).collect(),
            Self::Many(list) => list.iter().map(String::as_str).collect(),
        }
    }
}

impl ParamType for Lines {
    const KIND: Kind = Kind::Union(&[Kind::Str, Kind::List(&Kind::Str)]);
}

impl From<&str> for Lines {
    fn from(text: &str) -> Self {
        Self::One(text.to_owned())
    }
}

impl From<Vec<String>> for Lines {
    fn from(list: Vec<String>) -> Self {
        Self::Many(list)
    }
}
