//! Creating and updating a service: docker-py's keywords and the engine's specification.

use serde_json::{Map, Value, json};

use super::{CREATE, UPDATE};
use crate::api::newer::{Newer, items, mounts_need, needs, version};
use crate::error::Result;
use crate::models::{ServiceCreateParams, ServiceUpdateParams};
use crate::params;
use crate::request::Request;
use crate::types::{
    EndpointSpec, NetworkAttachmentConfig, Pairs, Part, RollbackConfig, ServiceMode, TaskTemplate,
    UpdateConfig, invalid, wire, wires,
};

params! {
    /// What a service is beside its tasks.
    pub struct ServiceOptions as service_setters {
        /// Its name, which engines do not let change.
        name: Option<String>,
        /// Its labels, as a map or as a list of names.
        labels: Option<Pairs>,
        /// How many tasks it has: a mode, or the name of one.
        mode: Option<Part<ServiceMode>>,
        /// How its tasks are replaced when it is updated.
        update_config: Option<Part<UpdateConfig>>,
        /// The networks to attach to: names, or how to attach.
        networks: Option<Vec<Part<NetworkAttachmentConfig>>>,
        /// How it is reached.
        endpoint_spec: Option<Part<EndpointSpec>>,
        /// How its tasks are replaced when an update is taken back.
        rollback_config: Option<Part<RollbackConfig>>,
        /// Credentials for the image's registry: `username` and `password`, or `identitytoken`.
        auth_config: Option<Map<String, Value>>,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

params! {
    /// How to create a service (docker-py: `create_service`).
    pub struct CreateServiceParams in [
        task_template, name, labels, mode, update_config, networks, endpoint_config, endpoint_spec, rollback_config,
    ] {
        /// What its tasks are like.
        task_template: Option<Part<TaskTemplate>> => required,
        /// Ignored; docker-py has it.
        endpoint_config: Option<Value>;
        /// The rest.
        ..service: ServiceOptions,
    }
}

params! {
    /// How to update a service (docker-py: `update_service`).
    pub struct UpdateServiceParams in [
        task_template, name, labels, mode, update_config, networks, endpoint_config, endpoint_spec,
        fetch_current_spec, rollback_config,
    ] {
        /// What its tasks are like.
        task_template: Option<Part<TaskTemplate>>,
        /// Ignored; docker-py has it.
        endpoint_config: Option<Value>,
        /// Keep what is left out as it is; else it is unset.
        fetch_current_spec: bool = false,
        /// Where credentials come from if none are given: `spec` or `previous-spec`. docker-py does not have it.
        registry_auth_from: Option<String>,
        /// `previous` goes back to the specification before the last update. docker-py does not have it.
        rollback: Option<String>;
        /// The rest.
        ..service: ServiceOptions,
    }
}

service_setters!(CreateServiceParams, service);
service_setters!(UpdateServiceParams, service);
service_setters!(ServiceCreateParams, service);
service_setters!(ServiceUpdateParams, service);

/// Options of a task template that later versions brought.
const NEWER: [Newer; 7] = [
    ("/ContainerSpec/Healthcheck/StartInterval", "healthcheck.start_interval", version(44)),
    ("/ContainerSpec/OomScoreAdj", "oom_score_adj", version(46)),
    ("/ContainerSpec/Privileges/AppArmor", "apparmor", version(44)),
    ("/ContainerSpec/Privileges/NoNewPrivileges", "no_new_privileges", version(44)),
    ("/ContainerSpec/Privileges/Seccomp", "seccomp", version(44)),
    ("/Resources/MemorySwappiness", "mem_swappiness", version(52)),
    ("/Resources/SwapBytes", "swap_bytes", version(52)),
];

/// Says on a request what a task template needs, and what the template among further fields does. What the engine
/// itself has given as its current specification, it knows.
fn templates_need(mut request: Request, template: &Value, extra: Option<&Map<String, Value>>) -> Request {
    for template in [Some(template), extra.and_then(|extra| extra.get("TaskTemplate"))].into_iter().flatten()
    {
        needs(&mut request.needs, template, &NEWER);
        mounts_need(&mut request.needs, items(template, "/ContainerSpec/Mounts"));
    }
    request
}

/// The body of what is given. Null is what is not.
fn body(template: Option<&Part<TaskTemplate>>, service: &ServiceOptions) -> Result<Value> {
    Ok(json!({
        "Name": service.name,
        "Labels": service.labels.as_ref().map(Pairs::labels),
        "TaskTemplate": wire(template)?,
        "Mode": wire(service.mode.as_ref())?,
        "EndpointSpec": wire(service.endpoint_spec.as_ref())?,
        "UpdateConfig": wire(service.update_config.as_ref())?,
        "RollbackConfig": wire(service.rollback_config.as_ref())?,
    }))
}

/// Creates a service.
///
/// # Errors
///
/// When an argument has a wrong form, or the image is missing.
pub fn create(params: &CreateServiceParams) -> Result<Request> {
    let service = &params.service;
    let mut body = body(params.task_template.as_ref(), service)?;
    let template = body.get("TaskTemplate").unwrap_or(&Value::Null);
    let is_plugin = template.get("Runtime").is_some_and(|runtime| runtime == "plugin");
    if template.pointer("/ContainerSpec/Image").is_none_or(Value::is_null) && !is_plugin {
        return Err(invalid("a service needs `image` in the `container_spec` of its `task_template`"));
    }
    // docker-py sends the networks beside the template, where engines have not looked for them since API 1.44.
    let networks = wires(service.networks.as_ref())?;
    if let Some(networks) = networks.filter(|_| template.get("Networks").is_none()) {
        body["TaskTemplate"]["Networks"] = networks;
    }
    let extra = service.extra.as_ref();
    let request = templates_need(Request::new(&CREATE), &body["TaskTemplate"], extra);
    Ok(request.json(body).extra(extra).registry_auth(service.auth_config.as_ref()))
}

/// Updates a service. The version is the service's that is changed: its `Version.Index`. What is left out is as in
/// `current`, the service's specification with the defaults inserted, or unset without it.
///
/// # Errors
///
/// When an argument has a wrong form.
pub fn update(
    id: &str,
    version: u64,
    params: &UpdateServiceParams,
    current: Option<&Value>,
) -> Result<Request> {
    let service = &params.service;
    let mut body = body(params.task_template.as_ref(), service)?;
    let now = |name: &str| current.and_then(|current| current.get(name)).cloned().unwrap_or_default();
    for name in ["Name", "Labels", "Mode", "EndpointSpec", "UpdateConfig", "RollbackConfig"] {
        // A job has no update configuration, and one that was inserted as a default would be refused.
        let refused = name == "UpdateConfig" && is_job(&body["Mode"]);
        if body[name].is_null() && !refused {
            body[name] = now(name);
        }
    }
    let extra = service.extra.as_ref();
    let request = templates_need(Request::new(&UPDATE), &body["TaskTemplate"], extra);
    let mut template = merged(now("TaskTemplate"), body["TaskTemplate"].take());
    if let Some(networks) = wires(service.networks.as_ref())? {
        template.insert("Networks".to_owned(), networks);
    } else if template.get("Networks").is_none_or(Value::is_null) && !now("Networks").is_null() {
        template.insert("Networks".to_owned(), now("Networks"));
    }
    body["TaskTemplate"] = Value::Object(template);
    let request = request
        .path("id", id)
        .query("version", version)
        .query_opt("registryAuthFrom", params.registry_auth_from.as_deref())
        .query_opt("rollback", params.rollback.as_deref())
        .json(body)
        .extra(extra);
    Ok(request.registry_auth(service.auth_config.as_ref()))
}

fn is_job(mode: &Value) -> bool {
    mode.get("ReplicatedJob").or_else(|| mode.get("GlobalJob")).is_some()
}

/// A task template with what is given in place of what it has (docker-py: `_merge_task_template`). Of the container's
/// specification single fields are replaced, everything else as a whole.
fn merged(current: Value, given: Value) -> Map<String, Value> {
    let object = |value| if let Value::Object(map) = value { map } else { Map::new() };
    let mut template = object(current);
    for (name, value) in object(given).into_iter().filter(|(_, value)| !value.is_null()) {
        if name == "ContainerSpec" {
            let mut container = object(template.remove("ContainerSpec").unwrap_or_default());
            container.extend(object(value).into_iter().filter(|(_, value)| !value.is_null()));
            template.insert(name, Value::Object(container));
        } else {
            template.insert(name, value);
        }
    }
    template
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::newer::checks_all;
    use crate::params::{ParamList, Params};
    use crate::types::{ContainerSpec, Mount, Placement, Privileges, Resources};

    fn task(image: &str) -> TaskTemplate {
        TaskTemplate::default().container_spec(ContainerSpec::default().image(image))
    }

    #[test]
    fn positions_are_docker_pys() {
        let names = |list: ParamList| list.all().iter().map(|param| param.name).collect::<Vec<_>>();
        let first = ["task_template", "name", "labels", "mode", "update_config", "networks"];
        let created = names(CreateServiceParams::LIST);
        assert_eq!(created[..6], first);
        assert_eq!(created[6..9], ["endpoint_config", "endpoint_spec", "rollback_config"]);
        let updated = names(UpdateServiceParams::LIST);
        assert_eq!(updated[..6], first);
        let behind = ["endpoint_config", "endpoint_spec", "fetch_current_spec", "rollback_config"];
        assert_eq!(updated[6..10], behind);
    }

    #[test]
    fn creates_as_docker_py_does() {
        let params = CreateServiceParams::default()
            .task_template(task("busybox"))
            .name("web")
            .mode("global")
            .update_config(UpdateConfig::default())
            .networks(vec![Part::from("net")]);
        assert_eq!(
            create(&params).unwrap().shown(),
            (
                "POST /services/create".to_owned(),
                json!({
                    "Name": "web",
                    "TaskTemplate": {
                        "ContainerSpec": {"Image": "busybox", "Command": null, "Args": null},
                        "Networks": [{"Target": "net"}],
                    },
                    "Mode": {"global": {}},
                    "UpdateConfig": {"Parallelism": 0, "FailureAction": "continue"},
                })
            )
        );
    }

    #[test]
    fn credentials_are_a_header() {
        let auth = json!({"username": "me", "password": "p"});
        let params = CreateServiceParams::default()
            .task_template(task("host:5000/app"))
            .auth_config(auth.as_object().unwrap().clone());
        assert!(create(&params).unwrap().headers.contains_key("x-registry-auth"));
    }

    #[test]
    fn an_image_is_needed_unless_a_plugin_is_installed() {
        let error =
            create(&CreateServiceParams::default().task_template(TaskTemplate::default())).err().unwrap();
        assert!(error.to_string().contains("`image`"), "{error}");
        let plugin = TaskTemplate::default().runtime("plugin").plugin_spec(Map::new());
        assert!(create(&CreateServiceParams::default().task_template(plugin)).is_ok());
    }

    #[test]
    fn newer_options_are_told_however_they_are_given() {
        let check = json!({"start_interval": 1});
        let container = ContainerSpec::default()
            .image("a")
            .oom_score_adj(1)
            .mounts(vec![Mount::image("b", "/b").into()])
            .healthcheck(check.as_object().unwrap().clone())
            .privileges(Privileges::default().no_new_privileges(true));
        let raw = json!({"SwapBytes": 1});
        let task = TaskTemplate::default()
            .container_spec(container)
            .resources(Part::Raw(raw.as_object().unwrap().clone()));
        let mut needs = create(&CreateServiceParams::default().task_template(task.clone())).unwrap().needs;
        needs.sort();
        let expected = [
            ("healthcheck.start_interval", version(44)),
            ("mounts.type: image", version(48)),
            ("no_new_privileges", version(44)),
            ("oom_score_adj", version(46)),
            ("swap_bytes", version(52)),
        ];
        assert_eq!(needs, expected);
        let updated = update("1", 1, &UpdateServiceParams::default().task_template(task), None).unwrap();
        assert_eq!(updated.needs.len(), expected.len());
        let current = json!({"TaskTemplate": {"Resources": raw}});
        let updated = update("1", 1, &UpdateServiceParams::default(), Some(&current)).unwrap();
        assert_eq!(updated.needs, []);

        let mounts = json!([{"Type": "image"}]);
        let extra = json!({"TaskTemplate": {"ContainerSpec": {"Mounts": mounts}, "Resources": raw}});
        let extra = extra.as_object().unwrap();
        let template = TaskTemplate::default().container_spec(ContainerSpec::default().image("a"));
        let params = CreateServiceParams::default().task_template(template).extra(extra.clone());
        let expected = [("swap_bytes", version(52)), ("mounts.type: image", version(48))];
        assert_eq!(create(&params).unwrap().needs, expected);
        let params = UpdateServiceParams::default().extra(extra.clone());
        assert_eq!(update("1", 1, &params, Some(&current)).unwrap().needs, expected);
    }

    #[test]
    fn every_newer_parameter_is_checked() {
        checks_all(&NEWER, &[ContainerSpec::LIST, Privileges::LIST, Resources::LIST]);
    }

    fn current() -> Value {
        json!({
            "Name": "web",
            "Labels": {"a": "b"},
            "Mode": {"Replicated": {"Replicas": 2}},
            "TaskTemplate": {
                "ContainerSpec": {"Image": "old", "Args": ["x"], "TTY": true},
                "Placement": {"Constraints": ["a == b"], "MaxReplicas": 1},
                "ForceUpdate": 3,
            },
            "Networks": [{"Target": "n"}],
            "EndpointSpec": {"Mode": "vip"},
        })
    }

    #[test]
    fn an_update_keeps_what_it_does_not_name() {
        let template = task("new").placement(Placement::default().maxreplicas(5));
        let params = UpdateServiceParams::default().task_template(template).labels([("c", "d")]);
        let request = update("1", 4, &params, Some(&current())).unwrap();
        assert_eq!(
            request.shown(),
            (
                "POST /services/1/update?version=4".to_owned(),
                json!({
                    "Name": "web",
                    "Labels": {"c": "d"},
                    "Mode": {"Replicated": {"Replicas": 2}},
                    "TaskTemplate": {
                        "ContainerSpec": {"Image": "new", "Args": ["x"], "TTY": true},
                        "Placement": {"MaxReplicas": 5},
                        "ForceUpdate": 3,
                        "Networks": [{"Target": "n"}],
                    },
                    "EndpointSpec": {"Mode": "vip"},
                })
            )
        );
    }

    #[test]
    fn a_job_has_no_update_configuration() {
        let defaults = json!({"Parallelism": 1});
        let mut current = current();
        current["UpdateConfig"] = defaults.clone();
        let kept = |current: &Value| {
            let params = UpdateServiceParams::default();
            update("1", 4, &params, Some(current)).unwrap().shown().1.get("UpdateConfig").cloned()
        };
        assert_eq!(kept(&current), Some(defaults));
        current["Mode"] = json!({"ReplicatedJob": {}});
        assert_eq!(kept(&current), None);
    }

    #[test]
    fn networks_that_are_given_replace_others() {
        let params = UpdateServiceParams::default().networks(vec![]).rollback("previous");
        let (target, body) = update("1", 4, &params, Some(&current())).unwrap().shown();
        assert_eq!(target, "POST /services/1/update?version=4&rollback=previous");
        assert_eq!(body["TaskTemplate"]["Networks"], json!([]));
    }

    #[test]
    fn an_update_without_the_current_specification_unsets() {
        let params = UpdateServiceParams::default().task_template(task("new"));
        let (_, body) = update("1", 4, &params, None).unwrap().shown();
        assert_eq!(body, json!({"TaskTemplate": {"ContainerSpec": {"Image": "new"}}}));
    }
}
