//! The module `docker.tls`, and how a client speaks TLS.

use moondock_engine::types::{Part, PartType};
use moondock_engine::{Kind, ParamType, TlsConfig};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;

use crate::describe::{Method, Module, function};
use crate::error::Result;

/// How to speak TLS, if at all: true or false, what `TLSConfig` gives, or its arguments as a map.
#[derive(Clone, Debug)]
pub(super) struct TlsChoice(pub(super) Option<TlsConfig>);

impl<'de> Deserialize<'de> for TlsChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Json::deserialize(deserializer)? {
            Json::Bool(on) => Ok(Self(on.then(TlsConfig::default))),
            config => {
                let config = serde_json::from_value::<Part<_>>(config).map_err(serde::de::Error::custom)?;
                Ok(Self(Some(config.into())))
            }
        }
    }
}

impl ParamType for TlsChoice {
    const KIND: Kind = Kind::Union(&[Kind::Bool, Kind::Map(&Kind::Any)]);
}

pub(super) const TLS_CONFIG: Method = function!(Host, "TLSConfig", TlsConfig => Kind::Map(&Kind::Any),
"Reads how to speak TLS, for a client's `tls`. Files that do not fit are a `TLSParameterError`.",
|config, _| {
    config.load()?;
    Ok(config.to_wire()?)
});

pub(in crate::classes) static MODULE: Module =
    Module { name: "docker.tls", doc: "TLS.", functions: &[TLS_CONFIG], constants: &[] };
