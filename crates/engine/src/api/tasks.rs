//! The tasks of a swarm: what a service runs on a node.
//!
//! ```
//! # moondock_tests::example!(alone |client| {
//! use moondock_engine::api::tasks::{self, TaskListParams};
//! use moondock_engine::types::Filters;
//! # use moondock_engine::api::swarm;
//! # client.api().json(swarm::init(&swarm::InitSwarmParams::default().advertise_addr("127.0.0.1"))?).await?;
//!
//! let running = Filters::default().with("desired-state", "running");
//! let found = client.api().json(tasks::list(&TaskListParams::default().filters(running))).await?;
//! assert_eq!(found, serde_json::json!([]));
//! # });
//! ```

use super::services::{ServiceLogsParams, logged};
use crate::params;
use crate::request::{Request, endpoints};
use crate::types::Filters;

endpoints! {
    LIST = "TaskList" GET "/tasks";
    INSPECT = "TaskInspect" GET "/tasks/{id}";
    LOGS = "TaskLogs" GET "/tasks/{id}/logs";
}

params! {
    /// Which tasks to list.
    pub struct TaskListParams {
        /// Only those that match, for example `{service: "web", "desired-state": "running"}`; also `id`, `name`,
        /// `node`, `label`.
        filters: Option<Filters>,
    }
}

/// Lists a swarm's tasks (docker-py: `tasks`).
pub fn list(params: &TaskListParams) -> Request {
    super::filtered(Request::new(&LIST), params.filters.as_ref())
}

/// Asks for all about a task (docker-py: `inspect_task`).
pub fn inspect(id: &str) -> Request {
    Request::new(&INSPECT).path("id", id)
}

/// Asks for a task's logs. docker-py does not have it.
pub fn logs(id: &str, params: &ServiceLogsParams) -> Request {
    logged(Request::new(&LOGS).path("id", id), params)
}
