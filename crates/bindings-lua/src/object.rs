//! Objects and modules of the script API in Lua.

use mlua::{
    AnyUserData, Function, Lua, MetaMethod, MultiValue, Table, UserData, UserDataFields, UserDataMethods,
    Value as LuaValue,
};
use moondock_script_api::{
    CLASSES, Host, MODULES, Object, Result, ScriptError, ScriptStream, Target, Value, dispatch,
};

use crate::callbacks::{Functions, serve};
use crate::convert::{from_lua, object_to_lua, prepare, to_lua};
use crate::error::{OWN_CHUNK, from_mlua, from_value, locate};
use crate::waiting::{self, Answer, Work};

/// An object of the script API as Lua holds it.
pub(crate) struct LuaObject(pub(crate) Object);

const INDEX: &str = "moondock.index";
const NEW_INDEX: &str = "moondock.newindex";
const CALL: &str = "moondock.call";
const CLOSE: &str = "moondock.close";
const PROTECTED: &str = "moondock.protected";

impl UserData for LuaObject {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        for (metamethod, name) in [
            (MetaMethod::Index, INDEX),
            (MetaMethod::NewIndex, NEW_INDEX),
            (MetaMethod::Call, CALL),
            (MetaMethod::Close, CLOSE),
        ] {
            fields.add_meta_field_with(metamethod.name(), move |lua| {
                lua.named_registry_value::<Function>(name)
            });
        }
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        methods.add_meta_method(MetaMethod::ToString.name(), |_, this, ()| Ok(this.0.to_string()));
        methods.add_meta_method(MetaMethod::Eq.name(), |_, this, other: AnyUserData| {
            Ok(other.borrow::<Self>().is_ok_and(|other| this.0.is(&other.0)))
        });
    }
}

/// The number of a method: its class's or module's place, and its own.
fn method_number(owner: usize, method: usize) -> usize {
    owner * 1000 + method
}

/// What a number from the prelude means: an object, or a module by its number.
fn target(this: &LuaValue) -> Result<Target> {
    match this {
        LuaValue::UserData(data) => match data.borrow::<LuaObject>() {
            Ok(object) => Ok(Target::Object(object.0.clone())),
            Err(_) => Err(ScriptError::argument("a method is called on a userdata of another library")),
        },
        LuaValue::Integer(number) => {
            let module = usize::try_from(*number).ok().and_then(|number| MODULES.get(number));
            module
                .copied()
                .map(Target::Module)
                .ok_or_else(|| ScriptError::argument("there is no such module"))
        }
        _ => Err(ScriptError::argument("a method is called with `:`, as in `container:start()`")),
    }
}

/// Begins a call: the results, or an error, or nothing if it has to wait.
fn invoke(host: &Host, lua: &Lua, mut arguments: MultiValue) -> mlua::Result<Answer> {
    let this = arguments.pop_front().unwrap_or(LuaValue::Nil);
    let number = arguments.pop_front().and_then(|number| number.as_usize()).unwrap_or_default();
    let begin = || {
        let target = target(&this)?;
        let (owner, place) = (number / 1000, number % 1000);
        let method = match &target {
            Target::Object(object) => {
                let method = CLASSES.get(owner).and_then(|class| class.methods.get(place));
                let method = method.ok_or_else(|| ScriptError::argument("there is no such method"))?;
                if !std::ptr::eq(CLASSES[owner], object.class()) {
                    let (wanted, class) = (CLASSES[owner].name, object.class().name);
                    let words = format!("{wanted}.{} is called on a {class}", method.name);
                    return Err(ScriptError::argument(words));
                }
                method
            }
            Target::Module(module) => module
                .functions
                .get(place)
                .ok_or_else(|| ScriptError::argument("there is no such function"))?,
        };
        let arguments =
            arguments.into_iter().map(|argument| from_lua(lua, argument)).collect::<Result<Vec<_>>>();
        let arguments = arguments.map_err(|error| error.in_method(|| target.member(method.name)))?;
        let calls_back = arguments.iter().any(|argument| matches!(argument, Value::Function(_)))
            && method.params.all().iter().any(|param| param.kind.takes_source());
        let host = host.clone();
        let work = Box::pin(async move { dispatch::call(&host, target, method, arguments).await });
        Ok(Work { work, calls_back })
    };
    waiting::begin(lua, begin())
}

/// Begins to read a property, as [`invoke`] begins a call.
fn read(host: &Host, lua: &Lua, (this, place): (LuaValue, usize)) -> mlua::Result<Answer> {
    let begin = || {
        let Target::Object(object) = target(&this)? else {
            return Err(ScriptError::argument("a module has no properties"));
        };
        let property = object.class().properties.get(place);
        let property = property.ok_or_else(|| ScriptError::argument("there is no such property"))?;
        let host = host.clone();
        let work = Box::pin(async move {
            // Reading a field gives one value in Lua.
            dispatch::get(&host, &object, property).await.map(|value| match value {
                Value::Tuple(items) => Value::List(items),
                value => value,
            })
        });
        Ok(Work { work, calls_back: false })
    };
    waiting::begin(lua, begin())
}

/// Finds a member: 1 and a method's number, 2 and a property's place, or 0 and an error.
fn members(lua: &Lua, (this, name, set): (LuaValue, LuaValue, Option<bool>)) -> mlua::Result<(u8, LuaValue)> {
    let name = name.to_string().unwrap_or_default();
    let found = target(&this).and_then(|target| match target {
        Target::Object(object) => {
            let class = object.class();
            if set == Some(true) {
                return Err(ScriptError::argument(class.read_only(&name)));
            }
            let owner = CLASSES.iter().position(|known| std::ptr::eq(*known, class)).unwrap_or_default();
            if let Some(place) = class.methods.iter().position(|method| method.name == name) {
                return Ok((1, method_number(owner, place)));
            }
            if let Some(place) = class.properties.iter().position(|property| property.name == name) {
                return Ok((2, place));
            }
            Err(ScriptError::argument(class.unknown(&name)))
        }
        Target::Module(module) => Err(ScriptError::argument(module.unknown(&name))),
    });
    match found {
        Ok((kind, place)) => Ok((kind, to_lua(lua, Value::Int(i64::try_from(place).unwrap_or_default()))?)),
        Err(error) => Ok((0, object_to_lua(lua, Object::new(error))?)),
    }
}

/// The next item of a stream that is here already: whether one is, and what `check` takes.
fn ready(lua: &Lua, (this,): (LuaValue,)) -> mlua::Result<(bool, bool, LuaValue)> {
    let stream = match target(&this) {
        Ok(Target::Object(object)) => object.get::<ScriptStream>().cloned().ok_or(object),
        _ => return Ok((false, false, LuaValue::Nil)),
    };
    let item = match stream {
        Ok(stream) => match stream.ready() {
            None => return Ok((false, false, LuaValue::Nil)),
            Some(item) => item,
        },
        Err(object) => {
            Err(ScriptError::argument(format!("{} is neither a function nor a stream", object.class().name)))
        }
    };
    match item {
        Ok(item) => Ok((true, true, to_lua(lua, item.unwrap_or(Value::Null))?)),
        Err(error) => Ok((true, false, object_to_lua(lua, Object::new(error))?)),
    }
}

/// Adds the modules to a virtual machine: `require "docker"` and `require "moondock"` find them.
///
/// The future that is given serves callbacks from Rust, such as hooks; it must run inside a
/// [`LocalSet`](tokio::task::LocalSet) for as long as the script lives.
///
/// # Errors
///
/// When Lua runs out of memory.
pub fn install(lua: &Lua, host: &Host) -> mlua::Result<impl Future<Output = ()> + use<>> {
    let invocations = Functions::prepare(lua);
    prepare(lua)?;
    waiting::prepare(lua);
    let (for_invoke, for_read, for_finish) = (host.clone(), host.clone(), host.clone());
    let natives = (
        lua.create_function(move |lua, arguments| invoke(&for_invoke, lua, arguments))?,
        lua.create_function(move |lua, arguments| read(&for_read, lua, arguments))?,
        lua.create_async_function(waiting::finish)?,
        lua.create_function(move |lua, ()| waiting::finish_here(&for_finish, lua))?,
        lua.create_function(ready)?,
        lua.create_function(|lua, value: LuaValue| {
            object_to_lua(lua, Object::new(locate(lua, from_value(value))))
        })?,
        lua.create_function(members)?,
        LuaValue::LightUserData(Lua::poll_pending()),
    );
    let prelude = lua.load(include_str!("prelude.lua")).set_name(OWN_CHUNK);
    let (index, newindex, next, close, module, protected): (
        Function,
        Function,
        Function,
        Function,
        Function,
        Function,
    ) = prelude.call(natives)?;
    for (name, function) in
        [(INDEX, index), (NEW_INDEX, newindex), (CALL, next), (CLOSE, close), (PROTECTED, protected)]
    {
        lua.set_named_registry_value(name, function)?;
    }
    let loaded: Table = lua.globals().get::<Table>("package")?.get("loaded")?;
    for (number, described) in MODULES.iter().enumerate() {
        let functions = lua.create_table()?;
        for (place, function) in described.functions.iter().enumerate() {
            functions.set(function.name, method_number(number, place))?;
        }
        let table: Table = module.call((number, functions))?;
        for constant in described.constants {
            table.raw_set(constant.name, constant.value)?;
        }
        match described.place() {
            (Some(parent), name) => loaded.get::<Table>(parent)?.raw_set(name, &table)?,
            (None, _) => table.raw_set("null", LuaValue::NULL)?,
        }
        loaded.set(described.name, table)?;
    }
    Ok(serve(lua.clone(), host.clone(), invocations))
}

/// Runs a function as a coroutine. What it raises comes back with its place and trace.
pub(crate) async fn protected(lua: &Lua, function: Function, arguments: MultiValue) -> Result<MultiValue> {
    let run = async {
        let protected: Function = lua.named_registry_value(PROTECTED)?;
        let mut all = arguments;
        all.push_front(LuaValue::Function(function));
        protected.call_async::<MultiValue>(all).await
    };
    let mut results = run.await.map_err(from_mlua)?;
    match results.pop_front() {
        Some(LuaValue::Boolean(true)) => Ok(results),
        _ => Err(from_value(results.pop_front().unwrap_or(LuaValue::Nil))),
    }
}
