//! The multiplexed stream of `attach`, `logs` and `exec` without a terminal: frames of a type, three zeros, a 32-bit
//! big-endian length, and that many bytes.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes, BytesMut};
use futures_util::{Stream, StreamExt};

use super::ByteStream;
use crate::error::{Error, ErrorKind, Result};

/// Where a frame's bytes were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Standard output; also everything of a container with a terminal.
    Stdout,
    /// Standard error.
    Stderr,
}

/// Some bytes of one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Where they were written.
    pub channel: Channel,
    /// The bytes, never empty.
    pub data: Bytes,
}

const HEADER: usize = 8;
/// Frames up to this size are handed over whole; larger ones in pieces, so that memory stays bounded.
const WHOLE: usize = 64 * 1024;

/// Takes a byte stream apart into frames.
pub struct Frames {
    source: ByteStream,
    buffer: BytesMut,
    /// What is still to come of a frame that is handed over in pieces.
    rest: Option<(u8, usize)>,
    multiplexed: bool,
    ended: bool,
}

impl Frames {
    /// Reads a multiplexed stream.
    pub fn multiplexed(source: ByteStream) -> Self {
        Self { source, buffer: BytesMut::new(), rest: None, multiplexed: true, ended: false }
    }

    /// Reads a terminal's stream, which is all stdout.
    pub fn raw(source: ByteStream) -> Self {
        Self { multiplexed: false, ..Self::multiplexed(source) }
    }

    /// The bytes of all frames, whatever their channel.
    pub fn bytes(self) -> ByteStream {
        Box::pin(self.map(|frame| frame.map(|frame| frame.data)))
    }

    /// Reads to the end and gives what was written to standard output and to standard error, none where nothing was.
    ///
    /// # Errors
    ///
    /// The stream's first error.
    pub async fn apart(mut self) -> Result<(Option<Vec<u8>>, Option<Vec<u8>>)> {
        let (mut stdout, mut stderr) = (None, None);
        while let Some(frame) = self.next().await {
            let Frame { channel, data } = frame?;
            let target: &mut Option<Vec<u8>> = match channel {
                Channel::Stdout => &mut stdout,
                Channel::Stderr => &mut stderr,
            };
            target.get_or_insert_default().extend_from_slice(&data);
        }
        Ok((stdout, stderr))
    }

    /// The next frame that the buffer holds.
    fn buffered(&mut self) -> Result<Option<Frame>> {
        loop {
            let (kind, length) = if let Some(rest) = self.rest {
                rest
            } else {
                let Some(header) = self.buffer.first_chunk::<HEADER>() else { return Ok(None) };
                let [kind, 0, 0, 0, length @ ..] = *header else {
                    return Err(Error::new(
                        ErrorKind::StreamParseError,
                        format!("the engine's stream is not multiplexed: {header:02x?} is no frame's header"),
                    ));
                };
                let length = u32::from_be_bytes(length) as usize;
                if length <= WHOLE && self.buffer.len() < HEADER + length {
                    self.buffer.reserve(HEADER + length - self.buffer.len());
                    return Ok(None);
                }
                self.buffer.advance(HEADER);
                (kind, length)
            };
            let data = self.buffer.split_to(length.min(self.buffer.len())).freeze();
            let left = length - data.len();
            self.rest = (left > 0).then_some((kind, left));
            if data.is_empty() {
                if left > 0 {
                    return Ok(None);
                }
                continue;
            }
            let channel = match kind {
                0 | 1 => Channel::Stdout,
                2 => Channel::Stderr,
                3 => {
                    let words = String::from_utf8_lossy(&data).trim().to_owned();
                    return Err(Error::new(
                        ErrorKind::APIError,
                        format!("the engine broke off its stream: {words}"),
                    ));
                }
                _ => {
                    let words = format!("the engine's stream has a frame of the unknown type {kind}");
                    return Err(Error::new(ErrorKind::StreamParseError, words));
                }
            };
            return Ok(Some(Frame { channel, data }));
        }
    }

    fn cut_short(&self) -> Option<Error> {
        let missing =
            self.rest.map_or("a frame's header".to_owned(), |(_, left)| format!("{left} bytes of a frame"));
        (self.rest.is_some() || !self.buffer.is_empty()).then(|| {
            Error::new(
                ErrorKind::StreamParseError,
                format!("the engine's stream ended before {missing} had come"),
            )
        })
    }
}

impl Stream for Frames {
    type Item = Result<Frame>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if this.ended {
                return Poll::Ready(None);
            }
            if this.multiplexed {
                match this.buffered() {
                    Ok(None) => {}
                    Ok(Some(frame)) => return Poll::Ready(Some(Ok(frame))),
                    Err(error) => {
                        this.ended = true;
                        return Poll::Ready(Some(Err(error)));
                    }
                }
            }
            match ready!(this.source.poll_next_unpin(cx)) {
                Some(Ok(data)) if !this.multiplexed => {
                    return Poll::Ready(Some(Ok(Frame { channel: Channel::Stdout, data })));
                }
                Some(Ok(data)) => this.buffer.extend_from_slice(&data),
                Some(Err(error)) => {
                    this.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    this.ended = true;
                    return Poll::Ready(this.cut_short().map(Err));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::stream;
    use proptest::prelude::*;

    use super::*;

    fn frame(kind: u8, data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap();
        [&[kind, 0, 0, 0], &length.to_be_bytes()[..], data].concat()
    }

    fn read(chunks: Vec<Vec<u8>>) -> Vec<Result<Frame>> {
        let source: ByteStream =
            Box::pin(stream::iter(chunks.into_iter().map(|chunk| Ok(Bytes::from(chunk)))));
        futures_executor(Frames::multiplexed(source).collect())
    }

    fn futures_executor<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
    }

    #[test]
    fn an_empty_frame_is_no_end() {
        let wire = [frame(1, b"a"), frame(1, b""), frame(2, b"b")].concat();
        let frames: Vec<_> = read(vec![wire]).into_iter().map(Result::unwrap).collect();
        assert_eq!(frames.len(), 2);
        assert_eq!((frames[1].channel, &frames[1].data[..]), (Channel::Stderr, &b"b"[..]));
    }

    #[test]
    fn the_daemons_own_error_is_one() {
        let results = read(vec![[frame(1, b"a"), frame(3, b"log driver died\n")].concat()]);
        assert!(results[0].is_ok());
        let error = results[1].as_ref().unwrap_err();
        assert!(error.to_string().ends_with("log driver died"), "{error}");
    }

    #[test]
    fn an_end_inside_a_frame_is_an_error() {
        for (cut, words) in [(3, "header"), (10, "header")] {
            let wire = frame(1, b"hello")[..cut].to_vec();
            let error = read(vec![wire]).pop().unwrap().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::StreamParseError, "{words}");
        }
        let mut wire = frame(1, &vec![b'x'; WHOLE + 10]);
        wire.pop();
        let error = read(vec![wire]).pop().unwrap().unwrap_err();
        assert!(error.to_string().contains("1 bytes of a frame"), "{error}");
    }

    #[test]
    fn what_is_not_multiplexed_is_an_error() {
        let error = read(vec![b"plain text, no frames".to_vec()]).pop().unwrap().unwrap_err();
        assert!(error.to_string().contains("not multiplexed"), "{error}");
    }

    #[test]
    fn a_large_frame_comes_in_pieces() {
        let data = vec![b'x'; 10_000_000];
        let wire = frame(2, &data);
        let frames = read(wire.chunks(9000).map(<[u8]>::to_vec).collect());
        let sizes: Vec<_> = frames.iter().map(|frame| frame.as_ref().unwrap().data.len()).collect();
        assert_eq!(sizes.iter().sum::<usize>(), data.len());
        assert!(sizes.iter().all(|size| *size <= 9000));
    }

    proptest! {
        #[test]
        fn splits_do_not_matter(
            frames in prop::collection::vec((1u8..3, prop::collection::vec(any::<u8>(), 0..300)), 0..20),
            cuts in prop::collection::vec(1usize..50, 1..50),
        ) {
            let wire: Vec<u8> = frames.iter().flat_map(|(kind, data)| frame(*kind, data)).collect();
            let mut chunks = Vec::new();
            let mut rest = &wire[..];
            for cut in cuts.iter().cycle() {
                if rest.is_empty() { break; }
                let (head, tail) = rest.split_at((*cut).min(rest.len()));
                chunks.push(head.to_vec());
                rest = tail;
            }
            let read: Vec<_> = read(chunks).into_iter().map(|frame| frame.unwrap()).map(|frame| {
                (if frame.channel == Channel::Stdout { 1 } else { 2 }, frame.data.to_vec())
            }).collect();
            let expected: Vec<_> = frames.into_iter().filter(|(_, data)| !data.is_empty()).collect();
            prop_assert_eq!(read, expected);
        }
    }
}
