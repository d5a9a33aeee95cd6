//! Pieces of one size.

use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, stream};

use super::ByteStream;
use crate::error::{Error, ErrorKind, Result};

/// Cuts a stream into pieces of so many bytes, the last perhaps shorter; without a size it stays as it is.
///
/// # Errors
///
/// When the size is not at least 1.
pub fn chunks(source: ByteStream, size: Option<i64>) -> Result<ByteStream> {
    let Some(size) = size else { return Ok(source) };
    let size = usize::try_from(size).ok().filter(|size| *size > 0).ok_or_else(|| {
        Error::new(
            ErrorKind::InvalidArgument,
            format!("`chunk_size`: {size} is no size of a piece; one is at least 1"),
        )
    })?;
    Ok(Box::pin(stream::unfold((source, BytesMut::new()), move |(mut source, mut buffer)| async move {
        while buffer.len() < size {
            match source.next().await {
                Some(Ok(chunk)) => buffer.extend_from_slice(&chunk),
                None if buffer.is_empty() => return None,
                Some(Err(error)) if buffer.is_empty() => return Some((Err(error), (rest(None), buffer))),
                end => return Some((Ok(buffer.split().freeze()), (rest(end), buffer))),
            }
        }
        Some((Ok(buffer.split_to(size).freeze()), (source, buffer)))
    })))
}

/// What comes behind the last piece: the error that cut it short.
fn rest(end: Option<Result<Bytes>>) -> ByteStream {
    Box::pin(stream::iter(end))
}

#[cfg(test)]
mod tests {
    use futures_util::TryStreamExt;

    use super::*;

    #[tokio::test]
    async fn cuts_and_joins() {
        for (size, expected) in
            [(2, vec!["ab", "cd", "ef", "g"]), (5, vec!["abcde", "fg"]), (9, vec!["abcdefg"])]
        {
            let source = ["a", "bcd", "ef", "g"].map(|part| Ok(Bytes::from(part)));
            let cut = chunks(Box::pin(stream::iter(source)), Some(size)).unwrap();
            assert_eq!(cut.try_collect::<Vec<_>>().await.unwrap(), expected);
        }
        let source = [Ok("abc".into()), Err(Error::new(ErrorKind::Timeout, "late"))];
        let cut: Vec<_> = chunks(Box::pin(stream::iter(source)), Some(2)).unwrap().collect().await;
        assert_eq!(cut.len(), 3, "what came before an error is given before it, and the error is the end");
        assert_eq!((cut[1].as_ref().unwrap(), cut[2].is_err()), (&Bytes::from("c"), true));
        let error = chunks(super::super::once("a"), Some(0)).err().unwrap();
        assert!(error.to_string().contains("chunk_size"), "{error}");
    }
}
