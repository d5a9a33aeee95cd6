//! The progress that pull, build and load report, in which their errors arrive too.

use futures_util::StreamExt;
use serde_json::Value;

use crate::error::{Error, ErrorKind, Result};
use crate::stream::JsonLines;

/// How many records are kept for an error or a caller.
const KEPT: usize = 100_000;

/// A stream of progress records.
pub(super) struct Progress(JsonLines);

impl Progress {
    pub(super) fn new(stream: JsonLines) -> Self {
        Self(stream)
    }

    /// Reads to the end. An error inside the stream is an error of the kind given, the log attached.
    pub(super) async fn finish(mut self, kind: ErrorKind) -> Result<Vec<Value>> {
        let mut log = Vec::new();
        while let Some(record) = self.0.next().await {
            let record = record?;
            let detail = record.pointer("/errorDetail/message").or_else(|| record.get("error"));
            let words = detail.map(|words| words.as_str().map_or_else(|| words.to_string(), str::to_owned));
            if log.len() < KEPT {
                log.push(record);
            }
            if let Some(words) = words {
                let missing = kind == ErrorKind::APIError
                    && (words.contains("not found") || words.contains("does not exist"));
                let kind = if missing { ErrorKind::ImageNotFound } else { kind };
                return Err(Error::new(kind, words).with_log(log));
            }
        }
        Ok(log)
    }
}

/// The id of the image that a build made: `aux.ID`, or the words of an engine that sends none.
pub(super) fn image_id(log: &[Value]) -> Option<String> {
    let aux = log.iter().rev().find_map(|record| record.pointer("/aux/ID")?.as_str().map(str::to_owned));
    aux.or_else(|| {
        log.iter().rev().find_map(|record| {
            let words = record.get("stream")?.as_str()?.trim();
            let id = words.strip_prefix("Successfully built ").unwrap_or(words);
            let is_id = id.strip_prefix("sha256:").is_some() || id.len() < words.len();
            is_id.then(|| id.to_owned())
        })
    })
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use serde_json::json;

    use super::*;

    fn finish(wire: &'static str, kind: ErrorKind) -> Result<Vec<Value>> {
        let stream = JsonLines::new(crate::stream::once(Bytes::from_static(wire.as_bytes())));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(Progress::new(stream).finish(kind))
    }

    #[test]
    fn an_error_inside_the_stream_is_one() {
        let wire = "{\"stream\":\"Step 1\"}\r\n{\"errorDetail\":{\"code\":1,\"message\":\"it broke\"},\"error\":\"x\"}\r\n";
        let error = finish(wire, ErrorKind::BuildError).unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::BuildError, "it broke"));
        assert_eq!(error.log().len(), 2);
        let error = finish("{\"error\":\"only this\"}", ErrorKind::ImageLoadError).unwrap_err();
        assert_eq!(error.to_string(), "only this");
    }

    #[test]
    fn a_missing_image_is_told_apart() {
        let error = finish("{\"error\":\"manifest for x not found\"}", ErrorKind::APIError).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ImageNotFound);
    }

    #[test]
    fn finds_the_images_id() {
        let log = [json!({"aux": {"ID": "sha256:1"}}), json!({"stream": "Successfully built 2\n"})];
        assert_eq!(image_id(&log).as_deref(), Some("sha256:1"));
        assert_eq!(image_id(&log[1..]).as_deref(), Some("2"));
        assert_eq!(image_id(&[json!({"stream": "sha256:3\n"})]).as_deref(), Some("sha256:3"));
        assert_eq!(image_id(&[json!({"stream": "Step 1/1"}), json!({"aux": "CgZ"})]), None);
    }
}
