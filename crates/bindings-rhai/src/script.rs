//! A script in an engine of its own.

use std::cell::Cell;

use moondock_script_api::{Finish, Host, Part, Result, ScriptError, Stop};
use rhai::{AST, Array, Dynamic, Engine, EvalAltResult, Position, Scope};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::callbacks::serve;
use crate::called::install_called;
use crate::error::from_rhai;
use crate::object::install;

/// How deep expressions may be nested; scripts hold deeply nested maps.
const DEEPEST: usize = 256;

/// The stack of a script's thread, for expressions that deep in builds without optimisation too.
const STACK: usize = 64 << 20;

/// A Rhai script.
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

    /// Sets the script's arguments: the constant `ARGS`.
    pub fn arguments(mut self, arguments: Vec<String>) -> Self {
        self.arguments = arguments;
        self
    }

    /// Runs the script to its end: its main part, then for as long as something is registered. The script has a thread
    /// of its own, on which its handlers run too.
    pub async fn run(&self, host: &Host) -> Finish {
        let (main, finished) = oneshot::channel();
        let (over, is_over) = oneshot::channel();
        let (script, inner, handle) = (self.clone(), host.clone(), Handle::current());
        let thread = std::thread::Builder::new()
            .name("script".to_owned())
            .stack_size(STACK)
            .spawn(move || script.on_thread(&inner, handle, main, is_over));
        if let Err(error) = thread {
            let result = Err(ScriptError::script(format!("no thread for the script: {error}")));
            return Finish { result, stop: None };
        }
        let gone = || Err(ScriptError::script("the script's thread ended by a panic"));
        let finish = host.live(async { finished.await.unwrap_or_else(|_| gone()) }).await;
        // The thread is gone already after a panic.
        let _ = over.send(());
        finish
    }

    fn on_thread(
        &self,
        host: &Host,
        handle: Handle,
        main: oneshot::Sender<Result<()>>,
        over: oneshot::Receiver<()>,
    ) {
        let mut engine = Engine::new();
        let (runtime, mut invocations) = install(&mut engine, host, handle);
        engine.set_max_expr_depths(DEEPEST, DEEPEST);
        let (running, printer, debug) = (runtime.clone(), host.clone(), host.clone());
        engine.on_progress(move |_| running.is_cut_off().then_some(Dynamic::UNIT));
        let lost = Cell::new(false);
        engine.on_print(move |text| {
            // `print` cannot fail in Rhai, so a script whose output goes nowhere is ended.
            if let Err(error) = printer.print(format!("{text}\n").as_bytes())
                && !lost.replace(true)
            {
                printer.report(&error.report());
                printer.stop(Stop::Exit(1));
            }
        });
        engine.on_debug(move |text, _, position| debug.report(&format!("{position:?}: {text}")));
        let result = self.compile(&engine).and_then(|ast| {
            install_called(&mut engine, &runtime, &ast);
            self.evaluate(&engine, &ast)
        });
        runtime.begin(Part::Handler);
        // Nobody waits for the main part of a script that was cut off.
        let _ = main.send(result);
        serve(&runtime, &engine, &mut invocations, over);
    }

    fn compile(&self, engine: &Engine) -> Result<AST> {
        let text = std::str::from_utf8(&self.source).map_err(|error| {
            ScriptError::script(format!("{}: the script is no UTF-8 text: {error}", self.name))
        })?;
        // The space keeps it from being documentation, which `//!` begins.
        let text = text.strip_prefix("#!").map_or_else(|| text.to_owned(), |rest| format!("// {rest}"));
        let mut ast = engine.compile(text).map_err(|error| {
            let position = error.position();
            let raised = EvalAltResult::ErrorParsing(error.err_type().clone(), Position::NONE);
            let words = ScriptError::script(raised.to_string());
            match crate::error::place(&self.name, position) {
                Some(place) => words.at(place),
                None => words,
            }
        })?;
        ast.set_source(self.name.as_str());
        Ok(ast)
    }

    fn evaluate(&self, engine: &Engine, ast: &AST) -> Result<()> {
        let mut scope = Scope::new();
        let arguments: Array = self.arguments.iter().map(|argument| argument.clone().into()).collect();
        scope.push_constant("ARGS", arguments);
        let result = engine.run_ast_with_scope(&mut scope, ast);
        result.map_err(|raised| from_rhai(&self.name, *raised))
    }
}
