//! The nodes of a swarm.
//!
//! ```
//! # moondock_tests::example!(alone |client| {
//! use moondock_engine::api::nodes::{self, NodeListParams};
//! use moondock_engine::types::Filters;
//! # use moondock_engine::api::swarm;
//! # client.api().json(swarm::init(&swarm::InitSwarmParams::default().advertise_addr("127.0.0.1"))?).await?;
//!
//! let managers = NodeListParams::default().filters(Filters::default().with("role", "manager"));
//! let found = client.api().json(nodes::list(&managers)).await?;
//! let id = found[0]["ID"].as_str().unwrap_or_default();
//! let node = client.api().json(nodes::inspect(id)).await?;
//! assert_eq!(node["ManagerStatus"]["Leader"], true);
//! # });
//! ```

use serde_json::{Map, Value};

use crate::params;
use crate::request::{Request, endpoints};
use crate::types::Filters;

endpoints! {
    LIST = "NodeList" GET "/nodes";
    INSPECT = "NodeInspect" GET "/nodes/{id}";
    REMOVE = "NodeDelete" DELETE "/nodes/{id}";
    UPDATE = "NodeUpdate" POST "/nodes/{id}/update";
}

params! {
    /// Which nodes to list.
    pub struct NodeListParams {
        /// Only those that match, for example `{role: "manager"}`; also `id`, `name`, `membership`, `label`,
        /// `node.label`.
        filters: Option<Filters>,
    }
}

/// Lists a swarm's nodes (docker-py: `nodes`).
pub fn list(params: &NodeListParams) -> Request {
    super::filtered(Request::new(&LIST), params.filters.as_ref())
}

/// Asks for all about a node (docker-py: `inspect_node`).
pub fn inspect(id: &str) -> Request {
    Request::new(&INSPECT).path("id", id)
}

params! {
    /// How to remove a node.
    pub struct NodeRemoveParams {
        /// Remove it even if it is active.
        force: bool = false,
    }
}

/// Removes a node from its swarm (docker-py: `remove_node`).
pub fn remove(id: &str, params: &NodeRemoveParams) -> Request {
    Request::new(&REMOVE).path("id", id).query("force", params.force)
}

/// Sets a node to a specification, `{Name, Labels, Role, Availability}`; what is left out is unset (docker-py:
/// `update_node`). The version is the node's that is changed: its `Version.Index`.
pub fn update(id: &str, version: u64, spec: Option<&Map<String, Value>>) -> Request {
    let spec = Value::Object(spec.cloned().unwrap_or_default());
    Request::new(&UPDATE).path("id", id).query("version", version).json(spec)
}
