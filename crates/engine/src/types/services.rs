//! What a service is made of (docker-py: `docker.types.services`).

mod container_spec;
mod driver_config;
mod endpoint_spec;
mod network;
mod placement;
mod privileges;
mod reference;
mod resources;
mod restart_policy;
mod service_mode;
mod task_template;
mod update_config;

pub use container_spec::{ContainerSpec, DNSConfig, MountForm};
pub use driver_config::DriverConfig;
pub use endpoint_spec::EndpointSpec;
pub use network::NetworkAttachmentConfig;
pub use placement::{Placement, PlacementPreference};
pub use privileges::Privileges;
pub use reference::{ConfigReference, SecretReference};
pub use resources::Resources;
pub use restart_policy::{RestartConditionTypes, RestartPolicy};
pub use service_mode::ServiceMode;
pub use task_template::TaskTemplate;
pub use update_config::{RollbackConfig, UpdateConfig};
