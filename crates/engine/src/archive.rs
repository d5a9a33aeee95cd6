//! Tar archives: made while they are sent, unpacked while they come, in constant memory.

mod names;
mod pipe;
mod sparse;
mod unpack;
mod write;

pub(crate) use names::{Root, is_plain};
pub(crate) use pipe::{read, written};
pub(crate) use unpack::Unpacking;
pub(crate) use write::{Choice, Owners, Writer};
