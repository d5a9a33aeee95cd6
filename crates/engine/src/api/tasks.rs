//! The tasks of a swarm: what a service runs on a node.
//!
//! ```
//! use moondock_engine::api::tasks::{self, TaskListParams};
//! use moondock_engine::types::Filters;
//!
//! let running = Filters::default().with("service", "web").with("desired-state", "running");
//! assert_eq!(tasks::list(&TaskListParams::default().filters(running)).line(), "GET /tasks");
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
