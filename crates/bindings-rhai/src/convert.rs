//! Values between Rhai and Rust.

use indexmap::IndexMap;
use moondock_script_api::{Result, ScriptError, Value};
use rhai::{Array, Blob, Dynamic, FnPtr, ImmutableString, Map, NativeCallContext};
use serde_json::Value as Json;

use crate::callbacks::Functions;
use crate::object::{RhaiObject, Runtime};

/// How deep a value may be nested.
const DEEPEST: usize = 100;

/// Reads a Rhai value.
pub(crate) fn from_rhai(functions: &Functions, context: &NativeCallContext, value: Dynamic) -> Result<Value> {
    read(functions, context, value, 0)
}

fn read(functions: &Functions, context: &NativeCallContext, value: Dynamic, depth: usize) -> Result<Value> {
    if depth > DEEPEST {
        return Err(ScriptError::argument(format!("a value is nested more than {DEEPEST} deep")));
    }
    let value = value.flatten();
    if value.is_unit() {
        return Ok(Value::Null);
    }
    if let Ok(on) = value.as_bool() {
        return Ok(Value::Bool(on));
    }
    if let Ok(number) = value.as_int() {
        return Ok(Value::Int(number));
    }
    if let Ok(number) = value.as_float() {
        return Ok(Value::Float(number));
    }
    if let Ok(letter) = value.as_char() {
        return Ok(Value::Str(letter.into()));
    }
    if value.is_string() {
        return Ok(Value::Str(value.cast::<ImmutableString>().into()));
    }
    if value.is_blob() {
        return Ok(Value::Bytes(value.cast::<Blob>().into()));
    }
    if value.is_array() {
        let items = value.cast::<Array>().into_iter().map(|item| read(functions, context, item, depth + 1));
        return Ok(Value::List(items.collect::<Result<_>>()?));
    }
    if value.is_map() {
        let pairs = value.cast::<Map>().into_iter();
        let pairs = pairs.map(|(key, value)| Ok((key.into(), read(functions, context, value, depth + 1)?)));
        return Ok(Value::Map(pairs.collect::<Result<IndexMap<_, _>>>()?));
    }
    if value.is_fnptr() {
        return Ok(Value::Function(functions.keep(context, value.cast::<FnPtr>())));
    }
    match value.try_cast_result::<RhaiObject>() {
        Ok(object) => Ok(Value::Object(object.object)),
        Err(other) => {
            let kind = context.engine().map_type_name(other.type_name());
            Err(ScriptError::argument(format!("a {kind} is no value here")))
        }
    }
}

/// Makes a Rhai value. Bytes become text, with a sign in place of what is no UTF-8, unless blobs are wanted.
pub(crate) fn to_rhai(runtime: &Runtime, value: Value, blobs: bool) -> Dynamic {
    match value {
        Value::Null => Dynamic::UNIT,
        Value::Bool(on) => on.into(),
        Value::Int(number) => number.into(),
        Value::Float(number) => number.into(),
        Value::Str(text) => text.into(),
        Value::Bytes(bytes) if blobs => Dynamic::from_blob(bytes.into()),
        Value::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned().into(),
        Value::List(items) | Value::Tuple(items) => {
            items.into_iter().map(|item| to_rhai(runtime, item, blobs)).collect::<Array>().into()
        }
        Value::Map(map) => {
            let pairs = map.into_iter().map(|(key, value)| (key.into(), to_rhai(runtime, value, blobs)));
            pairs.collect::<Map>().into()
        }
        Value::Empty => Map::new().into(),
        Value::Json(json) => json_to_rhai(&json),
        Value::Object(object) => Dynamic::from(RhaiObject { object, blobs, runtime: runtime.clone() }),
        Value::Function(callback) => {
            runtime.functions().function(callback.id()).map_or(Dynamic::UNIT, Dynamic::from)
        }
    }
}

fn json_to_rhai(json: &Json) -> Dynamic {
    match json {
        Json::Null => Dynamic::UNIT,
        Json::Bool(on) => (*on).into(),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => whole.into(),
            None => number.as_f64().unwrap_or(f64::NAN).into(),
        },
        Json::String(text) => text.clone().into(),
        Json::Array(items) => items.iter().map(json_to_rhai).collect::<Array>().into(),
        Json::Object(map) => {
            map.iter().map(|(key, value)| (key.as_str().into(), json_to_rhai(value))).collect::<Map>().into()
        }
    }
}
