//! The one place where requests go out.

use std::{io, mem};

use bytes::Bytes;
use http::uri::PathAndQuery;
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use hyper_util::client::legacy;

use super::sending::Sending;
use super::{Answer, Client, LONGEST};
use crate::error::{Error, ErrorKind, Result};
use crate::host::Host;
use crate::request::{Body, Patience, Request};
use crate::transport::WayBack;
use crate::version::ApiVersion;

/// The largest error body that is read.
const ERROR_BODY: usize = 1 << 20;

impl Client {
    /// Puts a request on the wire and reads the answer's headers. An error status is an error.
    pub(super) async fn transmit(&self, mut request: Request, version: Option<ApiVersion>) -> Result<Answer> {
        let settings = &self.inner.settings;
        let target = request.target_in(version)?;
        let line = request.take_line();
        let limit = match (request.patience, settings.timeouts.idle) {
            (Patience::Client, idle) => idle,
            (Patience::Longer(more), idle) => idle.map(|idle| idle.saturating_add(more)),
            (Patience::Exactly(limit), _) => Some(limit),
            (Patience::Forever, _) => None,
        };
        let limit = limit.map(|limit| limit.min(LONGEST));
        let uri = self.uri(target).map_err(|error| {
            Error::new(
                ErrorKind::InvalidArgument,
                format!("{line} is no request that HTTP can carry: {error}"),
            )
        })?;
        let method = &request.endpoint.method;
        let only_reads = method.is_safe() && matches!(request.body, Body::Empty);
        let mut body = request.body;
        let mut sent_again = false;

        let answer = loop {
            let (sending, mut outgoing) = Sending::begin(body);
            outgoing.method_mut().clone_from(method);
            outgoing.uri_mut().clone_from(&uri);
            outgoing.headers_mut().clone_from(self.headers());
            outgoing.headers_mut().extend(request.headers.clone());
            match sending.answer(limit, self.inner.http.request(outgoing)).await {
                Ok(Some(Ok(response))) => {
                    // It has carried a request now.
                    response.extensions().get::<WayBack>().inspect(|connection| connection.keep());
                    break Ok((response, sending));
                }
                // The engine closed the connection just then: one of those that were there, or a fresh one as it ended.
                // What does more than read may have been carried out.
                Ok(Some(Err(error)))
                    if only_reads
                        && !error.is_connect()
                        && (sending.went_by_older_connection() || !mem::replace(&mut sent_again, true)) =>
                {
                    body = sending.take_back();
                }
                Ok(None) => body = sending.take_back(),
                Ok(Some(Err(error))) => {
                    let error = sending.fault().unwrap_or_else(|| unreachable_engine(&settings.host, &error));
                    break Err(error);
                }
                Err(timeout) => break Err(timeout),
            }
        };
        let status = answer.as_ref().map(|(response, _)| response.status());
        tracing::debug!(
            request = %line,
            status = status.as_ref().ok().map(StatusCode::as_u16),
            error = status.as_ref().err().map(tracing::field::display),
        );
        // The ping before the first request is none that anybody has asked for.
        let named = |error: Error| if version.is_some() { error.with_request(&line) } else { error };
        let (response, sending) = answer.map_err(named)?;
        let mut answer = Answer::new(response, line, settings.timeouts, sending);
        let status = answer.status();
        if status.is_success()
            || status == StatusCode::SWITCHING_PROTOCOLS
            || status == StatusCode::NOT_MODIFIED
        {
            return Ok(answer);
        }
        let words = answer.beginning(ERROR_BODY).await;
        Err(answer.in_error(Error::from_status(status, &words)))
    }

    /// The address of a target at the engine.
    fn uri(&self, target: String) -> Result<Uri, String> {
        let origin = self.inner.origin.as_ref().map_err(ToString::to_string)?;
        let mut parts = origin.clone().into_parts();
        let target = PathAndQuery::from_maybe_shared(Bytes::from(target));
        parts.path_and_query = Some(target.map_err(|error| error.to_string())?);
        Uri::from_parts(parts).map_err(|error| error.to_string())
    }

    /// The headers that docker's configuration file has for every request, and the client's name. A file that cannot be
    /// read is a warning: most requests need nothing of it, and those that do fail themselves.
    fn headers(&self) -> &HeaderMap {
        self.inner.headers.get_or_init(|| {
            let configured = self.config_file().and_then(|file| file.http_headers());
            let mut headers = configured.unwrap_or_else(|error| {
                tracing::warn!(%error, "going on without the headers of docker's configuration file");
                HeaderMap::new()
            });
            if let Some(name) = &self.inner.settings.user_agent {
                headers.insert(header::USER_AGENT, name.clone());
            } else {
                let name =
                    const { HeaderValue::from_static(concat!("moondock/", env!("CARGO_PKG_VERSION"))) };
                headers.entry(header::USER_AGENT).or_insert(name);
            }
            headers
        })
    }
}

/// Says what kept a request from being answered, down to the cause that matters.
fn unreachable_engine(host: &Host, error: &legacy::Error) -> Error {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |error| error.source());
    let cause = causes.last();
    let io = cause.and_then(|cause| cause.downcast_ref::<io::Error>());
    // What cannot work at all, such as settings that do not fit.
    if let Some(own) = io.and_then(|io| io.get_ref()?.downcast_ref::<Error>()) {
        return own.clone();
    }
    let timed_out = io.is_some_and(|io| io.kind() == io::ErrorKind::TimedOut);
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
        sent_by(config, None).await
    }

    async fn sent_by(config: &str, user_agent: Option<HeaderValue>) -> String {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config.json"), config).unwrap();
        let socket = folder.path().join("engine.sock");
        let engine = tokio::net::UnixListener::bind(&socket).unwrap();
        let client = Client::new(Settings {
            version: Some(ApiVersion::OLDEST),
            config_folder: Some(folder.path().to_owned()),
            user_agent,
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
        let config = json!({"HttpHeaders": headers}).to_string();
        let head = sent_by(&config, Some(HeaderValue::from_static("mine"))).await;
        assert!(head.contains("user-agent: mine\r\n"), "{head}");
    }

    #[tokio::test]
    async fn a_broken_configuration_file_keeps_no_request_from_going_out() {
        let head = sent("{").await;
        assert!(head.contains("user-agent: moondock/"), "{head}");
    }
}
