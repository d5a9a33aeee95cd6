//! The traps of the wire: what an engine, or what stands between, may do to a client. A scripted server plays it, over
//! a unix socket and over TCP.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by a panic")]

mod archives;
mod buildkit;
mod connections;
mod deadlines;
mod foreground;
mod frames;
mod gate;
mod hijack;
mod lists;
mod output;
mod peer;
mod progress;
mod reply;
mod server;
mod sources;
mod statuses;
mod terminals;
mod uploads;
mod versions;
mod waits;
