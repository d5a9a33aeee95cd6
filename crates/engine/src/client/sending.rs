//! A request on its way out.

use std::future::{Future, pending};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, Full, StreamBody};
use hyper::body::Frame;
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};
use tokio::time::Instant;

use crate::error::{Error, Result};
use crate::request::Body;
use crate::transport::WayBack;

pub(super) type RequestBody = UnsyncBoxBody<Bytes, Error>;

/// How long a request may lie with a connection that is closed.
const FORGOTTEN: Duration = Duration::from_secs(1);

/// What is known of a request on its way out. Dropped before a body that is a stream is out, it closes the connection.
pub(super) struct Sending {
    upload: Arc<Mutex<Upload>>,
    connection: CaptureConnection,
}

struct Upload {
    body: Body,
    moved: Instant,
    fault: Option<Error>,
    ended: bool,
}

fn lock(upload: &Mutex<Upload>) -> MutexGuard<'_, Upload> {
    upload.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sending {
    /// Begins to send a body: gives the request that carries it.
    pub(super) fn begin(body: Body) -> (Self, http::Request<RequestBody>) {
        let ended = !matches!(body, Body::Stream(_));
        let carried = match &body {
            Body::Empty => Some(Empty::new().map_err(|never| match never {}).boxed_unsync()),
            Body::Json(value) => {
                let text = Bytes::from(value.to_string());
                Some(Full::new(text).map_err(|never| match never {}).boxed_unsync())
            }
            Body::Stream(_) => None,
        };
        let upload = Arc::new(Mutex::new(Upload { body, moved: Instant::now(), fault: None, ended }));
        let mut request = http::Request::new(carried.unwrap_or_else(|| frames(Arc::clone(&upload))));
        let connection = capture_connection(&mut request);
        (Self { upload, connection }, request)
    }

    /// The way back to the request's connection, if it has one.
    pub(super) fn way_back(&self) -> Option<WayBack> {
        let mut extras = http::Extensions::new();
        self.connection.connection_metadata().as_ref()?.get_extras(&mut extras);
        extras.remove()
    }

    /// Takes note that the engine answers.
    pub(super) fn is_answered(&self) {
        if let Some(connection) = self.way_back() {
            connection.keep();
        }
    }

    /// Whether the request went by a connection that had carried another before.
    pub(super) fn went_by_kept_connection(&self) -> bool {
        self.way_back().is_some_and(|connection| connection.is_kept())
    }

    /// What went wrong with the request's body.
    pub(super) fn fault(&self) -> Option<Error> {
        lock(&self.upload).fault.take()
    }

    /// The body of a request that was not sent.
    pub(super) fn take_back(&self) -> Body {
        std::mem::replace(&mut lock(&self.upload).body, Body::Empty)
    }

    /// Waits for the answer; the limit starts anew whenever the request's body moves. None if the request lies with a
    /// connection that had closed before it could be sent.
    pub(super) async fn answer<T>(
        &self,
        limit: Option<Duration>,
        work: impl Future<Output = T>,
    ) -> Result<Option<T>> {
        let mut work = std::pin::pin!(work);
        let mut forgotten = std::pin::pin!(self.forgotten());
        loop {
            let deadline = limit.map(|limit| lock(&self.upload).moved + limit);
            let over = async {
                match deadline {
                    Some(deadline) => tokio::time::sleep_until(deadline).await,
                    None => pending().await,
                }
            };
            tokio::select! {
                biased;
                answer = &mut work => return Ok(Some(answer)),
                () = &mut forgotten => return Ok(None),
                () = over => {}
            }
            if let Some(limit) = limit.filter(|limit| lock(&self.upload).moved + *limit <= Instant::now()) {
                return Err(Error::timeout("answer from the engine", limit));
            }
        }
    }

    /// Waits until the request has been left lying. hyper (up to 1.12 at least) may hand a request to a connection at
    /// the very moment when that ends; then nobody ever takes it up, nor tells. One that was taken up is told of before
    /// the connection closes.
    async fn forgotten(&self) {
        self.connection.clone().wait_for_connection_metadata().await;
        while let Some(connection) = self.way_back() {
            connection.closed().await;
            tokio::time::sleep(FORGOTTEN).await;
            if self.way_back().is_some_and(|now| now.is(&connection)) {
                return;
            }
        }
        pending::<()>().await;
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        // The lock is held, so that the body cannot end and hand the connection on to another request meanwhile.
        let upload = lock(&self.upload);
        if !upload.ended
            && let Some(connection) = self.way_back()
        {
            connection.abandon();
        }
    }
}

/// A body that is a stream, as it moves.
fn frames(upload: Arc<Mutex<Upload>>) -> RequestBody {
    let frames = stream::poll_fn(move |cx| lock(&upload).poll_frame(cx));
    BodyExt::boxed_unsync(StreamBody::new(frames))
}

impl Upload {
    fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
        let Body::Stream(source) = &mut self.body else { return Poll::Ready(None) };
        let item = ready!(source.poll_next_unpin(cx));
        self.moved = Instant::now();
        self.ended = !matches!(item, Some(Ok(_)));
        if let Some(Err(error)) = &item {
            self.fault = Some(error.clone());
        }
        if self.ended {
            self.body = Body::Empty;
        }
        Poll::Ready(item.map(|item| item.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use hyper_util::client::legacy;
    use hyper_util::rt::TokioExecutor;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;
    use crate::client::Settings;
    use crate::host::Host;
    use crate::transport::Connector;

    #[tokio::test]
    async fn a_request_that_lies_with_a_closed_connection_is_taken_back() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let engine = tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            connection.read_u8().await.unwrap();
            connection.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
        });
        let host = Host::Tcp { host: "127.0.0.1".to_owned(), port };
        let connector = Connector::new(&Settings::new(host));
        let client = legacy::Client::builder(TokioExecutor::new()).build(connector);

        let (sending, mut request) = Sending::begin(Body::Json("body".into()));
        *request.uri_mut() = http::Uri::from_static("http://engine/");
        client.request(request).await.unwrap();
        engine.await.unwrap();
        // Its connection is closed now, and this stands for an answer that is never told of.
        let answer = sending.answer(Some(Duration::from_secs(30)), pending::<()>()).await.unwrap();
        assert!(answer.is_none());
        assert!(matches!(sending.take_back(), Body::Json(text) if text == "body"));
    }
}
