//! Reading a call's arguments by their description.

use std::cell::RefCell;

use indexmap::IndexMap;
use moondock_engine::{Kind, Param, ParamList, ParamType, Params};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value as Json};

use crate::callback::Callback;
use crate::error::{Result, ScriptError};
use crate::nearest;
use crate::stream::Source;
use crate::value::Value;

/// What cannot be JSON while the rest of the arguments is: functions and streams, by their place here.
#[derive(Debug, Default)]
struct Handles(Vec<Option<Value>>);

thread_local! {
    /// The handles of the arguments that are being read; reading never waits, so it stays on one thread.
    static READING: RefCell<Handles> = RefCell::default();
}

/// Arguments whose names and kinds have been checked.
#[derive(Debug)]
pub struct Arguments {
    values: Map<String, Json>,
    handles: Handles,
}

impl Arguments {
    /// Checks arguments against a description. A trailing map holds keyword arguments, unless its place is a map's and
    /// not all its keys are parameters.
    ///
    /// # Errors
    ///
    /// When an argument is unknown, missing, given twice or of a wrong kind.
    pub fn check(list: &ParamList, mut given: Vec<Value>) -> Result<Self> {
        let params = list.all();
        let keywords = take_keywords(&params, &mut given);
        if given.len() > params.len() {
            let names: Vec<_> = params.iter().map(|param| param.name).collect();
            return Err(ScriptError::argument(match names.as_slice() {
                [] => format!("it takes no arguments, but got {}", given.len()),
                names => format!(
                    "it takes at most {} ({}), but got {}",
                    names.len(),
                    names.join(", "),
                    given.len()
                ),
            }));
        }
        let mut arguments = Self { values: Map::new(), handles: Handles::default() };
        let positional = given.len();
        for (param, value) in params.iter().zip(given) {
            arguments.set(param, value)?;
        }
        for (name, value) in keywords {
            // Lua reserves `until`.
            let wanted = if name == "until_" { "until" } else { &name };
            let Some(place) = params.iter().position(|param| param.name == wanted) else {
                let hint = nearest::hint(&name, params.iter().map(|param| param.name));
                return Err(ScriptError::argument(format!("it has no argument `{name}`{hint}")));
            };
            if place < positional {
                return Err(ScriptError::argument(format!("`{name}` is given twice, by place and by name")));
            }
            arguments.set(params[place], value)?;
        }
        match params.iter().find(|param| param.required && !arguments.values.contains_key(param.name)) {
            Some(missing) => Err(ScriptError::argument(format!("`{}` is missing", missing.name))),
            None => Ok(arguments),
        }
    }

    /// The arguments as a struct.
    ///
    /// # Errors
    ///
    /// When their values do not fit together.
    pub fn read<P: Params>(&mut self) -> Result<P> {
        READING.with(|reading| reading.replace(std::mem::take(&mut self.handles)));
        let result = serde_json::from_value(Json::Object(std::mem::take(&mut self.values)));
        READING.with(RefCell::take);
        result.map_err(|error| ScriptError::argument(error.to_string()))
    }

    fn set(&mut self, param: &Param, value: Value) -> Result<()> {
        if matches!((&value, param.kind), (Value::Null, kind) if !param.required || matches!(kind, Kind::Optional(_)))
        {
            return Ok(());
        }
        let converted = self.handles.convert(&param.kind, value).map_err(|fault| {
            let place = if fault.path.is_empty() { String::new() } else { format!(" at {}", fault.path) };
            ScriptError::argument(format!(
                "`{}`{place} takes {}, but got {}",
                param.name, fault.wanted, fault.got
            ))
        })?;
        self.values.insert(param.name.to_owned(), converted);
        Ok(())
    }
}

fn take_keywords(params: &[&Param], given: &mut Vec<Value>) -> IndexMap<String, Value> {
    let place = given.len().wrapping_sub(1);
    let takes_map = params.get(place).is_some_and(|param| takes(&param.kind, Takes::Map));
    let is_keywords = match given.last() {
        Some(Value::Map(map)) => {
            let known = |name: &String| params.iter().any(|param| param.name == name || name == "until_");
            !takes_map || map.keys().all(known)
        }
        Some(Value::Empty) => params.get(place).is_none_or(|param| !takes(&param.kind, Takes::Table)),
        _ => false,
    };
    match given.pop() {
        Some(Value::Map(map)) if is_keywords => map,
        Some(Value::Empty) if is_keywords => IndexMap::new(),
        Some(last) => {
            given.push(last);
            IndexMap::new()
        }
        None => IndexMap::new(),
    }
}

#[derive(Clone, Copy)]
enum Takes {
    Map,
    Table,
}

fn takes(kind: &Kind, what: Takes) -> bool {
    match kind {
        Kind::Any | Kind::Map(_) => true,
        Kind::List(_) => matches!(what, Takes::Table),
        Kind::Optional(kind) => takes(kind, what),
        Kind::Union(kinds) => kinds.iter().any(|kind| takes(kind, what)),
        _ => false,
    }
}

/// A value of a wrong kind.
struct Fault {
    path: String,
    wanted: String,
    got: String,
}

impl Fault {
    fn below(mut self, part: &str) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{part}{dot}{}", self.path);
        self
    }
}

impl Handles {
    fn convert(&mut self, kind: &Kind, value: Value) -> Result<Json, Fault> {
        let wrong = |value: &Value| Fault { path: String::new(), wanted: describe(kind), got: value.words() };
        match (kind, value) {
            (Kind::Optional(_) | Kind::Any, Value::Null) => Ok(Json::Null),
            (Kind::Optional(kind), value) => self.convert(kind, value),
            (Kind::Union(kinds), value) => {
                let Some(kind) = kinds.iter().find(|kind| fits(kind, &value)) else {
                    return Err(wrong(&value));
                };
                self.convert(kind, value)
            }
            (kind, Value::Json(json)) => self.convert(kind, from_json(&json)),
            (Kind::Function, value @ Value::Function(_)) => Ok(self.keep(value)),
            (Kind::Source, value) if fits(&Kind::Source, &value) => Ok(self.keep(value)),
            (Kind::List(item), Value::List(values) | Value::Tuple(values)) => {
                let items = values.into_iter().enumerate().map(|(index, value)| {
                    self.convert(item, value).map_err(|fault| fault.below(&format!("[{}]", index + 1)))
                });
                items.collect()
            }
            (Kind::List(_), Value::Empty) => Ok(Json::Array(Vec::new())),
            (Kind::Map(item), Value::Map(values)) => {
                let mut map = Map::new();
                for (name, value) in values {
                    let value = self.convert(item, value).map_err(|fault| fault.below(&name))?;
                    map.insert(name, value);
                }
                Ok(Json::Object(map))
            }
            (Kind::Map(_) | Kind::Any, Value::Empty) => Ok(Json::Object(Map::new())),
            (Kind::Any, value @ (Value::List(_) | Value::Tuple(_))) => {
                self.convert(&Kind::List(&Kind::Any), value)
            }
            (Kind::Any, value @ Value::Map(_)) => self.convert(&Kind::Map(&Kind::Any), value),
            (Kind::Any | Kind::Bool, Value::Bool(on)) => Ok(Json::Bool(on)),
            (Kind::Any | Kind::Int | Kind::Float, Value::Int(number)) => Ok(number.into()),
            #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and within 53 bits")]
            (Kind::Int, Value::Float(number)) if is_whole(number) => Ok((number as i64).into()),
            (Kind::Any | Kind::Float, Value::Float(number)) if number.is_finite() => Ok(number.into()),
            (Kind::Any | Kind::Str, Value::Str(text)) => Ok(text.into()),
            (Kind::Object(class), Value::Object(object)) if object.class().name == *class => {
                Ok(object.identity().into())
            }
            (_, value) => Err(wrong(&value)),
        }
    }

    fn keep(&mut self, value: Value) -> Json {
        self.0.push(Some(value));
        (self.0.len() - 1).into()
    }

    fn take(place: usize) -> Option<Value> {
        READING.with_borrow_mut(|handles| handles.0.get_mut(place)?.take())
    }
}

fn is_whole(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0
}

/// Whether a value has a kind's shape.
fn fits(kind: &Kind, value: &Value) -> bool {
    match (kind, value) {
        (Kind::Optional(_) | Kind::Any | Kind::Nil, Value::Null)
        | (Kind::Any, _)
        | (Kind::Bool, Value::Bool(_))
        | (Kind::Int | Kind::Float, Value::Int(_))
        | (Kind::Float, Value::Float(_))
        | (Kind::Str, Value::Str(_))
        | (Kind::List(_), Value::List(_) | Value::Tuple(_) | Value::Empty)
        | (Kind::Map(_), Value::Map(_) | Value::Empty)
        | (Kind::Function, Value::Function(_))
        | (Kind::Source, Value::Str(_) | Value::Bytes(_) | Value::Function(_)) => true,
        (Kind::Int, Value::Float(number)) => is_whole(*number),
        (Kind::List(_), Value::Json(json)) => json.is_array(),
        (Kind::Map(_), Value::Json(json)) => json.is_object(),
        (Kind::Source, Value::Object(object)) => Source::is_one(object),
        (Kind::Object(class), Value::Object(object)) => object.class().name == *class,
        (Kind::Optional(kind), value) => fits(kind, value),
        (Kind::Union(kinds), value) => kinds.iter().any(|kind| fits(kind, value)),
        _ => false,
    }
}

/// A kind in words.
fn describe(kind: &Kind) -> String {
    match kind {
        Kind::Any => "text, a number, true or false, a list or a map".to_owned(),
        Kind::Nil => "nothing".to_owned(),
        Kind::Bool => "true or false".to_owned(),
        Kind::Int => "a whole number".to_owned(),
        Kind::Float => "a number".to_owned(),
        Kind::Str => "text".to_owned(),
        Kind::Bytes => "bytes".to_owned(),
        Kind::List(_) | Kind::Tuple(_) => "a list".to_owned(),
        Kind::Map(_) => "a map".to_owned(),
        Kind::Function => "a function".to_owned(),
        Kind::Source => "bytes or a stream".to_owned(),
        Kind::Stream(_) => "a stream".to_owned(),
        Kind::Object(class) => format!("an object of class {class}"),
        Kind::Optional(kind) => describe(kind),
        Kind::Union(kinds) => {
            let words: Vec<_> = kinds.iter().map(describe).collect();
            words.join(" or ")
        }
    }
}

/// JSON as a neutral value.
pub fn from_json(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(on) => Value::Bool(*on),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Int(whole),
            None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => Value::Str(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(from_json).collect()),
        Json::Object(map) => {
            Value::Map(map.iter().map(|(name, value)| (name.clone(), from_json(value))).collect())
        }
    }
}

/// A function as a field of a parameter struct.
#[derive(Clone, Debug)]
pub struct Function(pub Callback);

impl ParamType for Function {
    const KIND: Kind = Kind::Function;
}

impl<'de> Deserialize<'de> for Function {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Handles::take(usize::deserialize(deserializer)?) {
            Some(Value::Function(callback)) => Ok(Self(callback)),
            _ => Err(serde::de::Error::custom("a function is expected")),
        }
    }
}

impl ParamType for Source {
    const KIND: Kind = Kind::Source;
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Handles::take(usize::deserialize(deserializer)?);
        value.and_then(Self::of).ok_or_else(|| serde::de::Error::custom("bytes or a stream are expected"))
    }
}

/// Declares what names an object of a class: the object, or its name or id.
macro_rules! reference {
    ($(#[$meta:meta])* $name:ident, $class:literal) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl ParamType for $name {
            const KIND: Kind = Kind::Union(&[Kind::Str, Kind::Object($class)]);
        }

        impl<V: Into<String>> moondock_engine::params::Field<V> for $name {
            fn set(&mut self, value: V) {
                self.0 = value.into();
            }
        }
    };
}

reference! {
    /// An image's name or id, or the image.
    ImageRef, "Image"
}

reference! {
    /// A container's name or id, or the container.
    ContainerRef, "Container"
}

/// Declares what names an object of a class to the low-level client: also a map that holds its `Id`, such as what
/// `create_container` gives (docker-py: `check_resource`).
macro_rules! resource {
    ($(#[$meta:meta])* $name:ident, $class:literal) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub struct $name(pub String);

        impl ParamType for $name {
            const KIND: Kind = Kind::Union(&[Kind::Str, Kind::Map(&Kind::Any), Kind::Object($class)]);
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                id_in(&Json::deserialize(deserializer)?).map(Self).map_err(serde::de::Error::custom)
            }
        }

        impl<V: Into<String>> moondock_engine::params::Field<V> for $name {
            fn set(&mut self, value: V) {
                self.0 = value.into();
            }
        }
    };
}

/// The id that text or a map is or holds; none is left to the engine client to refuse.
fn id_in(value: &Json) -> Result<String, &'static str> {
    match value {
        Json::String(id) => Ok(id.clone()),
        Json::Object(map) => match map.get("Id").or_else(|| map.get("ID")) {
            Some(Json::String(id)) => Ok(id.clone()),
            Some(_) => Err("the map's `Id` is no text"),
            None => Err("the map holds no `Id`"),
        },
        _ => Ok(String::new()),
    }
}

resource! {
    /// A container's name or id, a map that holds its `Id`, or the container.
    ContainerId, "Container"
}

resource! {
    /// An image's name or id, a map that holds its `Id`, or the image.
    ImageId, "Image"
}

#[cfg(test)]
mod tests {
    use moondock_engine::params;
    use moondock_engine::types::{Command, Pairs, Size};

    use super::*;

    params! {
        /// A bit of everything.
        struct TryParams {
            /// Required.
            name: String => required,
            /// A union.
            command: Option<Command>,
            /// A map or list.
            labels: Option<Pairs>,
            /// A map.
            filters: Option<Map<String, Json>>,
            /// Default true.
            on: bool = true,
            /// A size.
            size: Option<Size>,
            /// A count.
            count: i64 = 3,
        }
    }

    fn map(pairs: &[(&str, Value)]) -> Value {
        Value::Map(pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    }

    fn read(given: Vec<Value>) -> Result<TryParams> {
        Arguments::check(&TryParams::LIST, given)?.read()
    }

    fn fault(given: Vec<Value>) -> String {
        read(given).unwrap_err().message()
    }

    #[test]
    fn reads_places_and_names() {
        let read = read(vec![
            "a".into(),
            "echo hi".into(),
            map(&[("on", false.into()), ("count", Value::Float(4.0))]),
        ]);
        let read = read.unwrap();
        assert_eq!((read.name.as_str(), read.on, read.count), ("a", false, 4));
        assert_eq!(read.command, Some(Command::from("echo hi")));
    }

    #[test]
    fn a_trailing_map_may_be_a_value() {
        let labels = map(&[("x", "y".into())]);
        let params = read(vec!["a".into(), Value::Null, labels]).unwrap();
        assert!(matches!(params.labels, Some(Pairs::Map(map)) if map["x"] == "y"));
        let params =
            read(vec![map(&[("name", "a".into()), ("labels", Value::Empty), ("filters", Value::Empty)])])
                .unwrap();
        assert!(params.labels.is_some() && params.filters.unwrap().is_empty());
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(fault(vec![]), "`name` is missing");
        assert_eq!(
            fault(vec!["a".into(), map(&[("cuont", 1.into())])]),
            "it has no argument `cuont`; did you mean `count`?"
        );
        assert_eq!(fault(vec![5.into()]), "`name` takes text, but got the number 5");
        assert_eq!(
            fault(vec!["a".into(), map(&[("command", true.into())])]),
            "`command` takes text or a list, but got a boolean"
        );
        assert_eq!(
            fault(vec!["a".into(), map(&[("command", Value::List(vec!["x".into(), 1.into()]))])]),
            "`command` at [2] takes text, but got the number 1"
        );
        assert_eq!(
            fault(vec!["a".into(), map(&[("name", "b".into())])]),
            "`name` is given twice, by place and by name"
        );
        assert_eq!(
            fault(vec!["a".into(), map(&[("count", Value::Float(1.5))])]),
            "`count` takes a whole number, but got the number 1.5"
        );
        let filters = |value| map(&[("filters", map(&[("x", value)]))]);
        assert_eq!(
            fault(vec!["a".into(), filters(Value::Float(f64::INFINITY))]),
            "`filters` at x takes text, a number, true or false, a list or a map, but got the number inf"
        );
        assert_eq!(
            fault(vec!["a".into(), filters(Value::Bytes(bytes::Bytes::from_static(b"\xff")))]),
            "`filters` at x takes text, a number, true or false, a list or a map, but got bytes that are no UTF-8 text"
        );
        assert!(fault(vec![Value::Null; 9]).starts_with("it takes at most 7 (name, command"));
        assert_eq!(
            fault(vec![Value::Bytes(bytes::Bytes::from_static(b"\xff"))]),
            "`name` takes text, but got bytes that are no UTF-8 text"
        );
    }
}
