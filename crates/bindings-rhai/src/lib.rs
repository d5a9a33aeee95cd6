//! Moondock's script API in Rhai.
//!
//! [`Script`] runs a script in an engine of its own; [`install`] adds the modules to one that an embedder owns. No
//! method of the API is named here: everything is made from its description.

mod callbacks;
mod called;
mod convert;
mod error;
mod object;
mod reserved;
mod script;

pub use object::{Runtime, install};
pub use script::Script;
