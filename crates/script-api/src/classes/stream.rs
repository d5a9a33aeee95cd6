//! Streams.

use futures_util::StreamExt;
use moondock_engine::Kind;
use moondock_engine::params::NoParams;
use moondock_engine::stream::Lines;

use super::{nameless, show};
use crate::describe::{Class, method};
use crate::stream::ScriptStream;
use crate::value::{Scripted, Value};

impl Scripted for ScriptStream {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Stream",
    doc: "What arrives piece by piece: an iterator for a `for` loop. It is closed at its end, by `close`, and when \
          nothing refers to it any more.",
    properties: &[],
    methods: &[
        method!(Read, "next", ScriptStream, NoParams => Kind::Optional(&Kind::Any),
            "Waits for the next item and gives it; nothing at the stream's end.",
            |stream, _, _| stream.next().await.map(|item| item.unwrap_or(Value::Null))),
        method!(Read, "lines", ScriptStream, NoParams => Kind::Stream(&Kind::Str),
        "Gives the stream's bytes line by line, without line ends: a piece is not a line. The stream itself is \
         used up.",
        |stream, _, _| {
            let lines = Lines::new(stream.take_bytes().await?);
            Ok(ScriptStream::items(lines.map(|line| line.map(Value::Bytes))))
        }),
        method!(Read, "close", ScriptStream, NoParams => Kind::Nil,
            "Ends the stream and the request behind it.",
            |stream, _, _| { stream.close().await; Ok(Value::Null) }),
    ],
    display: show,
    identity: nameless,
};
