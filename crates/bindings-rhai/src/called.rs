//! The methods that a script calls.

use std::any::TypeId;
use std::collections::BTreeSet;

use rhai::{AST, ASTNode, Dynamic, Engine, Expr, FuncInfo};

use crate::object::{Runtime, install_method, object_type};

/// Registers the methods that a script calls and that no class has, so that their call raises an error of ours: `catch`
/// gets a map of Rhai's own. What the files call that it imports is not known here.
pub(crate) fn install_called(engine: &mut Engine, runtime: &Runtime, ast: &AST) {
    let known: BTreeSet<_> = engine.collect_fn_metadata(None, of_objects, true).into_iter().collect();
    let mut called = BTreeSet::new();
    ast.walk(&mut |path| {
        if let Some(ASTNode::Expr(Expr::MethodCall(call, _))) = path.last() {
            called.insert((call.name.to_string(), call.args.len()));
        }
        true
    });
    for (name, count) in called.difference(&known) {
        install_method(engine, runtime, name, *count);
    }
}

/// The name of a function that an object can be the first argument of, and how many arguments it takes behind that.
fn of_objects(FuncInfo { metadata, namespace, .. }: FuncInfo) -> Option<(String, usize)> {
    let first = *metadata.param_types.first()?;
    let is_one = namespace.is_empty() && (first == object_type() || first == TypeId::of::<Dynamic>());
    is_one.then(|| (metadata.name.to_string(), metadata.num_params - 1))
}
