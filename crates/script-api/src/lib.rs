//! What a Moondock script sees, described once for every language.
//!
//! [`CLASSES`] and [`MODULES`] list everything; a language binding is made from them and names no method itself. Every
//! call goes through [`dispatch`].

pub mod arguments;
pub mod callback;
mod classes;
pub mod describe;
pub mod dispatch;
pub mod emit;
pub mod error;
pub mod host;
mod nearest;
pub mod session;
pub mod stream;
pub mod value;

pub use callback::{Callback, Callbacks, Invocation, Invocations};
pub use classes::{CLASSES, MODULES};
pub use describe::{Class, Constant, Effect, Method, Module, Property};
pub use dispatch::Target;
pub use error::{Result, ScriptError};
pub use host::{Host, Trace};
pub use moondock_engine::{Error as EngineError, Kind, Param};
pub use session::{Finish, Part, Stop};
pub use stream::ScriptStream;
pub use value::{Object, Scripted, Value};
