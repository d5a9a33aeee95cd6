//! Objects and modules of the script API in Rhai.

use std::any::TypeId;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use moondock_script_api::{
    CLASSES, Host, Invocations, MODULES, Method, Module as Described, Object, Part, Result, ScriptError,
    ScriptStream, Target, Value, dispatch,
};
use rhai::{
    Dynamic, Engine, EvalAltResult, FuncRegistration, ImmutableString, Module, NativeCallContext, Position,
    RhaiFunc,
};
use tokio::runtime::Handle;

use crate::callbacks::{Functions, cut_off};
use crate::convert::{from_rhai, to_rhai};
use crate::error::{place, raise};

type RhaiResult<T = Dynamic> = std::result::Result<T, Box<EvalAltResult>>;

/// An object of the script API as Rhai holds it.
#[derive(Clone)]
pub(crate) struct RhaiObject {
    pub(crate) object: Object,
    /// Whether its bytes are blobs, and those of what its methods give.
    pub(crate) blobs: bool,
    pub(crate) runtime: Runtime,
}

/// The most arguments that a call may have by place; more are given by name.
const MOST: usize = 8;

/// What calls from Rhai need: the host, and the tokio runtime that does the work while the script's thread waits.
#[derive(Clone)]
pub struct Runtime {
    host: Host,
    handle: Handle,
    functions: Functions,
    part: Rc<Cell<Part>>,
}

impl Runtime {
    pub(crate) fn functions(&self) -> &Functions {
        &self.functions
    }

    /// Says which part of the script runs from now on.
    pub(crate) fn begin(&self, part: Part) {
        self.part.set(part);
    }

    /// Whether what runs is to be cut off.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.host.is_cut_off(self.part.get())
    }

    /// Waits on the script's thread for work that is done on the runtime.
    pub(crate) fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.handle.block_on(work)
    }

    /// Waits for a call, unless the script is to be cut off first.
    fn wait_for<T>(&self, work: impl Future<Output = Result<T>>) -> RhaiResult<T> {
        let host = self.host.clone();
        let result = self.wait(async {
            tokio::select! {
                biased;
                result = work => Ok(result),
                error = cut_off(host, self.part.get()) => Err(error),
            }
        });
        match result {
            Ok(result) => result.map_err(|error| raise(self, error, Position::NONE)),
            // Not to be caught by the script.
            Err(_) => Err(Box::new(EvalAltResult::ErrorTerminated(Dynamic::UNIT, Position::NONE))),
        }
    }

    fn call(
        &self,
        context: &NativeCallContext,
        target: Target,
        method: &'static Method,
        mut blobs: bool,
        arguments: &mut [&mut Dynamic],
    ) -> RhaiResult {
        let fail =
            |error: ScriptError| self.raise_at(context, error.in_method(|| target.member(method.name)));
        let read = arguments.iter_mut().map(|argument| from_rhai(&self.functions, context, argument.take()));
        let mut given = read.collect::<Result<Vec<_>>>().map_err(fail)?;
        // Rhai's own: text is what most scripts want of bytes.
        if let Some(Value::Map(keywords)) = given.last_mut()
            && let Some(wanted) = keywords.shift_remove("bytes")
        {
            blobs = match wanted {
                Value::Bool(wanted) => wanted,
                Value::Null => blobs,
                other => {
                    let words = format!("`bytes` takes true or false, but got {}", other.words());
                    return Err(fail(ScriptError::argument(words)));
                }
            };
        }
        let work = dispatch::call(&self.host, target, method, given);
        let value = self.wait_for(async { work.await.map_err(|error| located(context, error)) })?;
        Ok(to_rhai(self, value, blobs))
    }

    /// Calls a method by its name.
    fn call_method(
        &self,
        context: &NativeCallContext,
        name: &str,
        arguments: &mut [&mut Dynamic],
    ) -> RhaiResult {
        let (this, arguments) = arguments.split_at_mut(1);
        let this = this[0].clone().cast::<RhaiObject>();
        match this.object.class().method(name) {
            Some(method) => self.call(context, Target::Object(this.object), method, this.blobs, arguments),
            None => Err(self.unknown_member(context, &this, name)),
        }
    }

    fn get(&self, context: &NativeCallContext, this: &Dynamic, name: &str) -> RhaiResult {
        let this = this.clone().cast::<RhaiObject>();
        let Some(property) = this.object.class().property(name) else {
            return Err(self.unknown_member(context, &this, name));
        };
        let work = dispatch::get(&self.host, &this.object, property);
        let value = self.wait_for(async { work.await.map_err(|error| located(context, error)) })?;
        Ok(to_rhai(self, value, this.blobs))
    }

    #[expect(clippy::unnecessary_box_returns, reason = "Rhai takes its errors boxed")]
    fn unknown_member(
        &self,
        context: &NativeCallContext,
        this: &RhaiObject,
        name: &str,
    ) -> Box<EvalAltResult> {
        self.raise_at(context, ScriptError::argument(this.object.class().unknown(name)))
    }

    #[expect(clippy::unnecessary_box_returns, reason = "Rhai takes its errors boxed")]
    fn raise_at(&self, context: &NativeCallContext, error: ScriptError) -> Box<EvalAltResult> {
        raise(self, located(context, error), context.call_position())
    }
}

/// Adds the modules to an engine: `docker::from_env()`. What they wait for runs on the tokio runtime of the handle, so
/// scripts must run on a thread of their own.
///
/// Gives what calls need, and the invocations of callbacks, which the embedder must serve for hooks to run.
pub fn install(engine: &mut Engine, host: &Host, handle: Handle) -> (Runtime, Invocations) {
    let (functions, invocations) = Functions::new();
    let runtime = Runtime { host: host.clone(), handle, functions, part: Rc::new(Cell::new(Part::Main)) };
    crate::reserved::free_names(engine);
    install_objects(engine, &runtime);
    for described in MODULES.iter().filter(|module| module.place().0.is_none()) {
        engine.register_static_module(described.name, module(&runtime, described).into());
    }
    (runtime, invocations)
}

/// Makes a module and the modules in it.
fn module(runtime: &Runtime, described: &'static Described) -> Module {
    let mut made = Module::new();
    for function in described.functions {
        install_function(&mut made, runtime, &Target::Module(described), function);
    }
    for constant in described.constants {
        made.set_var(constant.name, constant.value);
    }
    for inner in described.modules() {
        made.set_sub_module(inner.place().1, module(runtime, inner));
    }
    made
}

fn install_function(module: &mut Module, runtime: &Runtime, target: &Target, function: &'static Method) {
    for count in 0..=MOST {
        let (runtime, target) = (runtime.clone(), target.clone());
        let call = move |context: Option<NativeCallContext>, arguments: &mut [&mut Dynamic]| match context {
            Some(context) => runtime.call(&context, target.clone(), function, false, arguments),
            None => Ok(Dynamic::UNIT),
        };
        let native =
            RhaiFunc::Pure { func: Rc::new(call), has_context: true, is_pure: false, is_volatile: true };
        let types = vec![TypeId::of::<Dynamic>(); count];
        FuncRegistration::new(function.name).set_into_module_raw(module, types, native);
    }
}

/// All classes share one Rust type, so a name is registered once.
fn install_objects(engine: &mut Engine, runtime: &Runtime) {
    engine.register_type_with_name::<RhaiObject>("Object");
    engine.register_fn("to_string", |object: &mut RhaiObject| object.object.to_string());
    engine.register_fn("to_debug", |object: &mut RhaiObject| object.object.to_string());
    engine.register_fn("==", |one: &mut RhaiObject, other: RhaiObject| one.object.is(&other.object));
    engine.register_fn("!=", |one: &mut RhaiObject, other: RhaiObject| !one.object.is(&other.object));
    engine.register_iterator_result::<RhaiObject, Dynamic>();

    let properties: BTreeSet<_> =
        CLASSES.iter().flat_map(|class| class.properties).map(|known| known.name).collect();
    for name in properties {
        let runtime = runtime.clone();
        engine.register_raw_fn(format!("get${name}"), [object_type()], move |context, arguments| {
            runtime.get(&context, arguments[0], name)
        });
    }
    // Reached only for names that no class has as a property.
    let unknown = runtime.clone();
    let types = [object_type(), TypeId::of::<ImmutableString>()];
    engine.register_raw_fn("index$get$", types, move |context, arguments| {
        let name = arguments[1].to_string();
        unknown.get(&context, arguments[0], &name)
    });

    let methods: BTreeSet<_> =
        CLASSES.iter().flat_map(|class| class.methods).map(|known| known.name).collect();
    for name in methods {
        for count in 0..=MOST {
            install_method(engine, runtime, name, count);
        }
    }
}

/// The type of all objects.
pub(crate) fn object_type() -> TypeId {
    TypeId::of::<RhaiObject>()
}

/// Registers the call of a method with so many arguments; which class has it, if any, is looked up in the call.
pub(crate) fn install_method(engine: &mut Engine, runtime: &Runtime, name: &str, count: usize) {
    let (runtime, method) = (runtime.clone(), name.to_owned());
    let mut types = vec![TypeId::of::<Dynamic>(); count + 1];
    types[0] = object_type();
    engine.register_raw_fn(name, types, move |context, arguments| {
        runtime.call_method(&context, &method, arguments)
    });
}

/// Says in an error where it was raised.
fn located(context: &NativeCallContext, error: ScriptError) -> ScriptError {
    let source = context.global_runtime_state().source().unwrap_or_default();
    match place(source, context.call_position()) {
        Some(place) => error.at(place),
        None => error,
    }
}

/// The items of a stream in a `for` loop.
pub(crate) struct Items {
    stream: Option<RhaiObject>,
}

impl IntoIterator for RhaiObject {
    type Item = RhaiResult;
    type IntoIter = Items;

    fn into_iter(self) -> Items {
        Items { stream: Some(self) }
    }
}

impl Iterator for Items {
    type Item = RhaiResult;

    fn next(&mut self) -> Option<RhaiResult> {
        let this = self.stream.clone()?;
        let Some(stream) = this.object.get::<ScriptStream>() else {
            self.stream = None;
            let words = format!("{} is no stream", this.object.class().name);
            return Some(Err(raise(&this.runtime, ScriptError::argument(words), Position::NONE)));
        };
        let item = match stream.ready() {
            Some(Ok(item)) => Ok(item),
            Some(Err(error)) => Err(raise(&this.runtime, error, Position::NONE)),
            None => this.runtime.wait_for(stream.next()),
        };
        match item {
            Ok(None) => {
                self.stream = None;
                None
            }
            Ok(Some(value)) => Some(Ok(to_rhai(&this.runtime, value, this.blobs))),
            Err(error) => {
                self.stream = None;
                Some(Err(error))
            }
        }
    }
}
