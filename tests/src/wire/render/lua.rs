//! Lua.

use std::fmt::Write as _;

use super::{Dialect, Neutral};

const KEYWORDS: [&str; 22] = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local",
    "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
];

pub(super) struct Lua;

impl Dialect for Lua {
    fn prologue(&self, client: &str) -> String {
        format!("local docker = require \"docker\"\nlocal client = docker.DockerClient({client})\n")
    }

    fn value(&self, value: &Neutral, inside: bool) -> String {
        match value {
            // A nil inside a table is no entry at all.
            Neutral::None => if inside { "docker.null" } else { "nil" }.to_owned(),
            Neutral::Bool(on) => on.to_string(),
            Neutral::Int(whole) => whole.to_string(),
            Neutral::Float(number) => format!("{number:?}"),
            Neutral::Text(text) => quoted(text),
            Neutral::Bytes(bytes) => {
                let escaped = bytes.iter().fold(String::new(), |mut escaped, byte| {
                    let _ = write!(escaped, "\\x{byte:02x}");
                    escaped
                });
                format!("\"{escaped}\"")
            }
            Neutral::List(items) => {
                let items: Vec<_> = items.iter().map(|item| self.value(item, true)).collect();
                format!("{{{}}}", items.join(", "))
            }
            Neutral::Map(pairs) => {
                let pairs: Vec<_> = pairs
                    .iter()
                    .map(|(key, value)| format!("[{}] = {}", self.value(key, true), self.value(value, true)))
                    .collect();
                format!("{{{}}}", pairs.join(", "))
            }
            Neutral::Type(name, arguments) => format!("docker.types.{name}({})", self.keywords(arguments)),
            Neutral::Earlier(name) => name.clone(),
        }
    }

    fn keywords(&self, arguments: &[(String, Neutral)]) -> String {
        let pairs: Vec<_> = arguments
            .iter()
            .map(|(name, value)| {
                let name =
                    if KEYWORDS.contains(&name.as_str()) { format!("[\"{name}\"]") } else { name.clone() };
                format!("{name} = {}", self.value(value, false))
            })
            .collect();
        format!("{{{}}}", pairs.join(", "))
    }

    fn call(&self, on: &str, method: &str, arguments: &str) -> String {
        format!("{on}:{method}({arguments})")
    }

    fn item(&self, call: &str, index: usize) -> String {
        format!("select({}, {call})", index + 1)
    }

    fn keep(&self, name: &str, value: &str) -> String {
        format!("local {name} = {value}\n")
    }

    fn run(&self, call: &str) -> String {
        format!("{call}\n")
    }

    fn drain(&self, iterator: &str) -> String {
        format!("for _ in {iterator} do end\n")
    }

    fn raises(&self, statements: &str, class: &str) -> String {
        format!(
            "do\nlocal ok, err = pcall(function()\n{statements}end)\n\
             assert(not ok, \"no {class} was raised\")\n\
             if type(err) == \"string\" or not err:is_a(\"{class}\") then error(err) end\nend\n"
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
                let _ = write!(quoted, "\\{:03}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
