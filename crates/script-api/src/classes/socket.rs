//! The connection of a command in a container.

use std::sync::Arc;

use moondock_engine::stream::{ByteStream, Hijacked};
use moondock_engine::{Error, ErrorKind, Kind, params, params::NoParams};
use tokio::io::{AsyncWriteExt, WriteHalf};
use tokio::sync::Mutex;

use super::{nameless, show};
use crate::describe::{Class, method};
use crate::error::Result;
use crate::stream::{ScriptStream, Source};
use crate::value::{Scripted, Value};
use futures_util::StreamExt;

params! {
    /// What to send.
    struct SendParams {
        /// The bytes.
        data: Option<Source> => required,
    }
}

/// A two-way connection, its two sides apart so that one can wait while the other works.
#[derive(Clone)]
pub(super) struct Socket {
    reader: ScriptStream,
    writer: Arc<Mutex<WriteHalf<Hijacked>>>,
}

impl Socket {
    pub(super) fn new(connection: Hijacked, frames: impl FnOnce(ByteStream) -> ByteStream) -> Self {
        let (reader, writer) = connection.split();
        Self { reader: ScriptStream::bytes(frames(reader)), writer: Arc::new(Mutex::new(writer)) }
    }
}

impl Scripted for Socket {
    const CLASS: &'static Class = &CLASS;
}

fn broken(error: &std::io::Error) -> Error {
    Error::new(ErrorKind::ConnectionError, format!("the connection broke: {error}"))
}

async fn send(socket: &Socket, source: Option<Source>) -> Result<()> {
    let mut writer = socket.writer.lock().await;
    if let Some(source) = source {
        let mut bytes = source.stream().await?;
        while let Some(chunk) = bytes.next().await {
            writer.write_all(&chunk?).await.map_err(|error| broken(&error))?;
        }
    }
    Ok(writer.flush().await.map_err(|error| broken(&error))?)
}

pub(super) static CLASS: Class = Class {
    name: "Socket",
    doc: "The connection to a command in a container: its standard input and its output.",
    properties: &[],
    methods: &[
        method!(Exec, "send", Socket, SendParams => Kind::Nil,
            "Writes bytes to the command's standard input.",
            |socket, params, _| send(&socket, params.data).await.map(|()| Value::Null)),
        method!(Read, "recv", Socket, NoParams => Kind::Optional(&Kind::Bytes),
            "Waits for the next piece of the command's output; nothing at its end.",
            |socket, _, _| socket.reader.next().await.map(|item| item.unwrap_or(Value::Null))),
        method!(Exec, "close_write", Socket, NoParams => Kind::Nil,
        "Ends the command's standard input. Its output can still be read.",
        |socket, _, _| {
            socket.writer.lock().await.shutdown().await.map_err(|error| broken(&error))?;
            Ok(Value::Null)
        }),
        method!(Read, "output", Socket, NoParams => Kind::Stream(&Kind::Bytes),
            "The command's output as a stream.", |socket, _, _| Ok(socket.reader)),
        method!(Read, "close", Socket, NoParams => Kind::Nil,
        "Ends the connection.", |socket, _, _| {
            socket.reader.close().await;
            // Closed already, if the other side was first.
            let _ = socket.writer.lock().await.shutdown().await;
            Ok(Value::Null)
        }),
    ],
    display: show,
    identity: nameless,
};
