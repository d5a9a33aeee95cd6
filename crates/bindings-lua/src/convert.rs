//! Values between Lua and Rust.

use indexmap::IndexMap;
use mlua::{Lua, Table, Value as LuaValue};
use moondock_script_api::{Object, Result, ScriptError, Value};
use serde_json::Value as Json;

use crate::callbacks::Functions;
use crate::object::LuaObject;

/// How deep a table may be nested.
const DEEPEST: usize = 100;

/// The registry's name of the metatable that marks an empty table as a list.
const LIST: &str = "moondock.list";

/// Reads a Lua value.
pub(crate) fn from_lua(lua: &Lua, value: LuaValue) -> Result<Value> {
    read(lua, value, 0)
}

fn read(lua: &Lua, value: LuaValue, depth: usize) -> Result<Value> {
    Ok(match value {
        LuaValue::Nil => Value::Null,
        value if value.is_null() => Value::Null,
        LuaValue::Boolean(on) => Value::Bool(on),
        LuaValue::Integer(number) => Value::Int(number),
        LuaValue::Number(number) => Value::Float(number),
        LuaValue::String(text) => match text.to_str() {
            Ok(text) => Value::Str(text.to_owned()),
            Err(_) => Value::Bytes(text.as_bytes().to_vec().into()),
        },
        LuaValue::Table(_) if depth == DEEPEST => {
            return Err(ScriptError::argument(format!(
                "a table is nested more than {DEEPEST} deep, or holds itself"
            )));
        }
        LuaValue::Table(table) => read_table(lua, &table, depth + 1)?,
        LuaValue::Function(function) => Value::Function(Functions::of(lua)?.keep(function)),
        LuaValue::UserData(data) => match data.borrow::<LuaObject>() {
            Ok(object) => Value::Object(object.0.clone()),
            Err(_) => return Err(ScriptError::argument("a userdata of another library is no value here")),
        },
        other => return Err(ScriptError::argument(format!("a {} is no value here", other.type_name()))),
    })
}

fn read_table(lua: &Lua, table: &Table, depth: usize) -> Result<Value> {
    let broken = |error: mlua::Error| ScriptError::argument(error.to_string());
    let pairs: Vec<(LuaValue, LuaValue)> = table.pairs().collect::<mlua::Result<_>>().map_err(broken)?;
    if pairs.is_empty() {
        let is_list =
            table.metatable().is_some_and(|marker| marker.to_pointer() == list_marker(lua).to_pointer());
        return Ok(if is_list { Value::List(Vec::new()) } else { Value::Empty });
    }
    if table.raw_len() == pairs.len() && pairs.iter().all(|(key, _)| key.is_integer()) {
        let items = table.sequence_values().map(|item| read(lua, item.map_err(broken)?, depth));
        return Ok(Value::List(items.collect::<Result<_>>()?));
    }
    refuse_mixed(&pairs)?;
    let mut map = IndexMap::with_capacity(pairs.len());
    for (key, value) in pairs {
        let key = match key {
            LuaValue::String(key) => match key.to_str() {
                Ok(key) => key.to_owned(),
                Err(_) => return Err(ScriptError::argument("a table's key is no UTF-8 text")),
            },
            LuaValue::Integer(key) => key.to_string(),
            other => {
                let words = format!("a table's key is text or a whole number, not a {}", other.type_name());
                return Err(ScriptError::argument(words));
            }
        };
        map.insert(key, read(lua, value, depth)?);
    }
    // Lua's order is chance; the same script should send the same request each time.
    map.sort_keys();
    Ok(Value::Map(map))
}

/// Refuses a list with holes, and one that holds names too: neither a list nor a map is what was meant.
fn refuse_mixed(pairs: &[(LuaValue, LuaValue)]) -> Result<()> {
    let mut numbers: Vec<_> = pairs.iter().filter_map(|(key, _)| key.as_integer()).collect();
    numbers.sort_unstable();
    if numbers.first() != Some(&1) {
        return Ok(());
    }
    if numbers.len() < pairs.len() {
        let words = "a table holds both items and names; a list and a map are two tables, and arguments by place \
                     stand before the table";
        return Err(ScriptError::argument(words));
    }
    // The table is no list, so some number is missing.
    let hole = (1..).zip(&numbers).find(|(place, number)| place != *number).map_or(1, |(place, _)| place);
    let words =
        format!("item {hole} of a list is nothing, which ends a list in Lua; `docker.null` can stand there");
    Err(ScriptError::argument(words))
}

fn list_marker(lua: &Lua) -> Table {
    lua.named_registry_value(LIST).unwrap_or_else(|_| lua.globals())
}

/// Makes the marker of empty lists.
pub(crate) fn prepare(lua: &Lua) -> mlua::Result<()> {
    lua.set_named_registry_value(LIST, lua.create_table()?)
}

/// Makes Lua values of a call's result: several of a tuple.
pub(crate) fn results(lua: &Lua, value: Value) -> mlua::Result<Vec<LuaValue>> {
    match value {
        Value::Tuple(values) => values.into_iter().map(|value| to_lua(lua, value)).collect(),
        value => Ok(vec![to_lua(lua, value)?]),
    }
}

/// Makes a Lua value.
pub(crate) fn to_lua(lua: &Lua, value: Value) -> mlua::Result<LuaValue> {
    Ok(match value {
        Value::Null => LuaValue::Nil,
        Value::Bool(on) => LuaValue::Boolean(on),
        Value::Int(number) => LuaValue::Integer(number),
        Value::Float(number) => LuaValue::Number(number),
        Value::Str(text) => LuaValue::String(lua.create_string(text)?),
        Value::Bytes(bytes) => LuaValue::String(lua.create_string(&bytes)?),
        Value::List(items) | Value::Tuple(items) => {
            list(lua, items.into_iter().map(|item| to_lua(lua, item)))?
        }
        Value::Map(map) => {
            let table = lua.create_table_with_capacity(0, map.len())?;
            for (key, value) in map {
                // It may go back to the engine, to which null is something.
                let value = if matches!(value, Value::Null) { LuaValue::NULL } else { to_lua(lua, value)? };
                table.raw_set(key, value)?;
            }
            LuaValue::Table(table)
        }
        Value::Empty => LuaValue::Table(lua.create_table()?),
        Value::Json(json) => json_to_lua(lua, &json)?,
        Value::Object(object) => object_to_lua(lua, object)?,
        Value::Function(callback) => {
            match Functions::of(lua).map(|functions| functions.find(callback.id())) {
                Ok(Some(function)) => LuaValue::Function(function),
                _ => LuaValue::Nil,
            }
        }
    })
}

/// Makes a list, which is marked as one when it is empty.
fn list(lua: &Lua, items: impl ExactSizeIterator<Item = mlua::Result<LuaValue>>) -> mlua::Result<LuaValue> {
    let table = lua.create_table_with_capacity(items.len(), 0)?;
    if items.len() == 0 {
        table.set_metatable(Some(list_marker(lua)))?;
    }
    for (index, item) in items.enumerate() {
        table.raw_set(index + 1, item?)?;
    }
    Ok(LuaValue::Table(table))
}

pub(crate) fn object_to_lua(lua: &Lua, object: Object) -> mlua::Result<LuaValue> {
    Ok(LuaValue::UserData(lua.create_userdata(LuaObject(object))?))
}

fn json_to_lua(lua: &Lua, json: &Json) -> mlua::Result<LuaValue> {
    Ok(match json {
        Json::Null => LuaValue::Nil,
        Json::Bool(on) => LuaValue::Boolean(*on),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => LuaValue::Integer(whole),
            None => LuaValue::Number(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => LuaValue::String(lua.create_string(text)?),
        // A hole would end the list.
        Json::Array(items) => list(
            lua,
            items.iter().map(|item| if item.is_null() { Ok(LuaValue::NULL) } else { json_to_lua(lua, item) }),
        )?,
        Json::Object(map) => {
            let table = lua.create_table_with_capacity(0, map.len())?;
            for (key, value) in map {
                table.raw_set(key.as_str(), json_to_lua(lua, value)?)?;
            }
            LuaValue::Table(table)
        }
    })
}
