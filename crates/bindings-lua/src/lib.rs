//! Moondock's script API in Lua.
//!
//! [`Script`] runs a script in a virtual machine of its own; [`install`] adds the modules to one that an embedder
//! owns. No method of the API is named here: everything is made from its description.

mod callbacks;
mod convert;
mod error;
mod object;
mod script;
mod waiting;

pub use object::install;
pub use script::Script;
