//! What a service is created and updated with: docker-py's keywords, and the parts of a specification that they go to.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::api::services::{CreateServiceParams, ServiceOptions, UpdateServiceParams};
use crate::error::Result;
use crate::params::{Kind, ParamType};
use crate::types::{
    Command, ContainerSpec, Pairs, Part, Placement, PlacementPreference, Resources, RestartPolicy,
    TaskTemplate, invalid,
};

crate::params! {
    /// How to create a service: every keyword of docker-py's `services.create`.
    pub struct ServiceCreateParams as service_setters {
        /// The command, in place of the image's entry point: a line or its words.
        command: Option<Command>,
        /// Conditions that a node must meet, for example `node.role == manager`.
        constraints: Option<Vec<String>>,
        /// How tasks are spread, the most important first: each a pair such as `["spread", "node.labels.zone"]`.
        preferences: Option<Vec<Part<PlacementPreference>>>,
        /// How many replicas may run on one node.
        maxreplicas: Option<i64>,
        /// The platforms that the image runs on: each a pair such as `["x86_64", "linux"]`.
        platforms: Option<Vec<Value>>,
        /// Labels of the containers, as a map or as a list of names.
        container_labels: Option<Pairs>,
        /// The log driver's name.
        log_driver: Option<String>,
        /// Options of `log_driver`.
        log_driver_options: Option<Map<String, Value>>,
        /// What each container may use.
        resources: Option<Part<Resources>>,
        /// Whether a container is started again when it ends.
        restart_policy: Option<Part<RestartPolicy>>;
        /// The rest of it.
        ..service: ServiceOptions,
        /// Its containers.
        ..container: ContainerSpec,
    }
}

crate::params! {
    /// How to update a service: every keyword of docker-py's `Service.update`.
    pub struct ServiceUpdateParams {
        /// The image; the one that it has if this is left out.
        image: Option<String>,
        /// Replace the tasks even if nothing else is new: true, or a counter of its own.
        force_update: Option<ForceUpdate>,
        /// Keep what is left out as it is; else it is unset.
        fetch_current_spec: bool = true,
        /// Where credentials come from if none are given: `spec` or `previous-spec`. docker-py does not have it.
        registry_auth_from: Option<String>,
        /// `previous` goes back to the specification before the last update. docker-py does not have it.
        rollback: Option<String>;
        /// The service.
        ..service: ServiceCreateParams,
    }
}

service_setters!(ServiceUpdateParams, service);

/// Whether a service's tasks are replaced even if nothing else is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum ForceUpdate {
    /// Whether the counter is raised by one.
    Again(bool),
    /// The counter.
    Counter(i64),
}

impl ParamType for ForceUpdate {
    const KIND: Kind = Kind::Union(&[Kind::Bool, Kind::Int]);
}

impl From<bool> for ForceUpdate {
    fn from(again: bool) -> Self {
        Self::Again(again)
    }
}

impl From<i64> for ForceUpdate {
    fn from(counter: i64) -> Self {
        Self::Counter(counter)
    }
}

impl ServiceCreateParams {
    /// What the service's tasks are like.
    fn task_template(&self, image: &str, force_update: Option<i64>) -> Result<TaskTemplate> {
        let mut container = self.container.clone();
        container.image = Some(image.to_owned());
        container.command = self.command.clone().or(container.command);
        container.labels = self.container_labels.clone().or(container.labels);
        let log_driver = match (&self.log_driver, &self.log_driver_options) {
            (Some(name), options) => {
                let driver = json!({"Name": name, "Options": options.clone().unwrap_or_default()});
                driver.as_object().cloned().map(Part::Raw)
            }
            (None, None) => None,
            (None, Some(_)) => {
                return Err(invalid("`log_driver_options` needs `log_driver`, the driver that they are for"));
            }
        };
        Ok(TaskTemplate {
            container_spec: Some(container.into()),
            resources: self.resources.clone(),
            restart_policy: self.restart_policy.clone(),
            placement: Some(
                Placement {
                    constraints: self.constraints.clone(),
                    preferences: self.preferences.clone(),
                    platforms: self.platforms.clone(),
                    maxreplicas: self.maxreplicas,
                }
                .into(),
            ),
            log_driver,
            networks: self.service.networks.clone(),
            force_update,
            ..TaskTemplate::default()
        })
    }

    /// The parameters of the request (docker-py: `_get_create_service_kwargs`).
    pub(super) fn request(&self, image: &str) -> Result<CreateServiceParams> {
        let task_template = Some(self.task_template(image, None)?.into());
        Ok(CreateServiceParams {
            task_template,
            service: self.service.clone(),
            ..CreateServiceParams::default()
        })
    }
}

impl ServiceUpdateParams {
    /// The parameters of the request for a service with these attributes.
    pub(super) fn request(&self, attrs: &Value) -> Result<UpdateServiceParams> {
        let template = attrs.pointer("/Spec/TaskTemplate").unwrap_or(&Value::Null);
        let force_update = match self.force_update {
            Some(ForceUpdate::Again(true)) => {
                Some(template.get("ForceUpdate").and_then(Value::as_i64).unwrap_or_default() + 1)
            }
            Some(ForceUpdate::Counter(counter)) => Some(counter),
            Some(ForceUpdate::Again(false)) | None => None,
        };
        let image = template.pointer("/ContainerSpec/Image").and_then(Value::as_str).unwrap_or_default();
        let image = self.image.as_deref().or(self.service.container.image.as_deref()).unwrap_or(image);
        Ok(UpdateServiceParams {
            task_template: Some(self.service.task_template(image, force_update)?.into()),
            fetch_current_spec: self.fetch_current_spec,
            registry_auth_from: self.registry_auth_from.clone(),
            rollback: self.rollback.clone(),
            service: self.service.service.clone(),
            ..UpdateServiceParams::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::from_value;

    use super::*;
    use crate::api::services;
    use crate::request::Body;

    fn body(request: crate::request::Request) -> Value {
        let Body::Json(body) = request.body else { panic!("the body is no JSON") };
        body
    }

    fn attrs() -> Value {
        let container = json!({"Image": "old", "Args": ["x"], "Command": ["c"]});
        json!({"Spec": {"Name": "web", "TaskTemplate": {"ContainerSpec": container, "ForceUpdate": 2}}})
    }

    #[test]
    fn every_keyword_goes_to_its_part() {
        let params: ServiceCreateParams = from_value(json!({
            "command": "top -b", "args": ["x"], "constraints": ["a == b"], "maxreplicas": 1,
            "container_labels": {"in": "c"}, "labels": {"on": "s"}, "env": ["A=1"], "tty": true,
            "log_driver": "local", "mode": {"mode": "replicated", "replicas": 2}, "name": "web",
            "networks": ["net"], "resources": {"mem_limit": "1k"}, "restart_policy": {"condition": "any"},
            "endpoint_spec": {"ports": {"80": 8080}}, "update_config": {"order": "start-first"},
            "rollback_config": {"parallelism": 1}, "secrets": [{"secret_id": "1", "secret_name": "key"}],
        }))
        .unwrap();
        let request = services::create(&params.request("busybox").unwrap()).unwrap();
        assert_eq!(
            body(request),
            json!({
                "Name": "web",
                "Labels": {"on": "s"},
                "TaskTemplate": {
                    "ContainerSpec": {
                        "Image": "busybox", "Command": ["top", "-b"], "Args": ["x"], "Env": ["A=1"],
                        "Labels": {"in": "c"}, "TTY": true,
                        "Secrets": [{
                            "SecretName": "key", "SecretID": "1",
                            "File": {"Name": "key", "UID": "0", "GID": "0", "Mode": 0o444},
                        }],
                    },
                    "Resources": {"Limits": {"MemoryBytes": 1024}},
                    "RestartPolicy": {"Condition": "any", "Delay": 0, "MaxAttempts": 0, "Window": 0},
                    "Placement": {"Constraints": ["a == b"], "MaxReplicas": 1},
                    "LogDriver": {"Name": "local", "Options": {}},
                    "Networks": [{"Target": "net"}],
                },
                "Mode": {"replicated": {"Replicas": 2}},
                "UpdateConfig": {"Parallelism": 0, "FailureAction": "continue", "Order": "start-first"},
                "RollbackConfig": {"Parallelism": 1, "FailureAction": "continue"},
                "EndpointSpec": {"Ports": [{"Protocol": "tcp", "PublishedPort": 80, "TargetPort": 8080}]},
            })
        );
    }

    #[test]
    fn options_need_their_driver() {
        let params: ServiceCreateParams = from_value(json!({"log_driver_options": {"tag": "x"}})).unwrap();
        assert!(params.request("a").unwrap_err().to_string().contains("needs `log_driver`"));
    }

    #[test]
    fn an_update_keeps_the_image_and_counts() {
        let updated = |params: &ServiceUpdateParams| {
            let request = params.request(&attrs()).unwrap();
            body(services::update("1", 1, &request, attrs().get("Spec")).unwrap())["TaskTemplate"].take()
        };
        let template = updated(&ServiceUpdateParams::default().force_update(true));
        let container = json!({"Image": "old", "Args": ["x"], "Command": ["c"]});
        assert_eq!(template, json!({"ContainerSpec": container, "ForceUpdate": 3}));
        let counters: [(ForceUpdate, i64); 2] = [(9.into(), 9), (false.into(), 2)];
        for (force, counter) in counters {
            let template = updated(&ServiceUpdateParams::default().force_update(force));
            assert_eq!(template["ForceUpdate"], counter, "{force:?}");
        }
        let params: ServiceUpdateParams = from_value(json!({"image": "new", "args": ["y"]})).unwrap();
        let container = json!({"Image": "new", "Args": ["y"], "Command": ["c"]});
        assert_eq!(updated(&params)["ContainerSpec"], container);
        assert!(params.fetch_current_spec);
    }
}
