//! Functions of a script that Rust calls back.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use moondock_script_api::{
    Callback, Callbacks, Host, Invocation, Invocations, Part, Result, ScriptError, Value,
};
use rhai::{Dynamic, Engine, FnPtr, GlobalRuntimeState, NativeCallContext, Position};
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
    functions: RefCell<HashMap<u64, Rc<Kept>>>,
}

/// A function, and what it can name: the functions and imports of the place where it was handed over.
struct Kept {
    function: FnPtr,
    /// How many arguments it takes, with those that a closure brings along; unknown for functions of Rust's.
    takes: Option<usize>,
    home: GlobalRuntimeState,
}

impl Kept {
    fn new(context: &NativeCallContext, function: FnPtr) -> Self {
        let mut home = context.global_runtime_state().clone();
        // It is called by nobody in the script.
        (home.level, home.scope_level, home.always_search_scope) = (0, 0, false);
        // A handler that registers a handler would else hand on its module once more each time.
        let modules = std::mem::take(&mut home.lib);
        home.lib.extend(last_of_each(&modules, Rc::ptr_eq).cloned());
        let imports: Vec<_> =
            home.scan_imports_raw().map(|(name, module)| (name.clone(), module.clone())).collect();
        home.truncate_imports(0);
        home.extend(
            last_of_each(&imports, |one, other| one.0 == other.0 && Rc::ptr_eq(&one.1, &other.1)).cloned(),
        );
        let mut takes = None;
        for module in home.lib.iter().rev() {
            let known = module.iter_script_fn_info().find(|(_, _, name, ..)| *name == function.fn_name());
            if let Some((_, _, _, count, _)) = known {
                takes = Some(count);
                home.source = module.id().map(Into::into);
                break;
            }
        }
        Self { function, takes, home }
    }
}

/// A list without what comes again in it.
fn last_of_each<T>(all: &[T], same: impl Fn(&T, &T) -> bool) -> impl Iterator<Item = &T> {
    let again = move |(place, item): &(usize, &T)| !all[place + 1..].iter().any(|later| same(later, item));
    all.iter().enumerate().filter(again).map(|(_, item)| item)
}

impl Functions {
    pub(crate) fn new() -> (Self, Invocations) {
        let (callbacks, invocations) = Callbacks::new();
        (Self(Rc::new(Known { callbacks, next: Cell::new(0), functions: RefCell::default() })), invocations)
    }

    pub(crate) fn keep(&self, context: &NativeCallContext, function: FnPtr) -> Callback {
        let id = self.0.next.get() + 1;
        self.0.next.set(id);
        self.0.functions.borrow_mut().insert(id, Rc::new(Kept::new(context, function)));
        self.0.callbacks.wrap(id)
    }

    fn find(&self, id: u64) -> Option<Rc<Kept>> {
        self.0.functions.borrow().get(&id).cloned()
    }

    pub(crate) fn function(&self, id: u64) -> Option<FnPtr> {
        self.find(id).map(|kept| kept.function.clone())
    }

    fn forget(&self, id: u64) {
        self.0.functions.borrow_mut().remove(&id);
    }
}

/// Runs what Rust calls back, one call at a time on this thread, until the script's life is over.
pub(crate) fn serve(
    runtime: &Runtime,
    engine: &Engine,
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
                let Some(kept) = runtime.functions().find(id) else { continue };
                let result = call(runtime, engine, &kept, arguments);
                // Nobody waits for the result of a call that was given up.
                let _ = reply.send(result);
            }
        }
    }
}

fn call(runtime: &Runtime, engine: &Engine, kept: &Kept, mut given: Vec<Value>) -> Result<Value> {
    let Kept { function, takes, home } = kept;
    if let Some(takes) = takes {
        // A handler may leave out arguments that it does not use.
        given.truncate(takes.saturating_sub(function.curry().len()));
    }
    let given: Vec<Dynamic> = given.into_iter().map(|value| to_rhai(runtime, value, false)).collect();
    let context =
        NativeCallContext::new_with_all_fields(engine, function.fn_name(), None, home, Position::NONE);
    let result = function.call_raw(&context, None, given);
    let result = result.map_err(|raised| error::from_rhai(home.source().unwrap_or_default(), *raised))?;
    // A handler's result that is no value of ours means nothing to anybody.
    Ok(from_rhai(runtime.functions(), &context, result).unwrap_or(Value::Null))
}

/// Ends what a part of the script waits for when it is to be cut off.
pub(crate) async fn cut_off(host: Host, part: Part) -> ScriptError {
    host.cut_off(part).await;
    ScriptError::cancelled("the script was told to exit")
}
