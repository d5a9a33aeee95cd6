//! Functions of a script that Rust calls back.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use moondock_script_api::{
    Callback, Callbacks, Host, Invocation, Invocations, Part, Result, ScriptError, Value,
};
use rhai::{AST, Dynamic, Engine, FnPtr};
use tokio::sync::oneshot;

use crate::convert::{from_rhai, to_rhai};
use crate::error;
use crate::object::Runtime;

/// The functions that Rust knows, by number.
#[derive(Clone)]
pub(crate) struct Functions(Rc<Known>);

struct Known {
    callbacks: Callbacks,
    next: Cell<u64>,
    functions: RefCell<HashMap<u64, FnPtr>>,
}

impl Functions {
    pub(crate) fn new() -> (Self, Invocations) {
        let (callbacks, invocations) = Callbacks::new();
        (Self(Rc::new(Known { callbacks, next: Cell::new(0), functions: RefCell::default() })), invocations)
    }

    pub(crate) fn keep(&self, function: FnPtr) -> Callback {
        let id = self.0.next.get() + 1;
        self.0.next.set(id);
        self.0.functions.borrow_mut().insert(id, function);
        self.0.callbacks.wrap(id)
    }

    pub(crate) fn find(&self, id: u64) -> Option<FnPtr> {
        self.0.functions.borrow().get(&id).cloned()
    }

    fn forget(&self, id: u64) {
        self.0.functions.borrow_mut().remove(&id);
    }
}

/// Runs what Rust calls back, one call at a time on this thread, until the script's life is over.
pub(crate) fn serve(
    runtime: &Runtime,
    engine: &Engine,
    ast: &AST,
    invocations: &mut Invocations,
    mut over: oneshot::Receiver<()>,
) {
    loop {
        let invocation = runtime.wait(async {
            tokio::select! {
                biased;
                invocation = invocations.recv() => invocation,
                _ = &mut over => None,
            }
        });
        match invocation {
            None => return,
            Some(Invocation::Release { id }) => runtime.functions().forget(id),
            Some(Invocation::Call { id, arguments, reply }) => {
                let Some(function) = runtime.functions().find(id) else { continue };
                let result = call(runtime, engine, ast, &function, arguments);
                // Nobody waits for the result of a call that was given up.
                let _ = reply.send(result);
            }
        }
    }
}

fn call(
    runtime: &Runtime,
    engine: &Engine,
    ast: &AST,
    function: &FnPtr,
    mut given: Vec<Value>,
) -> Result<Value> {
    let functions = runtime.functions();
    let takes =
        ast.iter_functions().find(|known| known.name == function.fn_name()).map(|known| known.params.len());
    if let Some(takes) = takes {
        // A handler may leave out arguments that it does not use.
        given.truncate(takes.saturating_sub(function.curry().len()));
    }
    let given: Vec<Dynamic> = given.into_iter().map(|value| to_rhai(runtime, value, false)).collect();
    let result = function.call::<Dynamic>(engine, ast, given);
    let result = result.map_err(|raised| error::from_rhai(ast.source().unwrap_or_default(), *raised))?;
    // A handler's result that is no value of ours means nothing to anybody.
    Ok(from_rhai(functions, result).unwrap_or(Value::Null))
}

/// Ends what a part of the script waits for when it is to be cut off.
pub(crate) async fn cut_off(host: Host, part: Part) -> ScriptError {
    host.cut_off(part).await;
    ScriptError::cancelled("the script was told to exit")
}
