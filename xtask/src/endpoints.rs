//! What the engine client can ask for.

use std::io::Write;

use anyhow::Result;
use moondock_engine::api;

/// Prints method, path and first API version of every operation, one a line, sorted by path.
pub(crate) fn endpoints() -> Result<()> {
    let endpoints = api::endpoints();
    let mut lines: Vec<_> =
        endpoints.map(|endpoint| (endpoint.path, endpoint.method.as_str(), endpoint.since)).collect();
    lines.sort_unstable();
    let lines: Vec<_> =
        lines.iter().map(|(path, method, since)| format!("{method} {path} {since}\n")).collect();
    match std::io::stdout().write_all(lines.concat().as_bytes()) {
        // A pager that has seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => Ok(result?),
    }
}
