//! Values that cross between a script and Rust, whatever the script's language.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use indexmap::IndexMap;

use crate::callback::Callback;
use crate::describe::Class;

/// A value, neutral to language.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// Text.
    Str(String),
    /// Bytes that need not be text.
    Bytes(Bytes),
    /// A list.
    List(Vec<Value>),
    /// A map, in the order it was made.
    Map(IndexMap<String, Value>),
    /// An empty table of a language that does not tell lists from maps.
    Empty,
    /// Several values at once (a tuple in Python).
    Tuple(Vec<Value>),
    /// What the engine sent, handed over as it is.
    Json(Arc<serde_json::Value>),
    /// An object with properties and methods.
    Object(Object),
    /// A function of the script's.
    Function(Callback),
}

impl Value {
    /// What the value is, in words for an error.
    pub fn words(&self) -> String {
        match self {
            Self::Null => "nothing".to_owned(),
            Self::Bool(_) => "a boolean".to_owned(),
            Self::Int(number) => format!("the number {number}"),
            Self::Float(number) => format!("the number {number}"),
            Self::Str(_) => "text".to_owned(),
            Self::Bytes(_) => "bytes that are no UTF-8 text".to_owned(),
            Self::List(_) | Self::Tuple(_) => "a list".to_owned(),
            Self::Map(_) => "a map".to_owned(),
            Self::Empty => "an empty table".to_owned(),
            Self::Json(_) => "JSON".to_owned(),
            Self::Object(object) => format!("an object of class {}", object.class().name),
            Self::Function(_) => "a function".to_owned(),
        }
    }
}

impl From<serde_json::Value> for Value {
    fn from(json: serde_json::Value) -> Self {
        Self::Json(Arc::new(json))
    }
}

impl From<Arc<serde_json::Value>> for Value {
    fn from(json: Arc<serde_json::Value>) -> Self {
        Self::Json(json)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Str(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Str(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(on: bool) -> Self {
        Self::Bool(on)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Scripted> From<T> for Value {
    fn from(state: T) -> Self {
        Self::Object(Object::new(state))
    }
}

impl<T: Scripted> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

/// A Rust type whose values scripts see as objects of a class.
pub trait Scripted: Any + Clone + Send + Sync {
    /// The class.
    const CLASS: &'static Class;
}

/// An object: a class, and the Rust value behind it. Clones are the same object.
#[derive(Clone)]
pub struct Object {
    class: &'static Class,
    state: Arc<dyn Any + Send + Sync>,
}

impl Object {
    /// Makes an object of a value.
    pub fn new<T: Scripted>(state: T) -> Self {
        Self { class: T::CLASS, state: Arc::new(state) }
    }

    /// The class.
    pub fn class(&self) -> &'static Class {
        self.class
    }

    /// The Rust value, if it is of this type.
    pub fn get<T: Scripted>(&self) -> Option<&T> {
        self.state.downcast_ref()
    }

    /// What it is called in JSON and shown as, for example an id.
    pub fn identity(&self) -> String {
        (self.class.identity)(self)
    }

    /// Whether both are the same thing of the engine's, or the same object where the engine knows none.
    pub fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.class, other.class)
            && (Arc::ptr_eq(&self.state, &other.state)
                || Some(self.identity()).filter(|identity| !identity.is_empty()) == Some(other.identity()))
    }
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.class.display)(self, f)
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
