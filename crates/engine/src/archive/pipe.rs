//! Between streams and code that blocks.

use std::io::{self, Read, Write};

use bytes::{Buf, Bytes, BytesMut};
use futures_util::{StreamExt, stream};
use tokio::sync::mpsc;

use crate::error::{Error, ErrorKind, Result};
use crate::stream::ByteStream;

/// How much is sent at a time.
const CHUNK: usize = 64 * 1024;
/// How many pieces wait for the other side.
const WAITING: usize = 4;

/// The stream of what a blocking function writes.
pub(crate) fn written(work: impl FnOnce(Sink) -> Result<Sink> + Send + 'static) -> ByteStream {
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let sink = Sink { sender: sender.clone(), buffer: BytesMut::new() };
        let flushed = |mut sink: Sink| sink.flush().map_err(|error| unreadable(&error));
        if let Err(error) = work(sink).and_then(flushed) {
            // Nobody listens any more when the request has ended: then nobody needs the error either.
            let _ = sender.blocking_send(Err(error));
        }
    });
    Box::pin(stream::unfold(receiver, |mut receiver| async move {
        let chunk = receiver.recv().await?;
        Some((chunk, receiver))
    }))
}

/// Gives a stream to a blocking function that reads it. Dropping the future ends the stream, and with it the function.
///
/// # Errors
///
/// The stream's, else the function's.
pub(crate) async fn read<T: Send + 'static>(
    mut stream: ByteStream,
    work: impl FnOnce(Source) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (sender, receiver) = mpsc::channel(WAITING);
    let source = Source { receiver, chunk: Bytes::new(), zeros: 0, ended: false };
    let work = tokio::task::spawn_blocking(move || work(source));
    let mut fault = None;
    loop {
        let piece = match stream.next().await {
            Some(Ok(chunk)) => Piece::Bytes(chunk),
            Some(Err(error)) => {
                fault = Some(error);
                break;
            }
            None => Piece::End,
        };
        let ended = matches!(piece, Piece::End);
        // Who has read enough, or has failed, listens no more.
        if sender.send(piece).await.is_err() || ended {
            break;
        }
    }
    drop(sender);
    let result = work.await.map_err(|error| unreadable(&error))?;
    fault.map_or(result, Err)
}

fn unreadable(error: &dyn std::fmt::Display) -> Error {
    Error::new(ErrorKind::IOError, error.to_string())
}

/// Hands what is written to a stream, a chunk at a time.
pub(crate) struct Sink {
    sender: mpsc::Sender<Result<Bytes>>,
    buffer: BytesMut,
}

impl Write for Sink {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        if self.buffer.is_empty() {
            // All at once, and what was sent already once more where that can be.
            self.buffer.reserve(CHUNK + data.len());
        }
        self.buffer.extend_from_slice(data);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let ended = |_| io::Error::new(io::ErrorKind::BrokenPipe, "the request ended");
        self.sender.blocking_send(Ok(self.buffer.split().freeze())).map_err(ended)
    }
}

enum Piece {
    Bytes(Bytes),
    End,
}

/// Reads what a stream brings.
pub(crate) struct Source {
    receiver: mpsc::Receiver<Piece>,
    chunk: Bytes,
    zeros: usize,
    ended: bool,
}

impl Source {
    /// How many zeros stand at the end of what was read.
    pub(super) fn zeros(&self) -> usize {
        self.zeros
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() && !self.ended {
            match self.receiver.blocking_recv() {
                Some(Piece::Bytes(chunk)) => self.chunk = chunk,
                Some(Piece::End) => self.ended = true,
                None => return Err(io::Error::new(io::ErrorKind::BrokenPipe, "the stream broke off")),
            }
        }
        let count = self.chunk.len().min(buffer.len());
        self.chunk.copy_to_slice(&mut buffer[..count]);
        self.zeros = match buffer[..count].iter().rposition(|byte| *byte != 0) {
            Some(last) => count - last - 1,
            None => self.zeros + count,
        };
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(pieces: Vec<Result<Bytes>>) -> ByteStream {
        Box::pin(stream::iter(pieces))
    }

    fn whole(mut source: Source) -> Result<Vec<u8>> {
        let mut all = Vec::new();
        source.read_to_end(&mut all).map_err(|error| unreadable(&error))?;
        Ok(all)
    }

    #[tokio::test]
    async fn gives_what_is_written_and_reads_it_back() {
        let stream = written(|mut sink| {
            for part in 0..100_u8 {
                sink.write_all(&[part; 5000]).unwrap();
            }
            Ok(sink)
        });
        let all = read(stream, whole).await.unwrap();
        assert_eq!(all.len(), 500_000);
        assert!(all.chunks(5000).zip(0..).all(|(chunk, part)| chunk.iter().all(|byte| *byte == part)));
    }

    #[tokio::test]
    async fn errors_cross() {
        let lost = || Error::new(ErrorKind::ConnectionError, "lost");
        let error = read(pieces(vec![Ok(Bytes::from("a")), Err(lost())]), whole).await.unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::ConnectionError, "lost"));
        let error = read(written(move |_| Err(lost())), whole).await.unwrap_err();
        assert_eq!(error.to_string(), "lost");
        let none =
            read(pieces(vec![Ok(Bytes::from("a")); 100]), move |_| -> Result<()> { Err(lost()) }).await;
        assert_eq!(none.unwrap_err().to_string(), "lost");
    }

    #[tokio::test]
    async fn a_dropped_transfer_is_no_end() {
        let (told, hears) = std::sync::mpsc::channel();
        let endless: ByteStream =
            Box::pin(stream::once(async { Ok(Bytes::from("a")) }).chain(stream::pending()));
        let transfer = read(endless, move |source| {
            let result = whole(source);
            let _ = told.send(result.is_err());
            result
        });
        tokio::select! {
            biased;
            _ = transfer => panic!("it cannot end"),
            () = tokio::task::yield_now() => {}
        }
        assert!(hears.recv().unwrap());
    }

    #[test]
    fn counts_zeros_at_the_end() {
        let (sender, receiver) = mpsc::channel(4);
        for chunk in [&b"a\0\0"[..], b"\0", b"\0\0"] {
            sender.blocking_send(Piece::Bytes(Bytes::from_static(chunk))).unwrap();
        }
        sender.blocking_send(Piece::End).unwrap();
        let mut source = Source { receiver, chunk: Bytes::new(), zeros: 0, ended: false };
        io::copy(&mut source, &mut io::sink()).unwrap();
        assert_eq!(source.zeros(), 5);
    }
}
