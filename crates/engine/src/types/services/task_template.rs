//! What a service's tasks are like.

use serde_json::{Map, Value};

use super::{ContainerSpec, DriverConfig, NetworkAttachmentConfig, Placement, Resources, RestartPolicy};
use crate::error::Result;
use crate::params;
use crate::types::fields::Fields;
use crate::types::part::{Part, PartType, wire, wires};

params! {
    /// What a service's tasks are like (docker-py: `docker.types.TaskTemplate`).
    pub struct TaskTemplate {
        /// The container.
        container_spec: Option<Part<ContainerSpec>> => required,
        /// What each container may use.
        resources: Option<Part<Resources>>,
        /// Whether a container is started again when it ends.
        restart_policy: Option<Part<RestartPolicy>>,
        /// Where the tasks may run.
        placement: Option<Part<Placement>>,
        /// The log driver.
        log_driver: Option<Part<DriverConfig>>,
        /// The networks to attach to: names, or how to attach.
        networks: Option<Vec<Part<NetworkAttachmentConfig>>>,
        /// A counter; a new value replaces the tasks even if nothing else is new.
        force_update: Option<i64>,
        /// What the tasks are: `container`, or `plugin` with a `plugin_spec`. docker-py does not have it.
        runtime: Option<String>,
        /// The plugin to install on the nodes, in the engine's names. docker-py does not have it.
        plugin_spec: Option<Map<String, Value>>,
    }
}

impl PartType for TaskTemplate {
    const NAME: &'static str = "TaskTemplate";

    fn to_wire(&self) -> Result<Value> {
        Ok(Fields::default()
            .given("ContainerSpec", wire(self.container_spec.as_ref())?)
            .filled("Resources", wire(self.resources.as_ref())?)
            .filled("RestartPolicy", wire(self.restart_policy.as_ref())?)
            .filled("Placement", wire(self.placement.as_ref())?)
            .filled("LogDriver", wire(self.log_driver.as_ref())?)
            .filled("Networks", wires(self.networks.as_ref())?)
            .given("ForceUpdate", self.force_update)
            .given("Runtime", self.runtime.clone())
            .given("PluginSpec", self.plugin_spec.clone())
            .into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn leaves_out_what_is_empty() {
        let template = json!({
            "container_spec": {"Image": "a"}, "resources": {}, "placement": [], "networks": ["n"], "force_update": 0,
        });
        let template: Part<TaskTemplate> = serde_json::from_value(template).unwrap();
        assert_eq!(
            template.to_wire().unwrap(),
            json!({
                "ContainerSpec": {"Image": "a"}, "Placement": {"Constraints": []}, "Networks": [{"Target": "n"}],
                "ForceUpdate": 0,
            })
        );
    }
}
