//! What the engine client can ask for.

use moondock_engine::api;

/// Prints method, path and first API version of every operation, one a line, sorted by path.
pub(crate) fn endpoints() {
    let mut lines: Vec<_> =
        api::endpoints().map(|endpoint| (endpoint.path, endpoint.method.as_str(), endpoint.since)).collect();
    lines.sort_unstable();
    for (path, method, since) in lines {
        println!("{method} {path} {since}");
    }
}
