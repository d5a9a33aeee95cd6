//! The Engine API's operations, one file a resource: endpoints, and functions that make requests of them.
//!
//! A function does no IO; a [`Client`](crate::Client) carries its request out. Names and parameters are those of
//! docker-py's `APIClient`.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::api::containers::{self, ContainerListParams};
//!
//! let request = containers::list(&ContainerListParams::default().all(true));
//! assert_eq!(request.line(), "GET /containers/json");
//! assert!(client.api().json(request).await?.is_array());
//! # });
//! ```
//!
#![doc = include_str!("../docs/operations.md")]

pub mod build_cache;
pub mod configs;
pub mod containers;
pub mod exec;
pub mod images;
pub mod networks;
mod newer;
pub mod nodes;
pub mod plugins;
pub mod registry;
pub mod secrets;
pub mod services;
pub mod session;
mod stored;
pub mod swarm;
pub mod system;
pub mod tasks;
pub mod volumes;

use crate::request::{Endpoint, Request};
use crate::types::Filters;

/// Every operation that this client has, resource by resource.
pub fn endpoints() -> impl Iterator<Item = &'static Endpoint> {
    [
        system::ENDPOINTS,
        containers::ENDPOINTS,
        exec::ENDPOINTS,
        images::ENDPOINTS,
        build_cache::ENDPOINTS,
        networks::ENDPOINTS,
        volumes::ENDPOINTS,
        plugins::ENDPOINTS,
        registry::ENDPOINTS,
        session::ENDPOINTS,
        swarm::ENDPOINTS,
        nodes::ENDPOINTS,
        services::ENDPOINTS,
        tasks::ENDPOINTS,
        secrets::ENDPOINTS,
        configs::ENDPOINTS,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// Adds filters to a request's query, if there are any.
fn filtered(request: Request, filters: Option<&Filters>) -> Request {
    request.query_opt("filters", filters.filter(|filters| !filters.0.is_empty()).map(Filters::to_query))
}
