//! What `Container.exec_run` gives.

use moondock_engine::Kind;
use moondock_engine::models::{ExecOutput, ExecResult};
use moondock_engine::stream::{Channel, Frames};

use super::socket::Socket;
use super::{bytes_of, nameless, show};
use crate::describe::{Class, property};
use crate::stream::ScriptStream;
use crate::value::{Scripted, Value};
use futures_util::StreamExt;

/// docker-py's `ExecResult`.
#[derive(Clone)]
pub(super) struct Executed {
    exit_code: Option<i64>,
    output: Value,
}

impl Executed {
    /// Makes what scripts see of a result.
    pub(super) fn new(result: ExecResult, tty: bool, demux: bool) -> Self {
        let output = match result.output {
            ExecOutput::Collected(bytes) => bytes.into(),
            ExecOutput::Demuxed(stdout, stderr) => Value::Tuple(vec![stdout.into(), stderr.into()]),
            ExecOutput::Streaming(frames) if demux => pairs(frames).into(),
            ExecOutput::Streaming(frames) => bytes_of(frames).into(),
            ExecOutput::Socket(connection) => {
                Socket::new(
                    connection,
                    |reader| {
                        if tty { reader } else { Frames::multiplexed(reader).bytes() }
                    },
                )
                .into()
            }
        };
        Self { exit_code: result.exit_code, output }
    }
}

/// A stream of standard output and standard error apart. Its items are lists, for as several values the first, when it
/// is nothing, would end a loop in Lua.
fn pairs(frames: Frames) -> ScriptStream {
    ScriptStream::items(frames.map(|frame| {
        frame.map(|frame| match frame.channel {
            Channel::Stdout => Value::List(vec![Value::Bytes(frame.data), Value::Null]),
            Channel::Stderr => Value::List(vec![Value::Null, Value::Bytes(frame.data)]),
        })
    }))
}

impl Scripted for Executed {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "ExecResult",
    doc: "What a command in a container gave.",
    properties: &[
        property!("exit_code", Executed => Kind::Optional(&Kind::Int),
            "The exit code; nothing with `stream`, `socket` or `detach`.", |result| result.exit_code),
        property!("output", Executed => Kind::Any,
            "What it wrote: bytes; with `demux` a list of standard output and standard error; with `stream` a \
             `Stream` of these; with `socket` a `Socket`.", |result| result.output),
    ],
    methods: &[],
    display: show,
    identity: nameless,
};
