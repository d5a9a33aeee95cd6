//! The engine's answer to a request, its body not yet read.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::stream;
use http::{StatusCode, header};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::upgrade::Upgraded;
use serde_json::Value;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::sending::Sending;
use super::{LONGEST, Timeouts};
use crate::error::{Error, ErrorKind, Result};
use crate::request::Line;
use crate::stream::{ByteStream, Hijacked, WebSocket};

/// An answer whose headers have come.
pub struct Answer {
    response: http::Response<Incoming>,
    request: Line,
    timeouts: Timeouts,
    sending: Sending,
}

impl Answer {
    pub(super) fn new(
        response: http::Response<Incoming>,
        request: Line,
        timeouts: Timeouts,
        sending: Sending,
    ) -> Self {
        Self { response, request, timeouts, sending }
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// A header's value, if it is there and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// The content type without its parameters, empty where none is given.
    pub fn content_type(&self) -> &str {
        let value = self.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
        value.split(';').next().unwrap_or_default().trim()
    }

    /// Reads the body whole.
    ///
    /// # Errors
    ///
    /// When the connection breaks, or nothing comes for as long as the client's `timeout`.
    pub async fn whole(mut self) -> Result<Bytes> {
        self.read(self.timeouts.idle).await
    }

    /// Reads the body as JSON. An empty body is null.
    ///
    /// # Errors
    ///
    /// As [`Answer::whole`], and when the body is no JSON.
    pub async fn json(mut self) -> Result<Value> {
        let body = self.read(self.timeouts.idle).await?;
        self.parse(&body)
    }

    /// Reads the body as JSON from its text.
    pub(super) async fn json_as<T>(mut self) -> Result<T>
    where
        T: TryFrom<Bytes, Error = serde_json::Error>,
    {
        let body = self.read(self.timeouts.idle).await?;
        T::try_from(body).map_err(|error| self.no_json(&error))
    }

    /// Reads the body as JSON, however long it takes to come.
    ///
    /// # Errors
    ///
    /// As [`Answer::json`], but without a limit.
    pub async fn json_at_last(mut self) -> Result<Value> {
        let body = self.read(None).await?;
        self.parse(&body)
    }

    async fn read(&mut self, idle: Option<Duration>) -> Result<Bytes> {
        let body = self.response.body_mut();
        let mut next = async || piece(body, &self.sending, idle).await.transpose();
        let read = async {
            let Some(first) = next().await? else { return Ok(Bytes::new()) };
            let Some(second) = next().await? else { return Ok(first) };
            let mut whole = BytesMut::from(first);
            whole.extend_from_slice(&second);
            while let Some(further) = next().await? {
                whole.extend_from_slice(&further);
            }
            Ok(whole.freeze())
        };
        read.await.map_err(|error: Error| error.with_request(&self.request))
    }

    fn parse(&self, body: &[u8]) -> Result<Value> {
        if body.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(body).map_err(|error| self.no_json(&error))
    }

    fn no_json(&self, error: &serde_json::Error) -> Error {
        let words = format!("the engine's answer is no JSON: {error}");
        Error::new(ErrorKind::StreamParseError, words).with_request(&self.request)
    }

    /// The body as it comes. Dropping it ends the request.
    pub fn stream(self) -> ByteStream {
        let limit = self.timeouts.stream;
        self.body(limit)
    }

    /// The body as it comes, with a limit between two pieces.
    fn body(self, limit: Option<Duration>) -> ByteStream {
        let Self { response, request, sending, .. } = self;
        let body = response.into_body();
        Box::pin(stream::unfold(Some((body, request, sending)), move |state| async move {
            let (mut body, request, sending) = state?;
            match piece(&mut body, &sending, limit).await? {
                Ok(data) => Some((Ok(data), Some((body, request, sending)))),
                Err(error) => Some((Err(error.with_request(&request)), None)),
            }
        }))
    }

    /// Takes over the connection, which the engine gives up by 101, or by 200 with a body that has no end of its own.
    pub(super) async fn hijack(self) -> Result<Hijacked> {
        let content_type = self.content_type().to_owned();
        let upgraded = self.status() == StatusCode::SWITCHING_PROTOCOLS;
        let ends = [header::CONTENT_LENGTH, header::TRANSFER_ENCODING];
        let keeps_to_http = !upgraded && ends.iter().any(|name| self.response.headers().contains_key(name));
        let way_back = self.sending.way_back().filter(|_| !keeps_to_http);
        let wire = way_back.and_then(|way_back| way_back.take_over());
        let limit = self.timeouts.stream;
        if !upgraded {
            return Ok(Hijacked::answered(self.body(None), wire, content_type, limit));
        }
        Ok(Hijacked::upgraded(self.upgraded().await?, content_type, limit))
    }

    /// Takes over the connection as a WebSocket that was asked for with this key.
    pub(super) async fn web_socket(self, key: &str) -> Result<Hijacked> {
        let expected = derive_accept_key(key.as_bytes());
        let accepted = self.header(header::SEC_WEBSOCKET_ACCEPT.as_str()) == Some(&expected);
        if self.status() != StatusCode::SWITCHING_PROTOCOLS || !accepted {
            let words = format!("the engine answers {} where a WebSocket should begin", self.status());
            return Err(Error::new(ErrorKind::ConnectionError, words).with_request(&self.request));
        }
        let limit = self.timeouts.stream;
        Ok(Hijacked::web_socket(WebSocket::new(self.upgraded().await?).await, limit))
    }

    async fn upgraded(self) -> Result<Upgraded> {
        hyper::upgrade::on(self.response).await.map_err(|error| {
            Error::new(
                ErrorKind::ConnectionError,
                format!("the engine did not give up the connection: {error}"),
            )
            .with_request(&self.request)
        })
    }

    /// The beginning of the body, as much as comes in time.
    pub(super) async fn beginning(&mut self, limit: usize) -> Vec<u8> {
        let deadline =
            Instant::now() + self.timeouts.idle.map_or(Duration::from_secs(60), |idle| idle.min(LONGEST));
        let body = self.response.body_mut();
        let mut words = Vec::new();
        let mut next = async || piece(body, &self.sending, None).await;
        while let Ok(Some(Ok(chunk))) = tokio::time::timeout_at(deadline, next()).await {
            words.extend_from_slice(&chunk[..chunk.len().min(limit - words.len())]);
            if words.len() == limit {
                break;
            }
        }
        words
    }

    /// An error of the request that this answers.
    pub(super) fn in_error(&self, error: Error) -> Error {
        error.with_request(&self.request)
    }
}

/// The next piece of a body that is not empty.
async fn piece(body: &mut Incoming, sending: &Sending, limit: Option<Duration>) -> Option<Result<Bytes>> {
    loop {
        let frame = match limit {
            None => body.frame().await,
            Some(limit) => match tokio::time::timeout(limit, body.frame()).await {
                Ok(frame) => frame,
                Err(_) => return Some(Err(Error::timeout("further part of the answer", limit))),
            },
        };
        match frame?.map(hyper::body::Frame::into_data) {
            Ok(Ok(data)) if !data.is_empty() => return Some(Ok(data)),
            Ok(_) => {}
            Err(error) => return Some(Err(sending.fault().unwrap_or_else(|| broken_off(&error)))),
        }
    }
}

fn broken_off(error: &hyper::Error) -> Error {
    let cause = std::error::Error::source(error).map_or(error.to_string(), ToString::to_string);
    Error::new(ErrorKind::ConnectionError, format!("the engine broke off its answer: {cause}"))
}
