//! Streams that the engine sends: bytes, frames, lines, JSON values, and two-way connections.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use futures_util::{StreamExt, TryStreamExt, stream};
//! use moondock_engine::models::{ContainerRemoveParams, CreateParams, LogsParams, WaitParams};
//! use moondock_engine::stream::{Channel, JsonLines, Lines};
//!
//! let params = CreateParams::default().command("sh -c 'echo out; echo err >&2'");
//! let container = client.containers().create("busybox", &params).await?;
//! container.start().await?;
//! container.wait(&WaitParams::default()).await?;
//! let frames: Vec<_> = container.logs(&LogsParams::default()).await?.try_collect().await?;
//! let errors: Vec<_> = frames.iter().filter(|frame| frame.channel == Channel::Stderr).collect();
//! assert_eq!((frames.len(), &errors[0].data[..]), (2, &b"err\n"[..]));
//! container.remove(&ContainerRemoveParams::default()).await?;
//!
//! // However the network cuts it.
//! let pieces = ["{\"a\": 1}\n{\"b", "\": 2}"].map(|piece| Ok(piece.into()));
//! let values: Vec<_> = JsonLines::new(stream::iter(pieces).boxed()).try_collect().await?;
//! assert_eq!(values[1]["b"], 2);
//! let lines: Vec<_> = Lines::new(moondock_engine::stream::once("a\r\nb")).try_collect().await?;
//! assert_eq!(lines, ["a", "b"]);
//! # });
//! ```

mod archive;
mod chunks;
mod frames;
mod hijacked;
mod json_lines;
mod lines;
mod web_socket;

use std::path::Path;
use std::pin::Pin;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use tokio_util::io::ReaderStream;

use crate::error::{Error, Result};
pub(crate) use archive::archive;
pub use chunks::chunks;
pub use frames::{Channel, Frame, Frames};
pub use hijacked::Hijacked;
pub use json_lines::JsonLines;
pub use lines::Lines;
pub(crate) use web_socket::WebSocket;

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

/// A stream whose pieces are no longer than a number of bytes.
pub(crate) fn at_most(stream: ByteStream, length: u64) -> ByteStream {
    let length = usize::try_from(length).unwrap_or(usize::MAX).max(1);
    Box::pin(futures_util::stream::unfold((stream, Bytes::new()), move |(mut stream, mut rest)| async move {
        if rest.is_empty() {
            rest = match stream.next().await? {
                Ok(piece) => piece,
                Err(error) => return Some((Err(error), (stream, rest))),
            };
        }
        let piece = rest.split_to(rest.len().min(length));
        Some((Ok(piece), (stream, rest)))
    }))
}

/// The bytes of a file.
///
/// # Errors
///
/// When the file cannot be opened.
pub(crate) async fn file(path: &Path) -> Result<ByteStream> {
    let file = tokio::fs::File::open(path).await.map_err(|error| Error::file(path, &error))?;
    let path = path.to_owned();
    let bytes = ReaderStream::with_capacity(file, 64 * 1024);
    Ok(Box::pin(bytes.map(move |piece| piece.map_err(|error| Error::file(&path, &error)))))
}

/// A stream of one piece.
pub fn once(bytes: impl Into<Bytes>) -> ByteStream {
    let bytes = bytes.into();
    Box::pin(futures_util::stream::once(async move { Ok(bytes) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn pieces_are_cut_and_nothing_is_lost() {
        let pieces = [&b"abcde"[..], b"", b"f"].map(|piece| Ok(Bytes::from_static(piece)));
        let cut = at_most(Box::pin(futures_util::stream::iter(pieces)), 2);
        let pieces: Vec<_> = cut.map(|piece| piece.unwrap()).collect().await;
        assert_eq!(pieces, ["ab", "cd", "e", "", "f"]);
    }
}
