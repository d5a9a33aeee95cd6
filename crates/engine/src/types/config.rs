//! Parts of a container's configuration, from docker-py's names or the engine's own.

mod device_request;
mod devices;
mod healthcheck;
mod log_config;
mod mount;
mod spelling;
mod tmpfs;
mod ulimit;

pub use device_request::DeviceRequest;
pub(crate) use device_request::device_request;
pub use devices::parse_devices;
pub(crate) use healthcheck::healthcheck;
pub use healthcheck::{Healthcheck, Nanoseconds};
pub use log_config::LogConfig;
pub(crate) use log_config::log_config;
pub use mount::Mount;
pub(crate) use mount::mount;
pub(crate) use spelling::{invalid, made_beside, map_of, read};
pub(crate) use tmpfs::tmpfs;
pub use ulimit::Ulimit;
pub(crate) use ulimit::ulimit;

use serde_json::{Map, Value};

type Options = Map<String, Value>;
