//! Tar archives that the engine makes while it sends them.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::{Stream, StreamExt};
use serde_json::{Map, Value};

use super::ByteStream;
use crate::error::{Error, ErrorKind, Result};

/// How much of an archive's end is kept: far more than the engine's words for what went wrong.
const TAIL: usize = 8 << 10;

/// An archive as it comes. An engine that fails when the archive has begun can only write its error behind what it has
/// sent, as JSON: that is the stream's own error, after the bytes. An archive that is whole ends in zeros, so nothing
/// inside of one is taken for an error.
pub(crate) fn archive(source: ByteStream) -> ByteStream {
    Box::pin(Archive { source, tail: Vec::new(), ended: false })
}

struct Archive {
    source: ByteStream,
    tail: Vec<u8>,
    ended: bool,
}

impl Archive {
    fn keep(&mut self, piece: &[u8]) {
        let piece = &piece[piece.len().saturating_sub(TAIL)..];
        let over = (self.tail.len() + piece.len()).saturating_sub(TAIL);
        self.tail.drain(..over);
        self.tail.extend_from_slice(piece);
    }
}

impl Stream for Archive {
    type Item = Result<bytes::Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let item = ready!(self.source.poll_next_unpin(cx));
        if let Some(Ok(piece)) = &item {
            self.keep(piece);
            return Poll::Ready(item);
        }
        self.ended = true;
        let broken =
            |words| Error::new(ErrorKind::APIError, format!("the engine broke off the archive: {words}"));
        Poll::Ready(item.or_else(|| words(&self.tail).map(|words| Err(broken(words)))))
    }
}

/// What an engine says at the end of what it sent: `{"errorDetail": {"message": ...}}` and a line's end where it saves
/// images, `{"message": ...}` and a line's end else.
fn words(tail: &[u8]) -> Option<String> {
    let text = tail.strip_suffix(b"}\r\n").or_else(|| tail.strip_suffix(b"}\n"))?;
    let text = &tail[..=text.len()];
    let starts = text.windows(2).enumerate().filter(|(_, pair)| pair == b"{\"").map(|(start, _)| start);
    let mut objects =
        starts.filter_map(|start| serde_json::from_slice::<Map<String, Value>>(&text[start..]).ok());
    let said = |object: Map<String, Value>| {
        let detail = object.get("errorDetail").and_then(|detail| detail.get("message"));
        let said = detail.or_else(|| object.get("error")).or_else(|| object.get("message"))?;
        said.as_str().map(str::to_owned)
    };
    objects.next().and_then(said)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use futures_util::stream;
    use proptest::prelude::*;

    use super::*;

    const SAVING: &str =
        "{\"errorDetail\":{\"message\":\"no \\\"space\\\" left\"},\"error\":\"no \\\"space\\\" left\"}\r\n";
    const EXPORTING: &str = "{\"message\":\"no \\\"space\\\" left\"}\n";

    /// An archive of one file.
    fn tar(content: &[u8]) -> Vec<u8> {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_cksum();
        let mut archive = tar::Builder::new(Vec::new());
        archive.append_data(&mut header, "a", content).unwrap();
        archive.into_inner().unwrap()
    }

    /// What comes of an archive in pieces of a size: its bytes, and its error.
    fn read(wire: &[u8], size: usize) -> (Vec<u8>, Option<Error>) {
        let pieces: Vec<_> = wire.chunks(size).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        let items: Vec<_> = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap()
            .block_on(archive(Box::pin(stream::iter(pieces))).collect());
        let (mut bytes, mut error) = (Vec::new(), None);
        for item in items {
            assert!(error.is_none(), "an error is the end");
            match item {
                Ok(piece) => bytes.extend_from_slice(&piece),
                Err(found) => error = Some(found),
            }
        }
        (bytes, error)
    }

    #[test]
    fn the_engines_words_are_the_error() {
        let whole = tar(b"content");
        for words in [SAVING, EXPORTING] {
            // Inside a file, at a block's end, behind the archive, and instead of it.
            for begun in [517, 1024, whole.len(), 0] {
                let wire = [&whole[..begun], words.as_bytes()].concat();
                for size in [1, 7, 512, wire.len()] {
                    let (bytes, error) = read(&wire, size);
                    let error = error.unwrap_or_else(|| panic!("no error at {begun} in pieces of {size}"));
                    assert_eq!(bytes, wire);
                    assert_eq!(error.kind(), ErrorKind::APIError);
                    assert_eq!(error.to_string(), r#"the engine broke off the archive: no "space" left"#);
                }
            }
        }
    }

    #[test]
    fn an_end_without_words_is_left_to_who_reads_the_archive() {
        let whole = tar(b"content");
        for wire in [&whole[..600], &whole[..1024], b"", b"}\n", b"{\"a\":1}\n", b"{\"error\":1}\r\n"] {
            assert!(read(wire, 100).1.is_none(), "{}", String::from_utf8_lossy(wire));
        }
    }

    #[test]
    fn words_that_are_too_long_do_no_harm() {
        let words = format!("{{\"message\":\"{}\"}}\n", "x".repeat(2 * TAIL));
        assert!(read(words.as_bytes(), 1000).1.is_none());
    }

    proptest! {
        #[test]
        fn what_files_hold_is_no_error(
            content in prop::collection::vec(any::<u8>(), 0..2000), size in 1usize..3000, filled: bool,
        ) {
            let mut content = [&content[..], EXPORTING.as_bytes(), SAVING.as_bytes()].concat();
            if filled {
                // No padding behind the content.
                let pad = content.len().next_multiple_of(512) - content.len();
                content.splice(..0, vec![b' '; pad]);
            }
            let wire = tar(&content);
            let (bytes, error) = read(&wire, size);
            prop_assert!(error.is_none());
            prop_assert_eq!(bytes, wire);
        }

        #[test]
        fn any_end_is_read(wire in prop::collection::vec(any::<u8>(), 0..600), size in 1usize..100) {
            let wire = [&wire[..], b"}\n"].concat();
            prop_assert_eq!(read(&wire, size).0, wire);
        }
    }
}
