//! Rhai.

use std::fmt::Write as _;

use super::{Dialect, Neutral};

/// Words that Rhai reserves and that name keyword arguments.
const KEYWORDS: [&str; 12] =
    ["as", "default", "exit", "go", "is", "new", "sync", "thread", "until", "use", "var", "with"];

const PROLOGUE: &str = "fn blob_of(list) {
    let bytes = blob();
    for byte in list { bytes.push(byte); }
    bytes
}
";

pub(super) struct Rhai;

impl Dialect for Rhai {
    fn prologue(&self, client: &str) -> String {
        format!("{PROLOGUE}let client = docker::DockerClient({client});\n")
    }

    fn value(&self, value: &Neutral, _inside: bool) -> String {
        match value {
            Neutral::None => "()".to_owned(),
            Neutral::Bool(on) => on.to_string(),
            Neutral::Int(whole) => whole.to_string(),
            Neutral::Float(number) => format!("{number:?}"),
            Neutral::Text(text) => quoted(text),
            Neutral::Bytes(bytes) => {
                let bytes: Vec<_> = bytes.iter().map(ToString::to_string).collect();
                format!("blob_of([{}])", bytes.join(", "))
            }
            Neutral::List(items) => {
                let items: Vec<_> = items.iter().map(|item| self.value(item, true)).collect();
                format!("[{}]", items.join(", "))
            }
            Neutral::Map(pairs) => {
                let pairs: Vec<_> = pairs
                    .iter()
                    .map(|(key, value)| {
                        // A map's keys are text.
                        let key = match key {
                            Neutral::Text(text) => quoted(text),
                            other => quoted(&self.value(other, true)),
                        };
                        format!("{key}: {}", self.value(value, true))
                    })
                    .collect();
                format!("#{{{}}}", pairs.join(", "))
            }
            Neutral::Type(name, arguments) => format!("docker::types::{name}({})", self.keywords(arguments)),
            Neutral::Earlier(name) => name.clone(),
        }
    }

    fn keywords(&self, arguments: &[(String, Neutral)]) -> String {
        let pairs: Vec<_> = arguments
            .iter()
            .map(|(name, value)| {
                let name = if KEYWORDS.contains(&name.as_str()) { quoted(name) } else { name.clone() };
                format!("{name}: {}", self.value(value, false))
            })
            .collect();
        format!("#{{{}}}", pairs.join(", "))
    }

    fn call(&self, on: &str, method: &str, arguments: &str) -> String {
        format!("{on}.{method}({arguments})")
    }

    fn item(&self, call: &str, index: usize) -> String {
        format!("{call}[{index}]")
    }

    fn keep(&self, name: &str, value: &str) -> String {
        format!("let {name} = {value};\n")
    }

    fn run(&self, call: &str) -> String {
        format!("{call};\n")
    }

    fn drain(&self, iterator: &str) -> String {
        format!("for _item in {iterator} {{}}\n")
    }

    fn raises(&self, statements: &str, class: &str) -> String {
        format!(
            "let raised = false;\ntry {{\n{statements}}} catch (err) {{\nraised = true;\n\
             if !err.is_a(\"{class}\") {{ throw err; }}\n}}\n\
             if !raised {{ throw \"no {class} was raised\"; }}\n"
        )
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            control if control.is_ascii_control() => {
                let _ = write!(quoted, "\\x{:02x}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
