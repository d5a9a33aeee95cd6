//! The one place where requests go out.

use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{FutureExt, StreamExt};
use http::{HeaderMap, StatusCode, header};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, Full, StreamBody};
use hyper::body::Frame;
use hyper_util::client::legacy;
use tokio::time::Instant;

use super::{Answer, Client};
use crate::error::{Error, ErrorKind, Result};
use crate::host::Host;
use crate::request::{Body, Patience, Request};
use crate::stream::ByteStream;
use crate::version::ApiVersion;

pub(super) type RequestBody = UnsyncBoxBody<Bytes, Error>;

/// The largest error body that is read.
const ERROR_BODY: usize = 1 << 20;

/// The state of a request on its way out: when its body last moved, and what went wrong with it.
#[derive(Clone)]
pub(super) struct Sending(Arc<Mutex<Progress>>);

struct Progress {
    moved: Instant,
    fault: Option<Error>,
}

impl Sending {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(Progress { moved: Instant::now(), fault: None })))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Progress) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits for the answer; the limit starts anew whenever the request's body moves.
    async fn answer<T>(&self, limit: Option<Duration>, work: impl Future<Output = T>) -> Result<T> {
        let Some(limit) = limit else { return Ok(work.await) };
        let mut work = std::pin::pin!(work);
        loop {
            let deadline = self.with(|progress| progress.moved) + limit;
            if let Ok(answer) = tokio::time::timeout_at(deadline, &mut work).await {
                return Ok(answer);
            }
            if self.with(|progress| progress.moved) + limit <= Instant::now() {
                return Err(Error::timeout("answer from the engine", limit));
            }
        }
    }

    fn body(&self, stream: ByteStream) -> RequestBody {
        let sending = self.clone();
        let frames = stream.map(move |item| {
            sending.with(|progress| {
                progress.moved = Instant::now();
                item.map(Frame::data).inspect_err(|error| progress.fault = Some(error.clone()))
            })
        });
        BodyExt::boxed_unsync(StreamBody::new(frames))
    }
}

impl Client {
    /// Puts a request on the wire and reads the answer's headers. An error status is an error.
    pub(super) async fn transmit(&self, mut request: Request, version: Option<ApiVersion>) -> Result<Answer> {
        let settings = &self.inner.settings;
        let line = request.line();
        let prefix = version.map(|version| format!("/v{version}")).unwrap_or_default();
        let uri = format!("http://{}{prefix}{}", settings.host.authority(), request.target()?);
        let limit = match (request.patience, settings.timeouts.idle) {
            (Patience::Client, idle) => idle,
            (Patience::Longer(more), idle) => idle.map(|idle| idle + more),
            (Patience::Exactly(limit), _) => Some(limit),
            (Patience::Forever, _) => None,
        };
        let sending = Sending::new();
        let body = match request.body {
            Body::Empty => Empty::new().map_err(|never| match never {}).boxed_unsync(),
            Body::Json(value) => {
                Full::new(Bytes::from(value.to_string())).map_err(|never| match never {}).boxed_unsync()
            }
            Body::Stream(stream) => sending.body(stream),
        };
        let mut outgoing = http::Request::new(body);
        *outgoing.method_mut() = request.endpoint.method.clone();
        *outgoing.uri_mut() = uri.parse().map_err(|error| {
            Error::new(
                ErrorKind::InvalidArgument,
                format!("{line} is no request that HTTP can carry: {error}"),
            )
        })?;
        *outgoing.headers_mut() = request.headers;
        for (name, value) in self.configured_headers() {
            outgoing.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
        outgoing.headers_mut().entry(header::USER_AGENT).or_insert(
            const { http::HeaderValue::from_static(concat!("moondock/", env!("CARGO_PKG_VERSION"))) },
        );

        let exchange = self.inner.http.request(outgoing).map(|result| {
            result.map_err(|error| {
                sending
                    .with(|progress| progress.fault.take())
                    .unwrap_or_else(|| unreachable_engine(&settings.host, &error))
            })
        });
        let answer = sending.answer(limit, exchange).await.and_then(|result| result);
        tracing::debug!(
            request = %line,
            status = answer.as_ref().ok().map(|answer| answer.status().as_u16()),
            error = answer.as_ref().err().map(tracing::field::display),
        );
        let answer = Answer::new(answer?, line, settings.timeouts.idle);
        let status = answer.status();
        if status.is_success()
            || status == StatusCode::SWITCHING_PROTOCOLS
            || status == StatusCode::NOT_MODIFIED
        {
            return Ok(answer);
        }
        let words = answer.beginning(ERROR_BODY).await;
        Err(Error::from_status(status, &words))
    }

    /// The headers that docker's configuration file has for every request. One that cannot be read is a warning: most
    /// requests need nothing of it, and those that do fail themselves.
    fn configured_headers(&self) -> &HeaderMap {
        self.inner.headers.get_or_init(|| {
            let headers = self.config_file().and_then(|file| file.http_headers());
            headers.unwrap_or_else(|error| {
                tracing::warn!(%error, "going on without the headers of docker's configuration file");
                HeaderMap::new()
            })
        })
    }
}

/// Says what kept a request from being answered, down to the cause that matters.
fn unreachable_engine(host: &Host, error: &legacy::Error) -> Error {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |error| error.source());
    let cause = causes.last();
    let timed_out = cause
        .and_then(|cause| cause.downcast_ref::<io::Error>())
        .is_some_and(|cause| cause.kind() == io::ErrorKind::TimedOut);
    let kind = if timed_out { ErrorKind::Timeout } else { ErrorKind::ConnectionError };
    let cause = cause.map(ToString::to_string).unwrap_or_default();
    let words = if error.is_connect() {
        format!("cannot connect to the Docker Engine at {host}: {cause}")
    } else {
        format!("the connection to the Docker Engine at {host} broke: {cause}")
    };
    Error::new(kind, words)
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::client::Settings;
    use crate::models::PullParams;

    /// What goes out before the body of a request with credentials, when docker's configuration file is this.
    async fn sent(config: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config.json"), config).unwrap();
        let socket = folder.path().join("engine.sock");
        let engine = tokio::net::UnixListener::bind(&socket).unwrap();
        let client = Client::new(Settings {
            version: Some(ApiVersion::OLDEST),
            config_folder: Some(folder.path().to_owned()),
            ..Settings::new(Host::Unix(socket))
        });
        let params = PullParams::default().auth_config(Map::<String, Value>::new());
        let call = client.empty(crate::api::images::pull("app", None, &params));
        let answer = async {
            let (mut stream, _) = engine.accept().await.unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await.unwrap();
            String::from_utf8(head).unwrap()
        };
        let (result, head) = tokio::join!(call, answer);
        result.unwrap();
        head
    }

    #[tokio::test]
    async fn configured_headers_go_out_beside_the_requests_own() {
        let headers = json!({"X-Meta-Team": "a", "X-Registry-Auth": "none", "User-Agent": "b"});
        let head = sent(&json!({"HttpHeaders": headers}).to_string()).await;
        for line in ["x-meta-team: a\r\n", "x-registry-auth: e30=\r\n", "user-agent: b\r\n"] {
            assert!(head.contains(line), "{head}");
        }
        assert!(!head.contains("none"), "{head}");
    }

    #[tokio::test]
    async fn a_broken_configuration_file_keeps_no_request_from_going_out() {
        let head = sent("{").await;
        assert!(head.contains("user-agent: moondock/"), "{head}");
    }
}
