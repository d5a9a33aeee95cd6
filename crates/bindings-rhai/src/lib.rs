//! Moondock's script API in Rhai.

mod script;

pub use script::Script;
