#![doc = include_str!("../docs/guide.md")]

pub mod api;
mod archive;
pub mod auth;
mod build_context;
pub mod client;
mod config_file;
pub mod context;
pub mod error;
pub mod host;
pub mod models;
pub mod params;
pub mod request;
pub mod stream;
pub mod tls;
mod transport;
pub mod types;
pub mod version;

pub use client::{Client, Settings, SshSettings, Timeouts};
pub use context::{Context, Contexts};
pub use error::{Error, ErrorKind, Result};
pub use host::Host;
pub use http::{HeaderValue, Method};
pub use params::{Kind, Param, ParamList, ParamType, Params};
pub use request::{Endpoint, Request};
pub use tls::{Tls, TlsConfig};
pub use version::ApiVersion;
