//! Calls that have to wait: as a coroutine that others overtake, or, where Lua cannot yield, on the spot.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use mlua::{Lua, Value as LuaValue, Variadic};
use moondock_script_api::{Host, Object, Part, Result, ScriptError, Value};
use tokio::runtime::{Handle, RuntimeFlavor};

use crate::convert::{object_to_lua, results};

/// Whether there is a result, and the result or an error; nothing instead of whether while the work waits.
pub(crate) type Answer = (Option<bool>, Variadic<LuaValue>);

/// Work that gives a value.
pub(crate) struct Work {
    pub(crate) work: Pin<Box<dyn Future<Output = Result<Value>> + Send>>,
    /// Whether it calls functions of the script's while it goes on.
    pub(crate) calls_back: bool,
}

/// What waits in a virtual machine, and which part of its script runs.
#[derive(Clone)]
struct State {
    /// The work that has begun last and is to be finished next: nothing of the script's runs in between.
    begun: Rc<RefCell<Option<Work>>>,
    part: Rc<Cell<Part>>,
}

/// Prepares a virtual machine for calls.
pub(crate) fn prepare(lua: &Lua) {
    lua.set_app_data(State { begun: Rc::default(), part: Rc::new(Cell::new(Part::Main)) });
}

fn state(lua: &Lua) -> mlua::Result<State> {
    let state = lua.app_data_ref::<State>().map(|state| state.clone());
    state.ok_or_else(|| mlua::Error::runtime("the modules are not installed in this virtual machine"))
}

/// Which part of the script runs; to be set by whoever runs it.
pub(crate) fn part(lua: &Lua) -> mlua::Result<Rc<Cell<Part>>> {
    Ok(state(lua)?.part)
}

fn answer(lua: &Lua, result: Result<Value>) -> mlua::Result<Answer> {
    match result {
        Ok(value) => Ok((Some(true), results(lua, value)?.into())),
        Err(error) => Ok((Some(false), vec![object_to_lua(lua, Object::new(error))?].into())),
    }
}

/// Begins work. Most needs no waiting, and then no coroutine.
pub(crate) fn begin(lua: &Lua, work: Result<Work>) -> mlua::Result<Answer> {
    let mut work = match work {
        Ok(work) => work,
        Err(error) => return answer(lua, Err(error)),
    };
    match work.work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => answer(lua, result),
        Poll::Pending => {
            state(lua)?.begun.replace(Some(work));
            Ok((None, Variadic::new()))
        }
    }
}

fn begun(lua: &Lua) -> mlua::Result<Work> {
    let begun = state(lua)?.begun.take();
    begun.ok_or_else(|| mlua::Error::runtime("nothing has begun that could be finished"))
}

/// Finishes what has begun as part of a coroutine.
pub(crate) fn finish(lua: Lua, (): ()) -> impl Future<Output = mlua::Result<Answer>> {
    let begun = begun(&lua);
    async move { answer(&lua, begun?.work.await) }
}

/// Finishes what has begun while everything else of the script waits: inside of `require`, of a comparator, of a
/// replacement in `gsub`, where a coroutine cannot yield.
pub(crate) fn finish_here(host: &Host, lua: &Lua) -> mlua::Result<Answer> {
    let begun = begun(lua)?;
    let refuse = |words: &str| answer(lua, Err(ScriptError::argument(words)));
    if begun.calls_back {
        return refuse(
            "a call that takes a function cannot be made where Lua cannot yield, such as in a comparator",
        );
    }
    let handle = Handle::current();
    if handle.runtime_flavor() == RuntimeFlavor::CurrentThread {
        return refuse(
            "a call that waits cannot be made where Lua cannot yield, on a runtime with one thread",
        );
    }
    let (sender, receiver) = std::sync::mpsc::channel();
    let (host, part) = (host.clone(), part(lua)?.get());
    handle.spawn(async move {
        let result = tokio::select! {
            biased;
            result = begun.work => result,
            () = host.cut_off(part) => Err(ScriptError::cancelled("the script was told to exit")),
        };
        // The receiver waits until this is sent.
        let _ = sender.send(result);
    });
    let gone = || Err(ScriptError::cancelled("the runtime has ended"));
    answer(lua, receiver.recv().unwrap_or_else(|_| gone()))
}
