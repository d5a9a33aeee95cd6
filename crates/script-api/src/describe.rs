//! The vocabulary in which the script API is described.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use moondock_engine::{Kind, ParamList};

use crate::dispatch::Call;
use crate::error::Result;
use crate::value::{Object, Value};

/// What a call may do to the world, for permissions and traces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It reads from the engine, or touches nothing.
    Read,
    /// It changes the engine's state.
    Write,
    /// It runs a program inside a container.
    Exec,
    /// It touches the machine that the script runs on.
    Host,
}

impl Effect {
    /// The effect's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Exec => "exec",
            Self::Host => "host",
        }
    }
}

/// The work of a call.
pub type Work = Pin<Box<dyn Future<Output = Result<Value>> + Send>>;

/// Begins the work of a call.
pub type Handler = fn(Call) -> Work;

/// A method, or a function of a module.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// The name, as in docker-py.
    pub name: &'static str,
    /// What it does, and what it gives back.
    pub doc: &'static str,
    /// What it takes.
    pub params: ParamList,
    /// What it gives back.
    pub returns: Kind,
    /// What it may do.
    pub effect: Effect,
    /// Does it.
    pub handler: Handler,
}

/// A property.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    /// The name, as in docker-py.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its kind.
    pub kind: Kind,
    /// Reads it.
    pub handler: Handler,
}

/// A class of objects.
#[derive(Debug)]
pub struct Class {
    /// The name.
    pub name: &'static str,
    /// What its objects are.
    pub doc: &'static str,
    /// Its properties.
    pub properties: &'static [Property],
    /// Its methods.
    pub methods: &'static [Method],
    /// Shows an object, for example `<Container: 0123456789ab>`.
    pub display: fn(&Object, &mut fmt::Formatter<'_>) -> fmt::Result,
    /// An object's id, empty if the class has none.
    pub identity: fn(&Object) -> String,
}

impl Class {
    /// The property of this name.
    pub fn property(&self, name: &str) -> Option<&'static Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// The method of this name.
    pub fn method(&self, name: &str) -> Option<&'static Method> {
        self.methods.iter().find(|method| method.name == name)
    }

    /// Says that it has no such member, naming the nearest one.
    pub fn unknown(&self, name: &str) -> String {
        let members = self.properties.iter().map(|property| property.name);
        let members = members.chain(self.methods.iter().map(|method| method.name));
        format!("{} has no property or method `{name}`{}", self.name, crate::nearest::hint(name, members))
    }

    /// Says that a member cannot be set.
    pub fn read_only(&self, name: &str) -> String {
        format!("{}.{name} cannot be set: objects change by their methods only", self.name)
    }
}

/// A text that a module has a name for.
#[derive(Clone, Copy, Debug)]
pub struct Constant {
    /// The name, as in docker-py.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// The text.
    pub value: &'static str,
}

/// A module of functions and constants.
#[derive(Debug)]
pub struct Module {
    /// The name, for example `docker`, or `docker.types` of a module in that one.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// Its functions.
    pub functions: &'static [Method],
    /// Its constants.
    pub constants: &'static [Constant],
}

impl Module {
    /// The name of the module that it is in, if it is in one, and its name there.
    pub fn place(&self) -> (Option<&'static str>, &'static str) {
        match self.name.rsplit_once('.') {
            Some((parent, name)) => (Some(parent), name),
            None => (None, self.name),
        }
    }

    /// The modules in it.
    pub fn modules(&self) -> impl Iterator<Item = &'static Module> {
        crate::MODULES.iter().copied().filter(|module| module.place().0 == Some(self.name))
    }

    /// The function of this name.
    pub fn function(&self, name: &str) -> Option<&'static Method> {
        self.functions.iter().find(|function| function.name == name)
    }

    /// Says that it has no such function, naming the nearest one.
    pub fn unknown(&self, name: &str) -> String {
        let functions = self.functions.iter().map(|function| function.name);
        let others = self.constants.iter().map(|constant| constant.name);
        let known = functions.chain(others).chain(self.modules().map(|module| module.place().1));
        format!("{} has no function `{name}`{}", self.name, crate::nearest::hint(name, known))
    }
}

/// Lists of methods as one list, made while compiling.
pub(crate) mod joined {
    use super::Method;

    /// How many methods the groups hold.
    pub(crate) const fn count(groups: &[&[Method]]) -> usize {
        let (mut count, mut group) = (0, 0);
        while group < groups.len() {
            count += groups[group].len();
            group += 1;
        }
        count
    }

    /// The methods of all groups, of which there are as many as [`count`] says.
    pub(crate) const fn all<const COUNT: usize>(groups: &[&[Method]]) -> [Method; COUNT] {
        let mut all = [groups[0][0]; COUNT];
        let (mut place, mut group) = (0, 0);
        while group < groups.len() {
            let mut method = 0;
            while method < groups[group].len() {
                all[place] = groups[group][method];
                place += 1;
                method += 1;
            }
            group += 1;
        }
        all
    }
}

/// Describes a method: `method!(Effect, "name", Type, Params => Kind, "doc", |this, params, call| body)`.
macro_rules! method {
    ($effect:ident, $name:literal, $class:ty, $params:ty => $returns:expr, $doc:literal,
     |$this:pat_param, $args:pat_param, $call:pat_param| $body:expr) => {
        $crate::describe::Method {
            name: $name,
            doc: $doc,
            params: <$params as moondock_engine::Params>::LIST,
            returns: $returns,
            effect: $crate::describe::Effect::$effect,
            handler: |mut call| {
                Box::pin(async move {
                    let $this: $class = call.this()?;
                    let $args: $params = call.params()?;
                    let $call = call;
                    let result: $crate::error::Result<_> = { $body };
                    Ok($crate::value::Value::from(result?))
                })
            },
        }
    };
}

/// Describes a function of a module: `function!(Effect, "name", Params => Kind, "doc", |params, call| body)`.
macro_rules! function {
    ($effect:ident, $name:literal, $params:ty => $returns:expr, $doc:literal,
     |$args:pat_param, $call:pat_param| $body:expr) => {
        $crate::describe::Method {
            name: $name,
            doc: $doc,
            params: <$params as moondock_engine::Params>::LIST,
            returns: $returns,
            effect: $crate::describe::Effect::$effect,
            handler: |mut call| {
                Box::pin(async move {
                    let $args: $params = call.params()?;
                    let $call = call;
                    let result: $crate::error::Result<_> = { $body };
                    Ok($crate::value::Value::from(result?))
                })
            },
        }
    };
}

/// Describes a property: `property!("name", Type => Kind, "doc", |this| body)`.
macro_rules! property {
    ($name:literal, $class:ty => $kind:expr, $doc:literal, |$this:pat_param| $body:expr) => {
        $crate::describe::Property {
            name: $name,
            doc: $doc,
            kind: $kind,
            handler: |call| {
                Box::pin(async move {
                    let $this: $class = call.this()?;
                    Ok($crate::value::Value::from($body))
                })
            },
        }
    };
}

pub(crate) use {function, method, property};
