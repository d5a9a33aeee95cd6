//! Arguments that may be a number or text.

use serde::Deserialize;

use crate::params::{Kind, ParamType};

/// A whole number or text, such as a user (`1000`, `"nobody"`) or a number of lines (`10`, `"all"`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Scalar {
    /// A number.
    Int(i64),
    /// Text.
    Text(String),
}

/// A signal's number or name (`9`, `"SIGKILL"`).
pub type Signal = Scalar;

impl std::fmt::Display for Scalar {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Int(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

impl ParamType for Scalar {
    const KIND: Kind = Kind::Union(&[Kind::Int, Kind::Str]);
}

impl From<i64> for Scalar {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
