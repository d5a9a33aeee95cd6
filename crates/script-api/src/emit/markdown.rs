//! The reference in Markdown.

use std::fmt::Write;

use moondock_engine::{Kind, Param};

use super::form::{doc, given};
use super::{MADE, REFERENCE};
use crate::describe::{Class, Method, Module};
use crate::{CLASSES, MODULES};

pub(super) fn files() -> Vec<(String, String)> {
    let modules = MODULES.iter().map(|described| (described.name, module(described)));
    let classes = CLASSES.iter().map(|described| (described.name, class(described)));
    modules
        .chain(classes)
        .chain([("README", index())])
        .map(|(name, text)| (format!("{REFERENCE}/{name}.md"), text))
        .collect()
}

fn index() -> String {
    let mut text = format!(
        "<!-- {MADE} -->\n\n# Reference\n\nNames, positions and defaults are docker-py's. Arguments go by place, by \
         name in one map behind those, or all by name in one map:\n\n\
         ```lua\nlocal client = require(\"docker\").from_env()\nclient.containers:run(\"busybox\", \"echo hi\", {{remove = true}})\n\
         client.containers:run{{image = \"busybox\", command = \"echo hi\", remove = true}}\n```\n\n\
         ```rhai\nlet client = docker::from_env();\nclient.containers.run(\"busybox\", \"echo hi\", #{{remove: true}});\n\
         client.containers.run(#{{image: \"busybox\", command: \"echo hi\", remove: true}});\n```\n\n\
         Bytes are strings; in Rhai each call that gives bytes also takes `bytes: true`, and then gives blobs. Several \
         values at once are several results in Lua and an array in Rhai. Nothing is `nil` in Lua and `()` in Rhai.\n\n\
         An effect says what a call may do: *read* the engine's state, *write* it, *exec* a program inside a \
         container, touch the *host* that the script runs on.\n\n## Modules\n\n"
    );
    for module in MODULES {
        let _ = writeln!(text, "- [`{0}`]({0}.md): {1}", module.name, module.doc);
    }
    text.push_str("\n## Classes\n\n");
    for class in CLASSES {
        let _ = writeln!(text, "- [`{0}`]({0}.md): {1}", class.name, class.doc);
    }
    text
}

fn module(module: &Module) -> String {
    let mut text = format!("<!-- {MADE} -->\n\n# Module `{}`\n\n{}\n", module.name, module.doc);
    for (title, rows) in [
        ("Modules", module.modules().map(|inner| (inner.name, inner.doc)).collect::<Vec<_>>()),
        ("Constants", module.constants.iter().map(|constant| (constant.name, constant.doc)).collect()),
    ] {
        if !rows.is_empty() {
            let _ = write!(text, "\n## {title}\n\n| name | what it is |\n| --- | --- |\n");
        }
        for (name, doc) in rows {
            let name =
                if title == "Modules" { format!("[`{name}`]({name}.md)") } else { format!("`{name}`") };
            let _ = writeln!(text, "| {name} | {} |", cell(doc));
        }
    }
    if !module.functions.is_empty() {
        text.push_str("\n## Functions\n");
    }
    for function in module.functions {
        callable(&mut text, function);
    }
    text
}

fn class(class: &Class) -> String {
    let mut text = format!("<!-- {MADE} -->\n\n# Class `{}`\n\n{}\n", class.name, class.doc);
    if !class.properties.is_empty() {
        text.push_str("\n## Properties\n\n| name | type | what it is |\n| --- | --- | --- |\n");
    }
    for property in class.properties {
        let (name, kind) = (property.name, kind(&property.kind));
        let _ = writeln!(text, "| `{name}` | {kind} | {} |", cell(property.doc));
    }
    if !class.methods.is_empty() {
        text.push_str("\n## Methods\n");
    }
    for method in class.methods {
        callable(&mut text, method);
    }
    text
}

fn callable(text: &mut String, method: &Method) {
    let params = method.params.all();
    let _ = write!(text, "\n### `{}`\n\n{}\n\nGives ", method.name, method.doc);
    let _ = writeln!(text, "{}. Effect: {}.", kind(&method.returns), method.effect.name());
    if params.is_empty() {
        return;
    }
    text.push_str("\n| argument | type | default | what it does |\n| --- | --- | --- | --- |\n");
    for param in params {
        let (name, kind) = (param.name, kind(&given(param)));
        let _ = writeln!(text, "| `{name}` | {kind} | {} | {} |", written_default(param), cell(&doc(param)));
    }
}

fn written_default(param: &Param) -> String {
    match param.plain_default() {
        _ if param.required => "required".to_owned(),
        Some(default) => format!("`{default}`"),
        None => String::new(),
    }
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}

/// A kind in words, with links to classes.
fn kind(described: &Kind) -> String {
    match described {
        Kind::Any => "any".to_owned(),
        Kind::Nil => "nothing".to_owned(),
        Kind::Bool => "boolean".to_owned(),
        Kind::Int => "integer".to_owned(),
        Kind::Float => "number".to_owned(),
        Kind::Str => "string".to_owned(),
        Kind::Bytes => "bytes".to_owned(),
        Kind::List(item) => format!("list of {}", kind(item)),
        Kind::Tuple(kinds) => {
            let kinds: Vec<_> = kinds.iter().map(kind).collect();
            format!("several: {}", kinds.join(", "))
        }
        Kind::Map(value) => format!("map of {}", kind(value)),
        Kind::Union(kinds) => kinds.iter().map(kind).collect::<Vec<_>>().join(" or "),
        Kind::Function => "function".to_owned(),
        Kind::Source => "bytes, [`Stream`](Stream.md) or function".to_owned(),
        Kind::Stream(item) => format!("[`Stream`](Stream.md) of {}", kind(item)),
        Kind::Object(class) => format!("[`{class}`]({class}.md)"),
        Kind::Optional(of) => format!("{} or nothing", kind(of)),
    }
}
