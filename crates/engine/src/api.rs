//! The Engine API's operations, one file a resource: endpoints, and functions that make requests of them.
//!
//! A function does no IO; a [`Client`](crate::Client) carries its request out. Names and parameters are those of
//! docker-py's `APIClient`.

pub mod build_cache;
pub mod containers;
pub mod exec;
pub mod images;
pub mod networks;
pub mod plugins;
pub mod registry;
pub mod session;
pub mod system;
pub mod volumes;

use crate::request::Endpoint;

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
    ]
    .into_iter()
    .flatten()
    .copied()
}
