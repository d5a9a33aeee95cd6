//! The module `docker.tls`, and how a client speaks TLS.

use moondock_engine::types::{Part, PartType};
use moondock_engine::{Kind, ParamType, TlsConfig};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;

use crate::describe::{Method, Module, function};
use crate::error::{Result, ScriptError};

/// Whether to speak TLS, or how: what `TLSConfig` gives, or its arguments as a map.
#[derive(Clone, Debug)]
pub(super) enum TlsChoice {
    Switch(bool),
    Config(Part<TlsConfig>),
}

impl<'de> Deserialize<'de> for TlsChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Json::deserialize(deserializer)? {
            Json::Bool(on) => Ok(Self::Switch(on)),
            config => serde_json::from_value(config).map(Self::Config).map_err(serde::de::Error::custom),
        }
    }
}

impl ParamType for TlsChoice {
    const KIND: Kind = Kind::Union(&[Kind::Bool, Kind::Map(&Kind::Any)]);
}

impl TlsChoice {
    /// What was chosen, if TLS was.
    pub(super) fn config(self) -> Option<TlsConfig> {
        match self {
            Self::Switch(on) => on.then(TlsConfig::default),
            Self::Config(config) => Some(config.into()),
        }
    }
}

/// Checks that the files fit, as docker-py does.
fn checked(config: &TlsConfig) -> Result<Json> {
    config.load().map_err(ScriptError::from)?;
    Ok(config.to_wire()?)
}

pub(super) const TLS_CONFIG: Method = function!(Host, "TLSConfig", TlsConfig => Kind::Map(&Kind::Any),
    "Reads how to speak TLS, for a client's `tls`. Files that do not fit are a `TLSParameterError`.",
    |config, _| checked(&config));

pub(in crate::classes) static MODULE: Module =
    Module { name: "docker.tls", doc: "TLS.", functions: &[TLS_CONFIG], constants: &[] };
