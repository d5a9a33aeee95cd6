//! Functions of a script that Rust calls back.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use mlua::{Function, Lua, MultiValue};
use moondock_script_api::{
    Callback, Callbacks, Host, Invocation, Invocations, Part, Result, ScriptError, Value,
};

use crate::convert::{from_lua, to_lua};
use crate::error::from_mlua;
use crate::object::protected;

/// The functions that Rust knows, by number.
#[derive(Clone)]
pub(crate) struct Functions(Rc<RefCell<Known>>);

struct Known {
    callbacks: Callbacks,
    next: u64,
    functions: HashMap<u64, Function>,
}

impl Functions {
    /// Prepares a virtual machine for callbacks.
    pub(crate) fn prepare(lua: &Lua) -> Invocations {
        let (callbacks, invocations) = Callbacks::new();
        lua.set_app_data(Self(Rc::new(RefCell::new(Known {
            callbacks,
            next: 0,
            functions: HashMap::new(),
        }))));
        invocations
    }

    pub(crate) fn of(lua: &Lua) -> Result<Self> {
        let functions = lua.app_data_ref::<Self>().map(|functions| functions.clone());
        functions.ok_or_else(|| ScriptError::script("the modules are not installed in this virtual machine"))
    }

    pub(crate) fn keep(&self, function: Function) -> Callback {
        let mut known = self.0.borrow_mut();
        known.next += 1;
        let id = known.next;
        known.functions.insert(id, function);
        known.callbacks.wrap(id)
    }

    pub(crate) fn find(&self, id: u64) -> Option<Function> {
        self.0.borrow().functions.get(&id).cloned()
    }

    fn forget(&self, id: u64) {
        self.0.borrow_mut().functions.remove(&id);
    }
}

/// Runs what Rust calls back, each call in a coroutine of its own, until nothing can call any more. It must run inside
/// a [`LocalSet`](tokio::task::LocalSet).
pub(crate) async fn serve(lua: Lua, host: Host, mut invocations: Invocations) {
    let Ok(functions) = Functions::of(&lua) else { return };
    while let Some(invocation) = invocations.recv().await {
        match invocation {
            Invocation::Release { id } => functions.forget(id),
            Invocation::Call { id, arguments, reply } => {
                let Some(function) = functions.find(id) else { continue };
                let (lua, host) = (lua.clone(), host.clone());
                tokio::task::spawn_local(async move {
                    let result = tokio::select! {
                        biased;
                        () = host.cut_off(Part::Handler) => Err(ScriptError::cancelled("the script was told to exit")),
                        result = call(&lua, function, arguments) => result,
                    };
                    // Nobody waits for the result of a call that was given up.
                    let _ = reply.send(result);
                });
            }
        }
    }
}

async fn call(lua: &Lua, function: Function, arguments: Vec<Value>) -> Result<Value> {
    let arguments =
        arguments.into_iter().map(|argument| to_lua(lua, argument)).collect::<mlua::Result<MultiValue>>();
    let mut results = protected(lua, function, arguments.map_err(from_mlua)?).await?;
    from_lua(lua, results.pop_front().unwrap_or(mlua::Value::Nil))
}
