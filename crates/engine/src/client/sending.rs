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
    begun: std::time::Instant,
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
        let begun = std::time::Instant::now();
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
        (Self { begun, upload, connection }, request)
    }

    /// The way back to the request's connection, if it has one.
    pub(super) fn way_back(&self) -> Option<WayBack> {
        let mut extras = http::Extensions::new();
        self.connection.connection_metadata().as_ref()?.get_extras(&mut extras);
        extras.remove()
    }

    /// Whether the request went by a connection that was there before it: one that had carried another, or one that
    /// had been opened for another which then went by a third.
    pub(super) fn went_by_older_connection(&self) -> bool {
        self.way_back().is_some_and(|connection| connection.is_kept() || connection.opened() < self.begun)
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
        // Nearly every answer is there sooner.
        let late = lock(&self.upload).moved + FORGOTTEN;
        let mut is_late = false;
        loop {
            let deadline = limit.map(|limit| lock(&self.upload).moved + limit);
            let over = async {
                match deadline.into_iter().chain((!is_late).then_some(late)).min() {
                    Some(deadline) => tokio::time::sleep_until(deadline).await,
                    None => pending().await,
                }
            };
            tokio::select! {
                biased;
                answer = &mut work => return Ok(Some(answer)),
                () = &mut forgotten, if is_late => return Ok(None),
                () = over => {}
            }
            let now = Instant::now();
            if let Some(limit) = limit.filter(|limit| lock(&self.upload).moved + *limit <= now) {
                return Err(Error::timeout("answer from the engine", limit));
            }
            is_late |= late <= now;
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
    use std::io;
    use std::pin::Pin;

    use futures_util::FutureExt;
    use hyper_util::client::legacy;
    use hyper_util::rt::{TokioExecutor, TokioIo};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::Semaphore;
    use tower_service::Service;

    use super::*;
    use crate::client::Settings;
    use crate::host::Host;
    use crate::transport::{Connector, Wire};

    /// An engine's listener and how to reach it.
    async fn engine() -> (TcpListener, Connector) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let host = Host::Tcp { host: "127.0.0.1".to_owned(), port };
        (listener, Connector::new(&Settings::new(host)))
    }

    fn begin(body: Body) -> (Sending, http::Request<RequestBody>) {
        let (sending, mut request) = Sending::begin(body);
        *request.uri_mut() = http::Uri::from_static("http://engine/");
        (sending, request)
    }

    /// Opens a connection for each permit, and counts those that are open.
    #[derive(Clone)]
    struct Gated {
        connector: Connector,
        gate: Arc<Semaphore>,
        opened: Arc<Semaphore>,
    }

    impl Service<http::Uri> for Gated {
        type Response = TokioIo<Wire>;
        type Error = io::Error;
        type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, uri: http::Uri) -> Self::Future {
            let Self { mut connector, gate, opened } = self.clone();
            Box::pin(async move {
                gate.acquire().await.unwrap().forget();
                let wire = connector.call(uri).await?;
                opened.add_permits(1);
                Ok(wire)
            })
        }
    }

    /// Reads a request and answers it.
    async fn answer(connection: &mut TcpStream, headers: &str) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(connection.read_u8().await.unwrap());
        }
        let answer = format!("HTTP/1.1 204 No Content\r\n{headers}\r\n");
        connection.write_all(answer.as_bytes()).await.unwrap();
    }

    #[tokio::test]
    async fn a_connection_that_was_opened_for_another_request_is_older() {
        let (listener, connector) = engine().await;
        let (gate, opened) = (Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(0)));
        let connector = Gated { connector, gate: Arc::clone(&gate), opened: Arc::clone(&opened) };
        let client = legacy::Client::builder(TokioExecutor::new()).build(connector);
        let (first, request) = begin(Body::Empty);
        let one = tokio::spawn(client.request(request));
        let (mut connection, _) = listener.accept().await.unwrap();
        // The second one begins to open a connection, and goes by the first one's.
        let (_, request) = begin(Body::Empty);
        let mut two = client.request(request);
        assert!((&mut two).now_or_never().is_none());
        answer(&mut connection, "").await;
        one.await.unwrap().unwrap();
        assert!(!first.went_by_older_connection());
        let (answered, ()) = tokio::join!(two, answer(&mut connection, "Connection: close\r\n"));
        answered.unwrap();
        // What was opened for it is there now, and the third one goes by that.
        opened.acquire().await.unwrap().forget();
        gate.add_permits(1);
        opened.acquire().await.unwrap().forget();
        let (mut connection, _) = listener.accept().await.unwrap();
        let (third, request) = begin(Body::Empty);
        let breaking = async {
            connection.read_u8().await.unwrap();
            drop(connection);
        };
        let (broken, ()) = tokio::join!(client.request(request), breaking);
        broken.unwrap_err();
        assert!(third.went_by_older_connection());
    }

    #[tokio::test]
    async fn a_request_that_lies_with_a_closed_connection_is_taken_back() {
        let (listener, connector) = engine().await;
        let engine = tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            connection.read_u8().await.unwrap();
            connection.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
        });
        let client = legacy::Client::builder(TokioExecutor::new()).build(connector);

        let (sending, request) = begin(Body::Json("body".into()));
        client.request(request).await.unwrap();
        engine.await.unwrap();
        // Its connection is closed now, and this stands for an answer that is never told of.
        let answer = sending.answer(Some(Duration::from_secs(30)), pending::<()>()).await.unwrap();
        assert!(answer.is_none());
        assert!(matches!(sending.take_back(), Body::Json(text) if text == "body"));
    }
}
