//! The surface that scripts see, from its description.

use moondock_engine::ErrorKind;
use moondock_script_api::{CLASSES, Class, Kind, MODULES, Method, Module, Param};
use moondock_tests::surface::{Member, Parameter, Surface, place_of_kind};
use serde_json::{Value, json};

/// Everything of docker-py's names: the classes, the module `docker` with those in it, and the kinds of errors.
pub(crate) fn surface() -> Surface {
    let classes = CLASSES.iter().flat_map(|class| members(class));
    let modules = MODULES.iter().filter(|module| module.name.split('.').next() == Some("docker"));
    let named = modules.flat_map(|module| named(module));
    classes.chain(named).chain(kinds()).collect()
}

fn members(class: &Class) -> impl Iterator<Item = (String, Member)> {
    let properties = class.properties.iter().map(|property| (property.name, Member::Value(None)));
    let methods = class.methods.iter().map(|method| (method.name, call(method)));
    properties.chain(methods).map(|(name, member)| (format!("{}.{name}", class.name), member))
}

fn named(module: &Module) -> impl Iterator<Item = (String, Member)> {
    let functions = module.functions.iter().map(|function| (function.name, call(function)));
    let constants =
        module.constants.iter().map(|constant| (constant.name, Member::Value(Some(json!(constant.value)))));
    functions.chain(constants).map(|(name, member)| (format!("{}.{name}", module.name), member))
}

fn kinds() -> impl Iterator<Item = (String, Member)> {
    ErrorKind::ALL.iter().map(|kind| {
        let bases = std::iter::successors(kind.parent(), |kind| kind.parent());
        (place_of_kind(kind.name()), Member::Kind(bases.map(|base| base.name().to_owned()).collect()))
    })
}

fn call(method: &Method) -> Member {
    let parameter = |param: &Param| Parameter {
        name: param.name.to_owned(),
        by_name: false,
        required: param.required,
        default: default(param),
    };
    Member::Call(method.params.all().into_iter().map(parameter).collect())
}

/// A default; without one, what Rust has for the kind.
fn default(param: &Param) -> Value {
    match (param.plain_default(), param.kind) {
        (Some(written), _) => serde_json::from_str(written).unwrap_or_else(|_| json!(written)),
        (None, Kind::Bool) => json!(false),
        (None, Kind::Int | Kind::Float) => json!(0),
        (None, _) => Value::Null,
    }
}
