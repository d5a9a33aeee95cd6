//! How a service is attached to a network.

use serde_json::{Map, Value, json};

use crate::error::Result;
use crate::params::Kind;
use crate::types::part::{Part, PartType};

crate::params! {
    /// How a service is attached to a network (docker-py: `docker.types.NetworkAttachmentConfig`). A name alone will do.
    pub struct NetworkAttachmentConfig {
        /// The network's name or id.
        target: String => required,
        /// Further names of the service in the network.
        aliases: Option<Vec<String>>,
        /// Options of the network's driver.
        options: Option<Map<String, Value>>,
    }
}

impl PartType for NetworkAttachmentConfig {
    const NAME: &'static str = "NetworkAttachmentConfig";
    const FORM: Kind = Kind::Union(&[Kind::Str, Kind::Map(&Kind::Any)]);

    fn to_wire(&self) -> Result<Value> {
        Ok(json!({"Target": self.target, "Aliases": self.aliases, "DriverOpts": self.options}))
    }

    fn short(value: &Value) -> Option<Part<Self>> {
        value.as_str().map(Part::from)
    }
}

impl From<&str> for Part<NetworkAttachmentConfig> {
    fn from(target: &str) -> Self {
        Self::Raw(Map::from_iter([("Target".to_owned(), target.into())]))
    }
}
