//! The one path of every call from a script to Rust.

use std::time::Instant;

use moondock_engine::Params;

use crate::arguments::Arguments;
use crate::describe::{Class, Method, Module, Property};
use crate::error::{Result, ScriptError};
use crate::host::{Host, Trace};
use crate::value::{Object, Scripted, Value};

/// What a call is made on.
#[derive(Clone, Debug)]
pub enum Target {
    /// An object.
    Object(Object),
    /// A module.
    Module(&'static Module),
}

impl Target {
    fn name(&self) -> &'static str {
        match self {
            Self::Object(object) => object.class().name,
            Self::Module(module) => module.name,
        }
    }

    /// The name of a member as errors tell it, for example `Container.start`.
    pub fn member(&self, name: &str) -> String {
        member(self.name(), name)
    }
}

fn member(owner: &str, name: &str) -> String {
    format!("{owner}.{name}")
}

/// A call on its way to its handler.
#[derive(Debug)]
pub struct Call {
    /// The host of the script.
    pub host: Host,
    target: Target,
    arguments: Option<Arguments>,
}

impl Call {
    /// The Rust value behind the object that the call is made on.
    ///
    /// # Errors
    ///
    /// When it is of another class.
    pub fn this<T: Scripted>(&self) -> Result<T> {
        let Target::Object(object) = &self.target else {
            return Err(ScriptError::argument(format!("it is called on a {}", T::CLASS.name)));
        };
        let wrong = || {
            ScriptError::argument(format!(
                "it is called on a {}, not a {}",
                T::CLASS.name,
                object.class().name
            ))
        };
        object.get::<T>().cloned().ok_or_else(wrong)
    }

    /// The object that the call is made on.
    pub fn object(&self) -> Option<&Object> {
        match &self.target {
            Target::Object(object) => Some(object),
            Target::Module(_) => None,
        }
    }

    /// The arguments as a struct.
    ///
    /// # Errors
    ///
    /// When their values do not fit together.
    pub fn params<P: Params>(&mut self) -> Result<P> {
        self.arguments.take().map_or_else(|| Ok(P::default()), |mut arguments| arguments.read())
    }
}

/// Calls a method: checks the arguments, does the work, and records what was done.
///
/// # Errors
///
/// When an argument is wrong, or what the method raises; both name the method.
pub async fn call(
    host: &Host,
    target: Target,
    method: &'static Method,
    arguments: Vec<Value>,
) -> Result<Value> {
    let started = Instant::now();
    let name = target.name();
    let result = match Arguments::check(&method.params, arguments) {
        Ok(arguments) => {
            (method.handler)(Call { host: host.clone(), target, arguments: Some(arguments) }).await
        }
        Err(error) => Err(error),
    };
    host.trace(&Trace {
        target: name,
        method: method.name,
        effect: method.effect,
        took: started.elapsed(),
        failed: result.is_err(),
    });
    result.map_err(|error| error.in_method(|| member(name, method.name)))
}

/// Reads a property.
///
/// # Errors
///
/// What reading it raises; it names the property.
pub async fn get(host: &Host, object: &Object, property: &'static Property) -> Result<Value> {
    let call = Call { host: host.clone(), target: Target::Object(object.clone()), arguments: None };
    let class: &Class = object.class();
    (property.handler)(call).await.map_err(|error| error.in_method(|| member(class.name, property.name)))
}
