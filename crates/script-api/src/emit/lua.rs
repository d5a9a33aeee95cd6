//! Stubs for LuaLS, the language server of Lua.

use std::fmt::Write;

use moondock_engine::{Kind, Param};

use super::form::{Form, Options, doc, forms, given};
use super::{LUA_STUBS, MADE, comment};
use crate::describe::{Class, Method, Module};
use crate::{CLASSES, MODULES};

/// What the names of classes begin with.
const NAMESPACE: &str = "moondock.";

pub(super) fn files() -> Vec<(String, String)> {
    let modules = MODULES.iter().map(|described| (described.name, module(described)));
    let classes = ("classes", classes());
    // `require "docker.types"` looks for a file in a folder.
    let path = |name: &str| format!("{LUA_STUBS}/{}.lua", name.replace('.', "/"));
    modules.chain([classes]).map(|(name, text)| (path(name), text)).collect()
}

fn module(module: &Module) -> String {
    let name = module.name;
    let mut text = format!("---@meta {name}\n-- {MADE}\n\n");
    for function in module.functions {
        options(&mut text, name, function);
    }
    text.push_str(&comment("---", module.doc));
    let _ = writeln!(text, "---@class {NAMESPACE}modules.{name}");
    let (parent, local) = module.place();
    if parent.is_none() {
        text.push_str(
            "---Nothing where Lua's `nil` cannot stand, such as inside a list.\n---@field null userdata\n",
        );
    }
    for constant in module.constants {
        let _ = writeln!(text, "---@field {} string {}", constant.name, constant.doc);
    }
    for inner in module.modules() {
        let _ =
            writeln!(text, "---@field {} {NAMESPACE}modules.{} {}", inner.place().1, inner.name, inner.doc);
    }
    let _ = writeln!(text, "local {local} = {{}}\n");
    for function in module.functions {
        callable(&mut text, name, '.', function);
    }
    let _ = writeln!(text, "return {local}");
    text
}

fn classes() -> String {
    let mut text = format!("---@meta _\n-- {MADE}\n");
    for described in CLASSES {
        text.push('\n');
        class(&mut text, described);
        // The blank line is before the next class.
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

fn class(text: &mut String, class: &Class) {
    let name = class.name;
    for method in class.methods {
        options(text, name, method);
    }
    text.push_str(&comment("---", class.doc));
    let _ = writeln!(text, "---@class {NAMESPACE}{name}");
    if name == "Stream" {
        // What a `for` loop calls.
        text.push_str("---@overload fun(): any\n");
    }
    for property in class.properties {
        let _ = writeln!(text, "---@field {} {} {}", property.name, kind(&property.kind), property.doc);
    }
    let _ = writeln!(text, "local {name} = {{}}\n");
    for method in class.methods {
        callable(text, name, ':', method);
    }
}

fn options_class(owner: &str, method: &Method) -> String {
    let is_module = MODULES.iter().any(|module| module.name == owner);
    let namespace = if is_module { "" } else { NAMESPACE };
    format!("{namespace}{owner}.{}.options", method.name)
}

/// The class of a call's arguments by name.
fn options(text: &mut String, owner: &str, method: &Method) {
    let params = method.params.all();
    if params.is_empty() {
        return;
    }
    let _ = writeln!(text, "---@class {}", options_class(owner, method));
    for param in params {
        let _ = writeln!(text, "---@field {}? {} {}", param.name, kind(&given(param)), described(param));
    }
    text.push('\n');
}

/// What a parameter is, on one line, with its default.
fn described(param: &Param) -> String {
    let doc = doc(param);
    match param.plain_default() {
        Some(default) => format!("{doc} Default: `{default}`."),
        None => doc,
    }
}

fn callable(text: &mut String, owner: &str, separator: char, method: &Method) {
    let mut forms = forms(&method.params);
    let Some(usual) = forms.pop() else { return };
    text.push_str(&comment("---", method.doc));
    for form in &forms {
        let own = (separator == ':').then(|| format!("self: {NAMESPACE}{owner}"));
        let arguments: Vec<_> = own.into_iter().chain(arguments(owner, method, form)).collect();
        let _ = writeln!(text, "---@overload fun({}): {}", arguments.join(", "), returns(&method.returns));
    }
    for param in &usual.by_place {
        let optional = if param.required { "" } else { "?" };
        let (name, kind) = (named(param), kind(&given(param)));
        let _ = writeln!(text, "---@param {name}{optional} {kind} {}", described(param));
    }
    if usual.options != Options::None {
        let _ = writeln!(text, "---@param options? {} Arguments by name.", options_class(owner, method));
    }
    if method.returns != Kind::Nil {
        let _ = writeln!(text, "---@return {}", returns(&method.returns));
    }
    let mut names: Vec<_> = usual.by_place.iter().map(|param| named(param)).collect();
    if usual.options != Options::None {
        names.push("options".to_owned());
    }
    let local = owner.rsplit('.').next().unwrap_or(owner);
    let _ = writeln!(text, "function {local}{separator}{}({}) end\n", method.name, names.join(", "));
}

/// A parameter's name where Lua takes no keyword.
fn named(param: &Param) -> String {
    if matches!(param.name, "until" | "end" | "repeat" | "function" | "local") {
        format!("{}_", param.name)
    } else {
        param.name.to_owned()
    }
}

fn arguments(owner: &str, method: &Method, form: &Form) -> Vec<String> {
    let by_place = form.by_place.iter().map(|param| {
        let optional = if param.required { "" } else { "?" };
        format!("{}{optional}: {}", named(param), kind(&given(param)))
    });
    let class = options_class(owner, method);
    let options = match form.options {
        Options::None => None,
        Options::Further => Some(format!("options?: {class}")),
        Options::All => Some(format!("options: {class}")),
    };
    by_place.chain(options).collect()
}

fn returns(returned: &Kind) -> String {
    match returned {
        Kind::Tuple(kinds) => kinds.iter().map(kind).collect::<Vec<_>>().join(", "),
        other => kind(other),
    }
}

/// A kind as LuaLS writes types.
fn kind(described: &Kind) -> String {
    match described {
        Kind::Any => "any".to_owned(),
        Kind::Nil => "nil".to_owned(),
        Kind::Bool => "boolean".to_owned(),
        Kind::Int => "integer".to_owned(),
        Kind::Float => "number".to_owned(),
        Kind::Str | Kind::Bytes => "string".to_owned(),
        Kind::List(item) => match **item {
            Kind::Union(_) | Kind::Optional(_) => format!("({})[]", kind(item)),
            _ => format!("{}[]", kind(item)),
        },
        Kind::Tuple(_) => "any[]".to_owned(),
        Kind::Map(value) => format!("table<string, {}>", kind(value)),
        Kind::Union(kinds) => kinds.iter().map(kind).collect::<Vec<_>>().join("|"),
        Kind::Function => "function".to_owned(),
        Kind::Source => format!("string|{NAMESPACE}Stream|fun(): string?"),
        Kind::Stream(_) => format!("{NAMESPACE}Stream"),
        Kind::Object(class) => format!("{NAMESPACE}{class}"),
        Kind::Optional(of) => format!("{}|nil", kind(of)),
    }
}
