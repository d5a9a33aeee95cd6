//! Lists of maps.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::params::{Kind, ParamType};

/// A list of maps, or of what becomes one, such as [`Mount`](super::Mount).
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Maps(pub Vec<Map<String, Value>>);

impl ParamType for Maps {
    const KIND: Kind = Kind::List(&Kind::Map(&Kind::Any));
}

impl<T: Into<Map<String, Value>>> From<Vec<T>> for Maps {
    fn from(list: Vec<T>) -> Self {
        Self(list.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Map<String, Value>>, const N: usize> From<[T; N]> for Maps {
    fn from(list: [T; N]) -> Self {
        Self(list.into_iter().map(Into::into).collect())
    }
}
