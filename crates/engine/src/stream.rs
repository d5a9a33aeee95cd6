//! Streams that the engine sends: bytes, frames, lines, JSON values, and two-way connections.

mod frames;
mod hijacked;
mod json_lines;
mod lines;

use std::pin::Pin;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};

use crate::error::Result;
pub use frames::{Channel, Frame, Frames};
pub use hijacked::Hijacked;
pub use json_lines::JsonLines;
pub use lines::Lines;

/// Bytes as they come. Dropping the stream ends the request behind it.
pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes>> + Send>>;

/// Reads a stream of bytes to its end.
///
/// # Errors
///
/// The stream's first error.
pub async fn collect(mut stream: impl Stream<Item = Result<Bytes>> + Unpin) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    while let Some(chunk) = stream.next().await {
        all.extend_from_slice(&chunk?);
    }
    Ok(all)
}

/// A stream of one piece.
pub fn once(bytes: impl Into<Bytes>) -> ByteStream {
    let bytes = bytes.into();
    Box::pin(futures_util::stream::once(async move { Ok(bytes) }))
}
