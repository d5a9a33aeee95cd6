//! The module `docker.types`: parts of requests.

use moondock_engine::Kind;
use moondock_engine::types::{
    ConfigReference, ContainerSpec, DNSConfig, DeviceRequest, DriverConfig, EndpointConfig, EndpointSpec,
    Healthcheck, IPAMConfig, IPAMPool, LogConfig, Mount, NetworkAttachmentConfig, NetworkingConfig, PartType,
    Placement, PlacementPreference, Privileges, Resources, RestartPolicy, RollbackConfig, SecretReference,
    ServiceMode, SwarmExternalCA, SwarmSpec, TaskTemplate, Ulimit, UpdateConfig,
};

use crate::arguments::from_json;
use crate::describe::{Module, function};

/// Describes the function that makes a part in the engine's own names, as docker-py's classes do.
macro_rules! part {
    ($name:literal, $part:ty, $doc:literal) => {
        function!(Read, $name, $part => Kind::Map(&Kind::Any), $doc, |part, _| Ok(from_json(&part.to_wire()?)))
    };
}

pub(in crate::classes) static MODULE: Module = Module {
    name: "docker.types",
    doc: "Parts of requests. Each is a map in the engine's own names; a map in the names of its arguments does as well.",
    functions: &[
        part!("Mount", Mount, "What to mount where in a container."),
        part!("LogConfig", LogConfig, "A log driver and its options."),
        part!("Ulimit", Ulimit, "A limit of the kernel's for each process."),
        part!("DeviceRequest", DeviceRequest, "A request for devices to a driver."),
        part!("Healthcheck", Healthcheck, "A check of a container's health."),
        part!("EndpointConfig", EndpointConfig, "A container's endpoint in a network."),
        part!("NetworkingConfig", NetworkingConfig, "A container's endpoints."),
        part!("IPAMConfig", IPAMConfig, "How a network gives out addresses."),
        part!("IPAMPool", IPAMPool, "A pool of addresses of a network."),
        part!("ContainerSpec", ContainerSpec, "The containers of a service."),
        part!("TaskTemplate", TaskTemplate, "The tasks of a service."),
        part!("Resources", Resources, "What each container of a service may use."),
        part!("RestartPolicy", RestartPolicy, "When the tasks of a service start again."),
        part!("UpdateConfig", UpdateConfig, "How the tasks of a service are replaced by new ones."),
        part!(
            "RollbackConfig",
            RollbackConfig,
            "How the tasks of a service are replaced by their former ones."
        ),
        part!("DriverConfig", DriverConfig, "A driver and its options."),
        part!("EndpointSpec", EndpointSpec, "How a service is reached."),
        part!("ServiceMode", ServiceMode, "How many tasks a service has."),
        part!("Placement", Placement, "On which nodes the tasks of a service run."),
        part!(
            "PlacementPreference",
            PlacementPreference,
            "How the tasks of a service are spread over nodes."
        ),
        part!("Privileges", Privileges, "What the containers of a service may do beyond the usual."),
        part!("DNSConfig", DNSConfig, "How containers of a service resolve names."),
        part!("NetworkAttachmentConfig", NetworkAttachmentConfig, "A network that a service is in."),
        part!("SecretReference", SecretReference, "A secret that a service's containers see as a file."),
        part!("ConfigReference", ConfigReference, "A config that a service's containers see as a file."),
        part!("SwarmSpec", SwarmSpec, "What a swarm is set to."),
        part!("SwarmExternalCA", SwarmExternalCA, "A certificate authority outside of the swarm."),
    ],
    constants: &[],
};
