//! A complete client of the Docker Engine, with docker-py's object model.
//!
//! [`DockerClient`](models::DockerClient) is where a program starts:
//!
//! ```no_run
//! use moondock_engine::models::{DockerClient, RunParams};
//!
//! # async fn example() -> moondock_engine::Result<()> {
//! let client = DockerClient::from_env()?;
//! let output = client.containers().run("busybox", RunParams::default().command("echo hi")).await?;
//! assert_eq!(output.bytes(), b"hi\n");
//! # Ok(())
//! # }
//! ```
//!
//! Below the models, [`api`] has one function for each operation of the Engine API; it makes a [`Request`], which is
//! data, and the [`Client`] carries out any request.

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
pub use params::{Kind, Param, ParamList, ParamType, Params};
pub use request::{Endpoint, Request};
pub use tls::{Tls, TlsConfig};
pub use version::ApiVersion;
