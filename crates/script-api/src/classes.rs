//! Every class and module of the script API, a file each.

mod client;
mod container;
mod containers;
mod docker;
mod error;
mod exec_result;
mod image;
mod images;
mod moondock;
mod registration;
mod socket;
mod stream;

use std::fmt;

use moondock_engine::stream::Frames;

use crate::describe::{Class, Module};
use crate::stream::ScriptStream;
use crate::value::Object;

/// Every class, in the order of the reference.
pub static CLASSES: &[&Class] = &[
    &client::CLASS,
    &containers::CLASS,
    &container::CLASS,
    &exec_result::CLASS,
    &images::CLASS,
    &image::CLASS,
    &stream::CLASS,
    &socket::CLASS,
    &error::CLASS,
    &registration::CLASS,
];

/// Every module, in the order of the reference.
pub static MODULES: &[&Module] = &[&docker::MODULE, &moondock::MODULE];

/// Shows an object as docker-py does, `<Class: id>`.
fn show(object: &Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match object.identity() {
        identity if identity.is_empty() => write!(f, "<{}>", object.class().name),
        identity => write!(f, "<{}: {identity}>", object.class().name),
    }
}

/// The identity of objects that have none.
fn nameless(_: &Object) -> String {
    String::new()
}

/// A stream of the bytes of frames.
fn bytes_of(frames: Frames) -> ScriptStream {
    ScriptStream::bytes(frames.bytes())
}
