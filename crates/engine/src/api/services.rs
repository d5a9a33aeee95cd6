//! The services of a swarm.
//!
//! ```
//! # moondock_tests::example!(alone |client| {
//! use moondock_engine::api::services::{self, CreateServiceParams, ServiceListParams};
//! use moondock_engine::types::{ContainerSpec, ServiceMode, TaskTemplate};
//! # use moondock_engine::api::swarm;
//! # client.api().json(swarm::init(&swarm::InitSwarmParams::default().advertise_addr("127.0.0.1"))?).await?;
//!
//! let task = TaskTemplate::default().container_spec(ContainerSpec::default().image("busybox").command("top"));
//! let mode = ServiceMode::default().mode("replicated").replicas(2);
//! let params = CreateServiceParams::default().task_template(task).name("web").mode(mode);
//! client.api().json(services::create(&params)?).await?;
//! let found = client.api().json(services::list(&ServiceListParams::default())).await?;
//! assert_eq!(found[0]["Spec"]["Mode"]["Replicated"]["Replicas"], 2);
//! # });
//! ```

mod spec;

use super::system::timed;
use crate::params;
use crate::request::{Patience, Request, endpoints};
use crate::types::{Filters, Scalar, Timestamp};

pub use spec::{CreateServiceParams, ServiceOptions, UpdateServiceParams, create, update};

endpoints! {
    LIST = "ServiceList" GET "/services";
    CREATE = "ServiceCreate" POST "/services/create";
    INSPECT = "ServiceInspect" GET "/services/{id}";
    REMOVE = "ServiceDelete" DELETE "/services/{id}";
    UPDATE = "ServiceUpdate" POST "/services/{id}/update";
    LOGS = "ServiceLogs" GET "/services/{id}/logs";
}

params! {
    /// Which services to list.
    pub struct ServiceListParams {
        /// Only those that match, for example `{label: "a=b", mode: "replicated"}`; also `id`, `name`.
        filters: Option<Filters>,
        /// Also count each one's tasks, as `ServiceStatus`.
        status: Option<bool>,
    }
}

/// Lists a swarm's services (docker-py: `services`).
pub fn list(params: &ServiceListParams) -> Request {
    super::filtered(Request::new(&LIST), params.filters.as_ref()).query_opt("status", params.status)
}

params! {
    /// What to tell of a service.
    pub struct ServiceInspectParams {
        /// Also tell settings that were not given, with their defaults.
        insert_defaults: Option<bool>,
    }
}

/// Asks for all about a service (docker-py: `inspect_service`).
pub fn inspect(id: &str, params: &ServiceInspectParams) -> Request {
    Request::new(&INSPECT).path("id", id).query_opt("insertDefaults", params.insert_defaults)
}

/// Removes a service and its tasks (docker-py: `remove_service`).
pub fn remove(id: &str) -> Request {
    Request::new(&REMOVE).path("id", id)
}

params! {
    /// Which logs of a service or task to give.
    pub struct ServiceLogsParams {
        /// Put details of the task before each line.
        details: bool = false,
        /// Go on with what is written from now on.
        follow: bool = false,
        /// What was written to the standard output. This or `stderr` is needed.
        stdout: bool = false,
        /// What was written to the standard error.
        stderr: bool = false,
        /// Only what was written since this time: seconds since 1970, RFC 3339, or a duration before now such as `10m`.
        since: Option<Timestamp>,
        /// Put the time before each line.
        timestamps: bool = false,
        /// Only so many lines of the end; `all` for all.
        tail: Option<Scalar>,
        /// Whether the containers have a terminal; the engine is asked if this is left out.
        is_tty: Option<bool>,
    }
}

/// Asks for a service's logs (docker-py: `service_logs`).
pub fn logs(id: &str, params: &ServiceLogsParams) -> Request {
    logged(Request::new(&LOGS).path("id", id), params)
}

/// Says which logs are asked for.
pub(super) fn logged(request: Request, params: &ServiceLogsParams) -> Request {
    let request = request
        .query("details", params.details)
        .query("follow", params.follow)
        .query("stdout", params.stdout)
        .query("stderr", params.stderr)
        .query("timestamps", params.timestamps)
        .query("tail", params.tail.as_ref().map_or_else(|| "all".to_owned(), Scalar::to_string))
        .patience(Patience::Forever);
    timed(request, "since", Some(params.since.as_ref().unwrap_or(&Timestamp::Seconds(0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_for_logs_as_docker_py_does() {
        let target = |params: &ServiceLogsParams| logs("web", params).target().unwrap();
        assert_eq!(
            target(&ServiceLogsParams::default()),
            "/services/web/logs?details=false&follow=false&stdout=false&stderr=false&timestamps=false&tail=all&since=0"
        );
        let params = ServiceLogsParams::default().stdout(true).tail(5).since(7);
        let target = target(&params);
        assert!(target.contains("stdout=true") && target.ends_with("tail=5&since=7"), "{target}");
    }

    #[test]
    fn asks_for_what_is_given_only() {
        assert_eq!(list(&ServiceListParams::default()).target().unwrap(), "/services");
        let params = ServiceListParams::default().filters(Filters::default().with("name", "a")).status(true);
        let expected = "/services?filters=%7B%22name%22%3A%5B%22a%22%5D%7D&status=true";
        assert_eq!(list(&params).target().unwrap(), expected);
        assert_eq!(inspect("a", &ServiceInspectParams::default()).target().unwrap(), "/services/a");
        let params = ServiceInspectParams::default().insert_defaults(true);
        assert_eq!(inspect("a", &params).target().unwrap(), "/services/a?insertDefaults=true");
    }
}
