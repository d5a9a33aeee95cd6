//! Values that several calls take, in every form that docker-py takes them.
//!
//! ```
//! use moondock_engine::types::{Command, Filters, Pairs, Size, Timestamp, parse_repository_tag};
//!
//! assert_eq!(Size::from("64m").bytes()?, 64 << 20);
//! assert_eq!(Command::from("sh -c 'echo hi'").words()?, ["sh", "-c", "echo hi"]);
//! assert_eq!(Pairs::from([("LEVEL", "debug")]).environment(), ["LEVEL=debug"]);
//! assert_eq!(Timestamp::from("2026-01-31T12:00:00Z").to_query()?, "1769860800.000000000");
//! assert_eq!(Filters::default().with("label", "a=b").to_query(), r#"{"label":["a=b"]}"#);
//! assert_eq!(parse_repository_tag("host:5000/app:1.0"), ("host:5000/app", Some("1.0")));
//! # Ok::<_, moondock_engine::Error>(())
//! ```

mod command;
mod config;
mod env_file;
mod fields;
mod filters;
mod interval;
mod lines;
mod maps;
mod networks;
mod pairs;
mod part;
mod path_stat;
mod platform;
mod ports;
mod reference;
mod scalar;
mod services;
mod size;
mod swarm;
mod timestamp;
mod volumes;

pub use command::Command;
pub use config::{DeviceRequest, Healthcheck, LogConfig, Mount, Nanoseconds, Ulimit, parse_devices};
pub(crate) use config::{
    device_request, healthcheck, invalid, log_config, made_beside, mount, tmpfs, ulimit,
};
pub use env_file::parse_env_file;
pub(crate) use fields::Fields;
pub use filters::Filters;
pub use interval::Interval;
pub use lines::Lines;
pub use maps::Maps;
pub use networks::{EndpointConfig, IPAMConfig, IPAMPool, NetworkingConfig};
pub(crate) use networks::{endpoints, ipam};
pub use pairs::Pairs;
pub(crate) use pairs::plain;
pub use part::{Part, PartType};
pub(crate) use part::{wire, wires};
pub(crate) use path_stat::PATH_STAT;
pub use path_stat::PathStat;
pub use platform::{Platform, Platforms};
pub use ports::convert_port_bindings;
pub use reference::{HUB, is_tag, parse_repository_tag, registry_name, split_registry};
pub use scalar::{Scalar, Signal};
pub use services::{
    ConfigReference, ContainerSpec, DNSConfig, DriverConfig, EndpointSpec, MountForm,
    NetworkAttachmentConfig, Placement, PlacementPreference, Privileges, Resources, RestartConditionTypes,
    RestartPolicy, RollbackConfig, SecretReference, ServiceMode, TaskTemplate, UpdateConfig,
};
pub use size::Size;
pub use swarm::{SwarmExternalCA, SwarmSpec};
pub use timestamp::Timestamp;
pub(crate) use volumes::bind_targets;
pub use volumes::convert_volume_binds;
