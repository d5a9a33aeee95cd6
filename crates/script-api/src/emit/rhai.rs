//! Definitions for Rhai's language server.

use std::fmt::Write;

use moondock_engine::Kind;

use super::form::{self, Options, forms, given};
use super::{MADE, RHAI_DEFINITIONS, comment};
use crate::describe::{Method, Module};
use crate::{CLASSES, MODULES};

pub(super) fn files() -> Vec<(String, String)> {
    let modules = MODULES.iter().map(|described| (described.name, module(described)));
    modules
        .chain([("classes", classes())])
        .map(|(name, text)| (format!("{RHAI_DEFINITIONS}/{name}.d.rhai"), text))
        .collect()
}

fn module(module: &Module) -> String {
    let name = module.name.replace('.', "::");
    let mut text = format!("// {MADE}\n{}module {name};\n\n", comment("/// ", module.doc));
    for constant in module.constants {
        let _ = writeln!(text, "{}const {}: String;\n", comment("/// ", constant.doc), constant.name);
    }
    for function in module.functions {
        callable(&mut text, None, function);
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

fn classes() -> String {
    let mut text = format!("// {MADE}\nmodule static;\n");
    for class in CLASSES {
        let _ = write!(text, "\n{}type {} = ...;\n\n", comment("/// ", class.doc), class.name);
        for property in class.properties {
            let (name, doc) = (property.name, comment("/// ", property.doc));
            let _ = writeln!(text, "{doc}fn get {name}(this: {}) -> {};\n", class.name, kind(&property.kind));
        }
        for method in class.methods {
            callable(&mut text, Some(class.name), method);
        }
        // The blank line is before the next class.
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

fn callable(text: &mut String, class: Option<&str>, method: &Method) {
    let params = method.params.all();
    let mut doc = comment("/// ", method.doc);
    if !params.is_empty() {
        doc.push_str("///\n/// Arguments:\n");
    }
    for param in &params {
        let (name, kind) = (param.name, kind(&given(param)));
        let default =
            param.plain_default().map(|default| format!(", default `{default}`")).unwrap_or_default();
        let required = if param.required { ", required" } else { "" };
        doc.push_str(&comment(
            "/// ",
            &format!("- `{name}` ({kind}{required}{default}): {}", form::doc(param)),
        ));
    }
    for (place, form) in forms(&method.params).iter().rev().enumerate() {
        let this = class.map(|class| format!("this: {class}"));
        let by_place = form.by_place.iter().map(|param| format!("{}: {}", param.name, kind(&given(param))));
        let options = (form.options != Options::None).then(|| "options: Map".to_owned());
        // A map that may be left out is a form of its own.
        let shorter = (form.options == Options::Further)
            .then(|| this.clone().into_iter().chain(by_place.clone()).collect::<Vec<_>>());
        let whole: Vec<_> = this.into_iter().chain(by_place).chain(options).collect();
        for arguments in shorter.into_iter().chain([whole]) {
            if place == 0 && !doc.is_empty() {
                text.push_str(&std::mem::take(&mut doc));
            }
            let _ =
                writeln!(text, "fn {}({}) -> {};", method.name, arguments.join(", "), kind(&method.returns));
        }
    }
    text.push('\n');
}

/// A kind as Rhai's language server writes types.
fn kind(described: &Kind) -> String {
    match described {
        Kind::Any => "?".to_owned(),
        Kind::Nil => "()".to_owned(),
        Kind::Bool => "bool".to_owned(),
        Kind::Int => "int".to_owned(),
        Kind::Float => "int | float".to_owned(),
        Kind::Str => "String".to_owned(),
        Kind::Bytes => "String | Blob".to_owned(),
        Kind::List(item) => format!("[{}]", kind(item)),
        Kind::Tuple(_) => "Array".to_owned(),
        Kind::Map(_) => "Map".to_owned(),
        Kind::Union(kinds) => kinds.iter().map(kind).collect::<Vec<_>>().join(" | "),
        Kind::Function => "Fn".to_owned(),
        Kind::Source => "String | Blob | Stream | Fn".to_owned(),
        Kind::Stream(_) => "Stream".to_owned(),
        Kind::Object(class) => (*class).to_owned(),
        Kind::Optional(of) => format!("{} | ()", kind(of)),
    }
}
