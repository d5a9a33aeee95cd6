//! What Moondock's tests and developer commands stand on: a real engine of their own, the image that it needs,
//! processes with a deadline, and the comparison of what is put on the wire.

pub mod binary;
pub mod documents;
pub mod engine;
pub mod example;
pub mod image;
mod listener;
pub mod pairs;
pub mod process;
pub mod registry;
pub mod replay;
pub mod ssh_server;
pub mod surface;
pub mod tree;
pub mod wire;
