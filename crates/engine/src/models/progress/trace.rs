//! What BuildKit tells of a build: its `StatusResponse`, of which the engine sends one in each record.
//!
//! Text is read as bytes: the names of steps come from Dockerfiles, and one that is no UTF-8 must not spoil the rest.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use prost::Message;

/// The `id` of the records that have one.
pub(super) const ID: &str = "moby.buildkit.trace";

/// Reads the base64 of a record's `aux`, if it is what it should be.
pub(super) fn decode(aux: &str) -> Option<Status> {
    Status::decode(STANDARD.decode(aux).ok()?.as_slice()).ok()
}

#[derive(Message)]
pub(super) struct Status {
    #[prost(message, repeated, tag = "1")]
    pub(super) vertexes: Vec<Vertex>,
    #[prost(message, repeated, tag = "2")]
    pub(super) statuses: Vec<VertexStatus>,
    #[prost(message, repeated, tag = "3")]
    pub(super) logs: Vec<VertexLog>,
    #[prost(message, repeated, tag = "4")]
    pub(super) warnings: Vec<VertexWarning>,
}

/// A step of the build. It is sent anew whenever something of it changes.
#[derive(Message)]
pub(super) struct Vertex {
    #[prost(bytes = "vec", tag = "1")]
    pub(super) digest: Vec<u8>,
    #[prost(bytes = "vec", tag = "3")]
    pub(super) name: Vec<u8>,
    #[prost(bool, tag = "4")]
    pub(super) cached: bool,
    #[prost(message, optional, tag = "5")]
    pub(super) started: Option<Timestamp>,
    #[prost(message, optional, tag = "6")]
    pub(super) completed: Option<Timestamp>,
    #[prost(bytes = "vec", tag = "7")]
    pub(super) error: Vec<u8>,
}

/// How far a part of a step is, such as the download of a layer.
#[derive(Message)]
pub(super) struct VertexStatus {
    #[prost(bytes = "vec", tag = "1")]
    pub(super) id: Vec<u8>,
    #[prost(bytes = "vec", tag = "2")]
    pub(super) vertex: Vec<u8>,
    #[prost(int64, tag = "4")]
    pub(super) current: i64,
    #[prost(int64, tag = "5")]
    pub(super) total: i64,
    #[prost(message, optional, tag = "7")]
    pub(super) started: Option<Timestamp>,
    #[prost(message, optional, tag = "8")]
    pub(super) completed: Option<Timestamp>,
}

/// A piece of what a step writes, which need not end where a line does.
#[derive(Message)]
pub(super) struct VertexLog {
    #[prost(bytes = "vec", tag = "1")]
    pub(super) vertex: Vec<u8>,
    #[prost(message, optional, tag = "2")]
    pub(super) timestamp: Option<Timestamp>,
    #[prost(int64, tag = "3")]
    pub(super) stream: i64,
    #[prost(bytes = "vec", tag = "4")]
    pub(super) message: Vec<u8>,
}

/// What the builder thinks of the Dockerfile.
#[derive(Message)]
pub(super) struct VertexWarning {
    #[prost(bytes = "vec", tag = "1")]
    pub(super) vertex: Vec<u8>,
    #[prost(bytes = "vec", tag = "3")]
    pub(super) short: Vec<u8>,
}

/// A point in time.
#[derive(Clone, Copy, PartialEq, Eq, Message)]
pub(super) struct Timestamp {
    #[prost(int64, tag = "1")]
    pub(super) seconds: i64,
    #[prost(int32, tag = "2")]
    pub(super) nanos: i32,
}

impl Timestamp {
    /// The milliseconds from another point to this one, none if that one is later.
    pub(super) fn milliseconds_since(self, start: Self) -> i128 {
        let nanoseconds = |time: Self| i128::from(time.seconds) * 1_000_000_000 + i128::from(time.nanos);
        (nanoseconds(self) - nanoseconds(start)).max(0) / 1_000_000
    }
}
