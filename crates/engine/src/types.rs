//! Values that several calls take, in every form that docker-py takes them.

mod command;
mod config;
mod filters;
mod interval;
mod lines;
mod networks;
mod pairs;
mod platform;
mod ports;
mod reference;
mod scalar;
mod size;
mod timestamp;
mod volumes;

pub use command::Command;
pub(crate) use config::{device_request, devices, healthcheck, log_config, mount, tmpfs, ulimit};
pub use filters::Filters;
pub use interval::Interval;
pub use lines::Lines;
pub use networks::{EndpointConfig, IPAMConfig, IPAMPool, NetworkingConfig};
pub(crate) use networks::{endpoints, ipam};
pub use pairs::Pairs;
pub(crate) use pairs::plain;
pub use platform::{Platform, Platforms};
pub(crate) use ports::port_bindings;
pub use reference::{HUB, is_tag, parse_repository_tag, registry_name, split_registry};
pub use scalar::{Scalar, Signal};
pub use size::Size;
pub use timestamp::Timestamp;
pub(crate) use volumes::{bind_targets, binds};
