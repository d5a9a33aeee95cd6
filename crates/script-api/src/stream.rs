//! Streams in scripts: iterators that close.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use moondock_engine::Error;
use moondock_engine::stream::ByteStream;
use tokio::sync::{Mutex as AsyncMutex, Notify};

use crate::callback::Callback;
use crate::error::{Result, ScriptError};
use crate::value::{Object, Value};

/// The items of a stream.
pub type Items = Pin<Box<dyn Stream<Item = Result<Value>> + Send>>;

enum State {
    Bytes(ByteStream),
    Items(Items),
    Closed,
}

/// A stream as scripts hold it. Clones are the same stream; the last one to go away closes it.
#[derive(Clone)]
pub struct ScriptStream(Arc<Inner>);

struct Inner {
    state: AsyncMutex<State>,
    closing: Notify,
    closed: Mutex<bool>,
}

impl std::fmt::Debug for ScriptStream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ScriptStream")
    }
}

impl ScriptStream {
    fn new(state: State) -> Self {
        Self(Arc::new(Inner {
            state: AsyncMutex::new(state),
            closing: Notify::new(),
            closed: Mutex::new(false),
        }))
    }

    /// A stream of bytes.
    pub fn bytes(stream: ByteStream) -> Self {
        Self::new(State::Bytes(stream))
    }

    /// A stream of values.
    pub fn items<T: Into<Value>>(stream: impl Stream<Item = Result<T, Error>> + Send + 'static) -> Self {
        Self::new(State::Items(Box::pin(stream.map(|item| item.map(Into::into).map_err(Into::into)))))
    }

    fn is_closed(&self) -> bool {
        *self.0.closed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next item, if it is here already: `None` where one would have to wait.
    pub fn ready(&self) -> Option<Result<Option<Value>>> {
        let mut state = self.0.state.try_lock().ok()?;
        match poll(&mut state, &mut Context::from_waker(Waker::noop())) {
            Poll::Ready(item) => Some(item.transpose()),
            Poll::Pending => None,
        }
    }

    /// Waits for the next item; none at the stream's end.
    ///
    /// # Errors
    ///
    /// What broke the stream.
    pub async fn next(&self) -> Result<Option<Value>> {
        let closing = self.0.closing.notified();
        tokio::pin!(closing);
        closing.as_mut().enable();
        if self.is_closed() {
            return Ok(None);
        }
        let next = async {
            let mut state = self.0.state.lock().await;
            std::future::poll_fn(|cx| poll(&mut state, cx)).await.transpose()
        };
        tokio::select! {
            item = next => item,
            () = closing => Ok(None),
        }
    }

    /// Ends the stream and the request behind it. Whoever waits for an item gets the end.
    pub async fn close(&self) {
        *self.0.closed.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.closing.notify_waiters();
        *self.0.state.lock().await = State::Closed;
    }

    /// Takes the stream's bytes out, leaving it closed.
    ///
    /// # Errors
    ///
    /// When it is a stream of other items.
    pub async fn take_bytes(&self) -> Result<ByteStream> {
        let mut state = self.0.state.lock().await;
        match std::mem::replace(&mut *state, State::Closed) {
            State::Bytes(stream) => Ok(stream),
            State::Closed => Ok(Box::pin(stream::empty())),
            items @ State::Items(_) => {
                *state = items;
                Err(ScriptError::argument("the stream's items are no bytes"))
            }
        }
    }
}

fn poll(state: &mut State, cx: &mut Context<'_>) -> Poll<Option<Result<Value>>> {
    let item = match state {
        State::Bytes(stream) => {
            stream.poll_next_unpin(cx).map(|item| item.map(|chunk| Ok(Value::Bytes(chunk?))))
        }
        State::Items(stream) => stream.poll_next_unpin(cx),
        State::Closed => Poll::Ready(None),
    };
    if matches!(item, Poll::Ready(None | Some(Err(_)))) {
        *state = State::Closed;
    }
    item
}

/// Bytes given to a call: at once, or as a stream.
#[derive(Clone, Debug)]
pub struct Source(Given);

#[derive(Clone, Debug)]
enum Given {
    Bytes(Bytes),
    Stream(ScriptStream),
    Function(Callback),
}

impl Source {
    pub(crate) fn is_one(object: &Object) -> bool {
        object.get::<ScriptStream>().is_some()
    }

    pub(crate) fn of(value: Value) -> Option<Self> {
        Some(Self(match value {
            Value::Str(text) => Given::Bytes(text.into()),
            Value::Bytes(bytes) => Given::Bytes(bytes),
            Value::Function(callback) => Given::Function(callback),
            Value::Object(object) => Given::Stream(object.get::<ScriptStream>()?.clone()),
            _ => return None,
        }))
    }

    /// The bytes as a stream. A function is called for each piece until it gives nothing.
    ///
    /// # Errors
    ///
    /// When it is a stream of other items.
    pub async fn stream(self) -> Result<ByteStream> {
        match self.0 {
            Given::Bytes(bytes) => Ok(moondock_engine::stream::once(bytes)),
            Given::Stream(stream) => stream.take_bytes().await,
            Given::Function(callback) => {
                Ok(Box::pin(stream::unfold(Some(callback), |callback| async move {
                    let callback = callback?;
                    let fail = |words: String| {
                        let error = Error::new(moondock_engine::ErrorKind::InvalidArgument, words);
                        Some((Err(error), None))
                    };
                    match callback.call(Vec::new()).await {
                        Ok(Value::Null) => None,
                        Ok(Value::Str(text)) => Some((Ok(text.into()), Some(callback))),
                        Ok(Value::Bytes(bytes)) => Some((Ok(bytes), Some(callback))),
                        Ok(other) => fail(format!("the source gave {} instead of bytes", other.words())),
                        Err(error) => fail(format!("the source failed: {error}")),
                    }
                })))
            }
        }
    }
}

/// All bytes of a source, none of none.
///
/// # Errors
///
/// When it is a stream of other items, or breaks.
pub(crate) async fn whole(source: Option<Source>) -> Result<Vec<u8>> {
    let Some(source) = source else { return Ok(Vec::new()) };
    Ok(moondock_engine::stream::collect(source.stream().await?).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_here_needs_no_waiting() {
        let stream = ScriptStream::bytes(moondock_engine::stream::once("a"));
        assert!(matches!(stream.ready(), Some(Ok(Some(Value::Bytes(bytes)))) if bytes == "a"));
        assert!(matches!(stream.ready(), Some(Ok(None))));
        assert!(ScriptStream::bytes(Box::pin(stream::pending())).ready().is_none());
    }

    #[tokio::test]
    async fn closing_wakes_whoever_waits() {
        let stream = ScriptStream::bytes(Box::pin(stream::pending()));
        let waiting = tokio::spawn({
            let stream = stream.clone();
            async move { stream.next().await }
        });
        tokio::task::yield_now().await;
        stream.close().await;
        assert!(matches!(waiting.await.unwrap(), Ok(None)));
        assert!(matches!(stream.next().await, Ok(None)));
    }
}
