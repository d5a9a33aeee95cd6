//! The multiplexed stream of `attach`, `logs` and `exec` without a terminal: frames of a type, three zeros, a 32-bit
//! big-endian length, and that many bytes.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes, BytesMut};
use futures_util::{Stream, StreamExt, stream};

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
    /// What has come and was not read yet.
    chunk: Bytes,
    /// The header at hand and how much of it has come.
    header: ([u8; HEADER], usize),
    /// The frame whose header has come.
    open: Option<Open>,
    /// The beginning of an open frame that is handed over whole.
    begun: BytesMut,
    multiplexed: bool,
    ended: bool,
}

/// A frame that has begun.
#[derive(Clone, Copy)]
struct Open {
    kind: u8,
    /// How much of it is still to come.
    left: usize,
    whole: bool,
}

impl Frames {
    /// Reads a multiplexed stream.
    pub fn multiplexed(source: ByteStream) -> Self {
        Self {
            source,
            chunk: Bytes::new(),
            header: ([0; HEADER], 0),
            open: None,
            begun: BytesMut::new(),
            multiplexed: true,
            ended: false,
        }
    }

    /// Reads a terminal's stream, which is all stdout.
    pub fn raw(source: ByteStream) -> Self {
        Self { multiplexed: false, ..Self::multiplexed(source) }
    }

    /// The bytes of all frames, whatever their channel; frames that came together are one piece.
    pub fn joined(mut self) -> ByteStream {
        let mut joined = BytesMut::new();
        let mut error = None;
        Box::pin(stream::poll_fn(move |cx| {
            if let Some(error) = error.take() {
                return Poll::Ready(Some(Err(error)));
            }
            let first = match ready!(self.poll_next_unpin(cx)) {
                Some(Ok(frame)) => frame.data,
                end => return Poll::Ready(end.map(|end| end.map(|frame| frame.data))),
            };
            if self.chunk.is_empty() {
                return Poll::Ready(Some(Ok(first)));
            }
            // As large as it can get, and the same memory again once nobody holds the last piece any more.
            joined.reserve(first.len() + self.chunk.len());
            joined.extend_from_slice(&first);
            self.append_whole(&mut joined);
            loop {
                match self.here() {
                    Ok(Some(frame)) => joined.extend_from_slice(&frame.data),
                    Ok(None) => break,
                    Err(failed) => {
                        self.ended = true;
                        error = Some(failed);
                        break;
                    }
                }
            }
            Poll::Ready(Some(Ok(joined.split().freeze())))
        }))
    }

    /// Appends the frames that are here as a whole, up to the first that is anything out of the ordinary.
    fn append_whole(&mut self, joined: &mut BytesMut) {
        if self.open.is_some() || self.header.1 > 0 {
            return;
        }
        let mut rest = &self.chunk[..];
        while let Some(([0..=2, 0, 0, 0, length @ ..], behind)) = rest.split_first_chunk::<HEADER>() {
            let Some((data, behind)) = behind.split_at_checked(u32::from_be_bytes(*length) as usize) else {
                break;
            };
            joined.extend_from_slice(data);
            rest = behind;
        }
        self.chunk.advance(self.chunk.len() - rest.len());
    }

    /// The bytes of all frames, whatever their channel, a piece for each frame.
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

    /// The next frame of what is here.
    fn here(&mut self) -> Result<Option<Frame>> {
        loop {
            let Some(mut open) = self.open.take() else {
                self.open = self.header()?;
                if self.open.is_none() {
                    return Ok(None);
                }
                continue;
            };
            let mut data = self.chunk.split_to(open.left.min(self.chunk.len()));
            open.left -= data.len();
            self.open = (open.left > 0).then_some(open);
            if open.whole && (open.left > 0 || !self.begun.is_empty()) {
                self.begun.reserve(data.len() + open.left);
                self.begun.extend_from_slice(&data);
                data = if open.left > 0 { Bytes::new() } else { self.begun.split().freeze() };
            }
            if data.is_empty() && open.left > 0 {
                return Ok(None);
            }
            if !data.is_empty() {
                return frame(open.kind, data).map(Some);
            }
        }
    }

    /// The next frame's header, if all of it is here.
    fn header(&mut self) -> Result<Option<Open>> {
        let (header, got) = &mut self.header;
        let here = (HEADER - *got).min(self.chunk.len());
        header[*got..*got + here].copy_from_slice(&self.chunk[..here]);
        self.chunk.advance(here);
        *got = (*got + here) % HEADER;
        if *got > 0 || here == 0 {
            return Ok(None);
        }
        let [kind, 0, 0, 0, length @ ..] = *header else {
            return Err(Error::new(
                ErrorKind::StreamParseError,
                format!("the engine's stream is not multiplexed: {header:02x?} is no frame's header"),
            ));
        };
        let left = u32::from_be_bytes(length) as usize;
        Ok(Some(Open { kind, left, whole: left <= WHOLE }))
    }

    fn cut_short(&self) -> Option<Error> {
        let missing = match (self.open, self.header.1) {
            (Some(open), _) => format!("{} bytes of a frame", open.left),
            (None, 0) => return None,
            (None, _) => "a frame's header".to_owned(),
        };
        Some(Error::new(
            ErrorKind::StreamParseError,
            format!("the engine's stream ended before {missing} had come"),
        ))
    }
}

/// A frame of a type, or the error that it is.
fn frame(kind: u8, data: Bytes) -> Result<Frame> {
    let channel = match kind {
        0 | 1 => Channel::Stdout,
        2 => Channel::Stderr,
        3 => {
            let words = String::from_utf8_lossy(&data).trim().to_owned();
            return Err(Error::new(ErrorKind::APIError, format!("the engine broke off its stream: {words}")));
        }
        _ => {
            let words = format!("the engine's stream has a frame of the unknown type {kind}");
            return Err(Error::new(ErrorKind::StreamParseError, words));
        }
    };
    Ok(Frame { channel, data })
}

impl Stream for Frames {
    type Item = Result<Frame>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if this.ended {
                return Poll::Ready(None);
            }
            let here = if this.multiplexed { this.here().transpose() } else { None };
            let next = match here {
                Some(here) => Some(here),
                None => match ready!(this.source.poll_next_unpin(cx)) {
                    Some(Ok(data)) if this.multiplexed => {
                        this.chunk = data;
                        continue;
                    }
                    Some(piece) => Some(piece.map(|data| Frame { channel: Channel::Stdout, data })),
                    None => {
                        this.ended = true;
                        this.cut_short().map(Err)
                    }
                },
            };
            this.ended |= matches!(next, Some(Err(_)));
            return Poll::Ready(next);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn frame(kind: u8, data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap();
        [&[kind, 0, 0, 0], &length.to_be_bytes()[..], data].concat()
    }

    fn frames(chunks: Vec<Vec<u8>>) -> Frames {
        let chunks = chunks.into_iter().map(|chunk| Ok(Bytes::from(chunk)));
        Frames::multiplexed(Box::pin(stream::iter(chunks)))
    }

    fn read(chunks: Vec<Vec<u8>>) -> Vec<Result<Frame>> {
        futures_executor(frames(chunks).collect())
    }

    fn joined(chunks: Vec<Vec<u8>>) -> Vec<Result<Bytes>> {
        futures_executor(frames(chunks).joined().collect())
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

    #[test]
    fn what_came_together_is_joined_up_to_an_error() {
        let wire = [frame(1, b"a"), frame(2, b"b"), frame(3, b"broken"), frame(1, b"c")].concat();
        let pieces = joined(vec![frame(1, b"x"), wire]);
        let pieces: Vec<_> = pieces.iter().map(|piece| piece.as_ref().map(|piece| &piece[..]).ok()).collect();
        assert_eq!(pieces, [Some(&b"x"[..]), Some(b"ab"), None]);
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
            let whole: Vec<u8> = joined(chunks.clone()).into_iter().flat_map(Result::unwrap).collect();
            prop_assert_eq!(whole, frames.iter().flat_map(|(_, data)| data.clone()).collect::<Vec<_>>());
            let read: Vec<_> = read(chunks).into_iter().map(|frame| frame.unwrap()).map(|frame| {
                (if frame.channel == Channel::Stdout { 1 } else { 2 }, frame.data.to_vec())
            }).collect();
            let expected: Vec<_> = frames.into_iter().filter(|(_, data)| !data.is_empty()).collect();
            prop_assert_eq!(read, expected);
        }

        #[test]
        fn any_bytes_are_read_the_same_however_they_are_split(
            headers in prop::collection::vec((0u8..5, 0u8..10, 0usize..20), 0..8),
            noise in prop::collection::vec(any::<u8>(), 0..40), size in 1usize..30,
        ) {
            // Frames that are mostly good, cut short by noise.
            let frames = headers.into_iter().flat_map(|(kind, wrong, length)| {
                let mut wire = frame(kind, &noise[..noise.len().min(length)]);
                wire[2] = wrong / 9;
                wire
            });
            let wire: Vec<u8> = frames.chain(noise.iter().copied()).collect();
            // A large frame comes in pieces, so only what they make up counts.
            let told = |results: Vec<Result<Frame>>| {
                let (mut runs, mut error): (Vec<(Channel, Vec<u8>)>, _) = (Vec::new(), None);
                for result in results {
                    assert!(error.is_none(), "an error is the end");
                    match (result, runs.last_mut()) {
                        (Err(end), _) => error = Some(end.to_string()),
                        (Ok(frame), Some((channel, run))) if *channel == frame.channel => run.extend(frame.data),
                        (Ok(frame), _) => runs.push((frame.channel, frame.data.to_vec())),
                    }
                }
                (runs, error)
            };
            let pieces = wire.chunks(size).map(<[u8]>::to_vec).collect();
            prop_assert_eq!(told(read(pieces)), told(read(vec![wire])));
        }
    }
}
