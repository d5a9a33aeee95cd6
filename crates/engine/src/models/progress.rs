//! The progress that pull, push, build, load and import report, in which their errors arrive too.

mod steps;
mod trace;

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::{Stream, StreamExt};
use serde_json::Value;

use self::steps::Steps;
use crate::error::{Error, ErrorKind, Result};
use crate::stream::JsonLines;

/// How many records are kept for an error or a caller.
const KEPT: usize = 100_000;

/// How BuildKit's words end when a step needs the client.
const NO_SESSION: &str = "no active sessions";
/// What is behind them.
const SESSION_NEEDED: &str = "BuildKit asks for secrets, for ssh and for the login at a registry, Docker Hub's anonymous \
                              one too, in a session, which this client does not open; pull base images first, or use \
                              the classic builder";

/// The records of progress as they come. An error that the engine reports among them is the stream's own, and its end.
/// Dropping the stream ends the work.
///
/// BuildKit reports its steps in records that only programs can read (`id` is `moby.buildkit.trace`, `aux` a
/// `StatusResponse` in base64). Those that tell something new have it as lines of text, too, in `stream`, where the
/// classic builder's records have theirs.
///
/// ```
/// # moondock_tests::example!(|client| {
/// use futures_util::StreamExt;
/// use moondock_engine::ErrorKind;
/// use moondock_engine::models::BuildParams;
/// use moondock_engine::stream::once;
///
/// let dockerfile = once("FROM busybox\nRUN exit 3\n");
/// let params = BuildParams::default().forcerm(true);
/// let mut progress = client.images().build_progress(&params, Some(dockerfile)).await?;
/// let mut failure = None;
/// while let Some(record) = progress.next().await {
///     match record {
///         Ok(record) => print!("{}", record["stream"].as_str().unwrap_or_default()),
///         Err(error) => failure = Some(error.kind()),
///     }
/// }
/// assert_eq!(failure, Some(ErrorKind::BuildError));
/// # });
/// ```
pub struct Progress {
    records: JsonLines,
    kind: ErrorKind,
    steps: Steps,
    ended: bool,
}

impl Progress {
    /// Reads progress whose errors are of a kind.
    pub(super) fn new(records: JsonLines, kind: ErrorKind) -> Self {
        Self { records, kind, steps: Steps::default(), ended: false }
    }

    /// Reads to the end, and gives the records.
    ///
    /// # Errors
    ///
    /// What goes wrong meanwhile, the records up to it attached.
    pub async fn finish(mut self) -> Result<Vec<Value>> {
        let mut log = Vec::new();
        while let Some(record) = self.next().await {
            match record {
                Ok(record) if log.len() < KEPT => log.push(record),
                Ok(_) => {}
                Err(error) => {
                    log.extend_from_slice(error.log());
                    return Err(error.with_log(log));
                }
            }
        }
        Ok(log)
    }
}

impl Stream for Progress {
    type Item = Result<Value>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let record = ready!(self.records.poll_next_unpin(cx));
        let record = record.map(|record| record.and_then(|record| checked(record, self.kind)));
        let record = record.map(|record| record.map(|record| told(record, &mut self.steps)));
        self.ended = !matches!(record, Some(Ok(_)));
        Poll::Ready(record)
    }
}

/// A record, with what BuildKit tells in it as text.
fn told(mut record: Value, steps: &mut Steps) -> Value {
    if record.get("id").is_some_and(|id| id == trace::ID) {
        let status = record.get("aux").and_then(Value::as_str).and_then(trace::decode);
        let text = status.map(|status| steps.text(&status)).filter(|text| !text.is_empty());
        if let Some(text) = text {
            record["stream"] = text.into();
        }
    }
    record
}

/// A record, unless it is the report of an error.
fn checked(record: Value, kind: ErrorKind) -> Result<Value> {
    let detail = record.pointer("/errorDetail/message").or_else(|| record.get("error"));
    let detail = detail.filter(|detail| !matches!(detail, Value::Null));
    let Some(words) = detail.map(|words| words.as_str().map_or_else(|| words.to_string(), str::to_owned))
    else {
        return Ok(record);
    };
    // The last are podman's words.
    let missing = kind == ErrorKind::APIError
        && ["not found", "does not exist", "manifest unknown"].iter().any(|sign| words.contains(sign));
    let kind = if missing { ErrorKind::ImageNotFound } else { kind };
    let words = if kind == ErrorKind::BuildError && words.ends_with(NO_SESSION) {
        format!("{words}: {SESSION_NEEDED}")
    } else {
        words
    };
    Err(Error::new(kind, words).with_log(vec![record]))
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
        runtime.block_on(Progress::new(stream, kind).finish())
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

    #[tokio::test]
    async fn an_error_ends_the_stream() {
        let wire = "{\"status\":\"a\"}\n{\"error\":\"it broke\"}\n{\"status\":\"b\"}\n";
        let stream = JsonLines::new(crate::stream::once(Bytes::from_static(wire.as_bytes())));
        let mut records: Vec<_> = Progress::new(stream, ErrorKind::APIError).collect().await;
        assert_eq!(records.len(), 2);
        let error = records.pop().unwrap().unwrap_err();
        assert_eq!((error.to_string().as_str(), error.log().len()), ("it broke", 1));
        assert_eq!(records.pop().unwrap().unwrap()["status"], "a");
    }

    #[test]
    fn a_missing_image_is_told_apart() {
        for record in
            ["{\"error\":\"manifest for x not found\"}", "{\"error\":\"reading x: manifest unknown\"}"]
        {
            let error = finish(record, ErrorKind::APIError).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::ImageNotFound, "{record}");
        }
    }

    #[test]
    fn what_buildkit_tells_is_text_too() {
        // A step `load` from second 1 on.
        let aux = "Cg0KAWEaBGxvYWQqAggB";
        let wire = format!(
            r#"{{"id":"moby.buildkit.trace","aux":"{aux}"}}{{"id":"moby.buildkit.trace","aux":"{aux}"}}
               {{"id":"moby.buildkit.trace","aux":"?"}}{{"id":"other","aux":"{aux}"}}"#
        );
        let log = finish(wire.leak(), ErrorKind::BuildError).unwrap();
        let raw = |id: &str, aux: &str| json!({"id": id, "aux": aux});
        let mut first = raw("moby.buildkit.trace", aux);
        first["stream"] = "#1 load\n".into();
        let rest = [raw("moby.buildkit.trace", aux), raw("moby.buildkit.trace", "?"), raw("other", aux)];
        assert_eq!(log[0], first);
        assert_eq!(log[1..], rest);
    }

    #[test]
    fn a_missing_session_is_explained() {
        let wire = "{\"error\":\"failed to solve: no active sessions\"}";
        let error = finish(wire, ErrorKind::BuildError).unwrap_err().to_string();
        assert!(error.starts_with("failed to solve: no active sessions: BuildKit asks for"), "{error}");
        let error = finish("{\"error\":\"no active sessions here\"}", ErrorKind::BuildError).unwrap_err();
        assert_eq!(error.to_string(), "no active sessions here");
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
