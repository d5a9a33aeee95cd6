//! Placeholder root while the crate is laid.
