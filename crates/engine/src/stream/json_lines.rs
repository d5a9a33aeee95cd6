//! Streams of JSON values: events, stats and progress.

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, BytesMut};
use futures_util::{Stream, StreamExt};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::ByteStream;
use crate::error::{Error, ErrorKind, Result};

/// The largest value that is read; the engine's own are far smaller.
const LARGEST: usize = 64 << 20;

/// Begins each value of `application/json-seq` (RFC 7464).
const RECORD_SEPARATOR: u8 = 0x1e;

/// Reads JSON values from a byte stream, however it is split. White space between them, CRLF too, means nothing, nor do
/// the record separators of RFC 7464.
pub struct JsonLines<T = Value> {
    source: ByteStream,
    buffer: BytesMut,
    scan: Scan,
    ended: bool,
    item: PhantomData<fn() -> T>,
}

/// Finds the end of a value without parsing it, each byte once.
#[derive(Default)]
struct Scan {
    position: usize,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// The length of the first complete value, or `None` if more bytes are needed.
    fn end(&mut self, buffer: &[u8]) -> Option<usize> {
        while let Some(byte) = buffer.get(self.position) {
            self.position += 1;
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => continue,
                }
            } else {
                match byte {
                    b'"' => self.in_string = true,
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                    // A bare number or word ends where the line does.
                    b'\n' => {}
                    _ => continue,
                }
            }
            if self.depth == 0 && !self.in_string {
                return Some(std::mem::take(self).position);
            }
        }
        None
    }
}

impl JsonLines {
    /// Reads the values of a byte stream.
    pub fn new(source: ByteStream) -> Self {
        Self { source, buffer: BytesMut::new(), scan: Scan::default(), ended: false, item: PhantomData }
    }

    /// Reads what is still to come straight as values of another type. One that does not fit is an error and the end.
    pub fn typed<U: DeserializeOwned>(self) -> JsonLines<U> {
        let Self { source, buffer, scan, ended, .. } = self;
        JsonLines { source, buffer, scan, ended, item: PhantomData }
    }
}

impl<T: DeserializeOwned> JsonLines<T> {
    fn buffered(&mut self) -> Result<Option<T>> {
        loop {
            if self.scan.position == 0 {
                let is_blank = |byte: &&u8| byte.is_ascii_whitespace() || **byte == RECORD_SEPARATOR;
                let blank = self.buffer.iter().take_while(is_blank).count();
                self.buffer.advance(blank);
                // Nearly always a line is a value, and parsing finds its end faster than looking for it does.
                if let Some(end) = memchr::memchr(b'\n', &self.buffer)
                    && let Ok(value) = serde_json::from_slice(&self.buffer[..end])
                {
                    self.buffer.advance(end);
                    return Ok(Some(value));
                }
            }
            let Some(length) = self.scan.end(&self.buffer) else {
                if self.buffer.len() > LARGEST {
                    return Err(malformed(&self.buffer, "it does not end within 64 MiB"));
                }
                return Ok(None);
            };
            let text = self.buffer.split_to(length);
            if !text.trim_ascii().is_empty() {
                return serde_json::from_slice(&text)
                    .map(Some)
                    .map_err(|error| malformed(&text, &error.to_string()));
            }
        }
    }

    fn last(&mut self) -> Option<Result<T>> {
        let text = std::mem::take(&mut self.buffer);
        if text.trim_ascii().is_empty() {
            return None;
        }
        Some(serde_json::from_slice(&text).map_err(|_| malformed(&text, "the stream ended inside it")))
    }
}

fn malformed(text: &[u8], why: &str) -> Error {
    let start = String::from_utf8_lossy(&text[..text.len().min(80)]).into_owned();
    Error::new(
        ErrorKind::StreamParseError,
        format!("the engine's stream cannot be read as JSON at `{start}`: {why}"),
    )
}

impl<T: DeserializeOwned> Stream for JsonLines<T> {
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if this.ended {
                return Poll::Ready(None);
            }
            match this.buffered() {
                Ok(None) => {}
                Ok(Some(value)) => return Poll::Ready(Some(Ok(value))),
                Err(error) => {
                    this.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
            }
            match ready!(this.source.poll_next_unpin(cx)) {
                Some(Ok(data)) => this.buffer.extend_from_slice(&data),
                Some(Err(error)) => {
                    this.ended = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    this.ended = true;
                    return Poll::Ready(this.last());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use futures_util::stream;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(wire: &[u8], size: usize) -> Vec<Result<Value>> {
        let chunks: Vec<_> = wire.chunks(size).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
        let values = JsonLines::new(Box::pin(stream::iter(chunks))).collect();
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(values)
    }

    #[test]
    fn reads_values_however_they_are_split() {
        let wire = "{\"a\":\"}\\\"{ü\"}\r\n\r\n{\"b\":[1,{}]}{\"c\":9007199254740993}\n7\n\"x\"".as_bytes();
        let expected = [
            json!({"a": "}\"{ü"}),
            json!({"b": [1, {}]}),
            json!({"c": 9_007_199_254_740_993_i64}),
            json!(7),
            json!("x"),
        ];
        for size in 1..=wire.len() {
            let values: Vec<_> = read(wire, size).into_iter().map(Result::unwrap).collect();
            assert_eq!(values, expected, "chunks of {size}");
        }
    }

    #[test]
    fn an_end_inside_a_value_is_an_error() {
        let results = read(b"{\"a\":1}\n{\"b\":", 4);
        assert_eq!(results.len(), 2);
        let error = results[1].as_ref().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::StreamParseError);
        assert!(error.to_string().contains("ended inside"), "{error}");
    }

    #[test]
    fn reads_json_sequences() {
        let wire = b"\x1e{\"a\":1}\n\x1e{\"b\":\"\\u001e\"}\n\x1e\n";
        for size in 1..=wire.len() {
            let values: Vec<_> = read(wire, size).into_iter().map(Result::unwrap).collect();
            assert_eq!(values, [json!({"a": 1}), json!({"b": "\u{1e}"})], "chunks of {size}");
        }
    }

    #[test]
    fn other_types_are_read_as_well() {
        let wire = "{\"a\":1}\n{\"a\":2}{\"a\":\"x\"}\n{\"a\":3}\n".as_bytes();
        let source = crate::stream::once(Bytes::from_static(wire));
        let values = JsonLines::new(source).typed::<std::collections::HashMap<String, u8>>().collect();
        let values: Vec<Result<_>> =
            tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(values);
        let read: Vec<_> = values.iter().flatten().map(|value| value["a"]).collect();
        assert_eq!((read.as_slice(), values.len()), (&[1, 2][..], 3));
        assert!(values[2].as_ref().unwrap_err().to_string().contains("`{\"a\":\"x\"}`"));
    }

    #[test]
    fn what_is_no_json_is_an_error_once() {
        let results = read(b"<html>\n{\"a\":1}\n", 100);
        assert_eq!(results.len(), 1);
        assert!(results[0].as_ref().unwrap_err().to_string().contains("<html>"));
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn splits_do_not_matter(
            values in prop::collection::vec((any_json(), 0usize..3), 0..8), pretty: bool, size in 1usize..40,
        ) {
            let mut wire = String::new();
            for (value, end) in &values {
                // A bare number or word ends where the line does, so it stands in one.
                let text = if pretty && !value.is_number() { format!("{value:#}") } else { value.to_string() };
                wire.push_str(&text);
                wire.push_str(["\n", "\r\n", "\n\n \t"][*end]);
            }
            let read: Vec<_> = read(wire.as_bytes(), size).into_iter().map(Result::unwrap).collect();
            let values: Vec<_> = values.into_iter().map(|(value, _)| value).collect();
            prop_assert_eq!(read, values);
        }

        #[test]
        fn never_panics(wire in prop::collection::vec(any::<u8>(), 0..400), size in 1usize..50) {
            read(&wire, size);
        }
    }
}
