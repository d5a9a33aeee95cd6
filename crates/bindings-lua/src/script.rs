//! A script in a virtual machine of its own.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;

use mlua::{Function, HookTriggers, Lua, MultiValue, Table, Value as LuaValue, Variadic, VmState};
use moondock_script_api::{Finish, Host, Part, Result};
use tokio::task::LocalSet;

use crate::error::from_mlua;
use crate::object::{install, protected};
use crate::waiting;

/// How many instructions run between two looks at whether the script is to be cut off.
const LOOK: u32 = 10_000;

/// A Lua script.
#[derive(Clone, Debug)]
pub struct Script {
    name: String,
    source: Vec<u8>,
    arguments: Vec<String>,
}

impl Script {
    /// Makes a script of its source. The name, usually its path, stands in errors.
    pub fn new(name: impl Into<String>, source: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), source: source.into(), arguments: Vec::new() }
    }

    /// Sets the script's arguments: `...` and the table `arg`.
    pub fn arguments(mut self, arguments: Vec<String>) -> Self {
        self.arguments = arguments;
        self
    }

    /// Runs the script to its end: its main part, then for as long as something is registered.
    pub async fn run(&self, host: &Host) -> Finish {
        let local = LocalSet::new();
        local
            .run_until(async {
                match self.prepare(host) {
                    Ok((lua, main, serving)) => {
                        tokio::task::spawn_local(serving);
                        let part = match give_way(&lua, host) {
                            Ok(part) => part,
                            Err(error) => return Finish { result: Err(from_mlua(error)), stop: None },
                        };
                        let arguments = self.arguments.iter().map(|argument| {
                            Ok(LuaValue::String(lua.create_string(argument).map_err(from_mlua)?))
                        });
                        let arguments = arguments.collect::<Result<MultiValue>>();
                        // However the main part ends, by being dropped too.
                        let ended = Begin(part, Part::Handler);
                        host.live(async move {
                            let _ended = ended;
                            protected(&lua, main, arguments?).await.map(drop)
                        })
                        .await
                    }
                    Err(error) => Finish { result: Err(from_mlua(error)), stop: None },
                }
            })
            .await
    }

    fn prepare(&self, host: &Host) -> mlua::Result<(Lua, Function, impl Future<Output = ()> + 'static)> {
        let lua = Lua::new();
        let serving = install(&lua, host)?;
        let globals = lua.globals();
        let printer = host.clone();
        globals.set(
            "print",
            lua.create_function(move |lua, values: Variadic<LuaValue>| print(lua, &printer, &values))?,
        )?;
        // What `io.write` buffers would come out of order with what `print` writes.
        lua.load("io.stdout:setvbuf('no')").exec()?;
        let arguments = lua.create_table()?;
        arguments.set(0, self.name.as_str())?;
        for (index, argument) in self.arguments.iter().enumerate() {
            arguments.set(index + 1, argument.as_str())?;
        }
        globals.set("arg", arguments)?;
        if let Some(folder) = Path::new(&self.name).parent() {
            let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            let package: Table = globals.get("package")?;
            let path: String = package.get("path")?;
            package.set("path", format!("{}/?.lua;{path}", folder.display()))?;
        }
        let source =
            self.source.strip_prefix(b"#!").map_or(self.source.clone(), |rest| [b"--", rest].concat());
        let main = lua.load(source).set_name(format!("@{}", self.name)).into_function()?;
        Ok((lua, main, serving))
    }
}

/// Begins a part of the script when it is dropped.
struct Begin(Rc<Cell<Part>>, Part);

impl Drop for Begin {
    fn drop(&mut self) {
        self.0.set(self.1);
    }
}

/// Lets what computes give way when it is to be cut off: it yields, and is not resumed. Gives which part runs.
fn give_way(lua: &Lua, host: &Host) -> mlua::Result<Rc<Cell<Part>>> {
    let (host, part) = (host.clone(), waiting::part(lua)?);
    let running = Rc::clone(&part);
    lua.set_global_hook(HookTriggers::new().every_nth_instruction(LOOK), move |_, _| {
        Ok(if host.is_cut_off(running.get()) { VmState::Yield } else { VmState::Continue })
    })?;
    Ok(part)
}

fn print(lua: &Lua, host: &Host, values: &[LuaValue]) -> mlua::Result<()> {
    let show: Function = lua.globals().get("tostring")?;
    let mut line = Vec::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            line.push(b'\t');
        }
        line.extend_from_slice(&show.call::<mlua::LuaString>(value)?.as_bytes());
    }
    line.push(b'\n');
    host.print(&line).map_err(mlua::Error::external)
}
