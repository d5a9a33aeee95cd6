//! Cases as scripts.

mod lua;
mod rhai;

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::case::{Case, Drain, Step};
use super::neutral::Neutral;

/// A language of scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Lua.
    Lua,
    /// Rhai.
    Rhai,
}

impl Language {
    /// The suffix of its files.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Lua => "lua",
            Self::Rhai => "rhai",
        }
    }
}

/// Writes a case as a script for the engine at an address.
///
/// # Errors
///
/// When an argument cannot be written.
pub fn script(language: Language, case: &Case, base_url: &str, contexts: &Path) -> Result<String> {
    let read = |value| Neutral::read(value, contexts);
    let mut client = vec![("base_url".to_owned(), Neutral::Text(base_url.to_owned()))];
    for (name, value) in &case.client {
        client.push((name.clone(), read(value)?));
    }
    let dialect: &dyn Dialect = match language {
        Language::Lua => &lua::Lua,
        Language::Rhai => &rhai::Rhai,
    };
    let mut script = dialect.prologue(&dialect.keywords(&client));
    for step in &case.steps {
        script
            .push_str(&statement(dialect, step, contexts).with_context(|| format!("case `{}`", case.name))?);
    }
    Ok(script)
}

/// How a language writes what a step consists of.
trait Dialect {
    /// What comes before the steps, with the client's keyword arguments.
    fn prologue(&self, client: &str) -> String;
    /// A value: as an argument of its own, or inside a list or map.
    fn value(&self, value: &Neutral, inside: bool) -> String;
    /// Keyword arguments.
    fn keywords(&self, arguments: &[(String, Neutral)]) -> String;
    /// The call of a method.
    fn call(&self, on: &str, method: &str, arguments: &str) -> String;
    /// One of several results.
    fn item(&self, call: &str, index: usize) -> String;
    /// The statement that keeps a value.
    fn keep(&self, name: &str, value: &str) -> String;
    /// The statement that does nothing but evaluate a call.
    fn run(&self, call: &str) -> String;
    /// The statement that reads an iterator to its end.
    fn drain(&self, iterator: &str) -> String;
    /// The statement that checks that others end with an error.
    fn raises(&self, statements: &str, class: &str) -> String;
}

fn statement(dialect: &dyn Dialect, step: &Step, contexts: &Path) -> Result<String> {
    let on = step.on.as_deref().unwrap_or("client");
    let mut value = match (&step.call, &step.get) {
        (Some(path), _) => {
            let (on, method) = match path.rsplit_once('.') {
                Some((properties, method)) => (format!("{on}.{properties}"), method),
                None => (on.to_owned(), path.as_str()),
            };
            dialect.call(&on, method, &arguments(dialect, step, contexts)?)
        }
        (None, Some(property)) => format!("{on}.{property}"),
        (None, None) => bail!("a step has neither `call` nor `get`"),
    };
    if let Some(index) = step.item {
        value = dialect.item(&value, index);
    }
    let name = step.name.as_deref();
    let statements = match (&step.drain, name) {
        (Some(Drain::Property(property)), _) => {
            let name = name.unwrap_or("result");
            dialect.keep(name, &value) + &dialect.drain(&format!("{name}.{property}"))
        }
        (Some(Drain::Result(true)), Some(name)) => dialect.keep(name, &value) + &dialect.drain(name),
        (Some(Drain::Result(true)), None) => dialect.drain(&value),
        (_, Some(name)) => dialect.keep(name, &value),
        (_, None) if step.call.is_some() => dialect.run(&value),
        (_, None) => dialect.keep("_value", &value),
    };
    Ok(match &step.raises {
        Some(class) => dialect.raises(&statements, class),
        None => statements,
    })
}

fn arguments(dialect: &dyn Dialect, step: &Step, contexts: &Path) -> Result<String> {
    let mut arguments = Vec::new();
    for value in &step.args {
        arguments.push(Neutral::read(value, contexts)?);
    }
    if step.kwargs.is_empty() && matches!(arguments.last(), Some(Neutral::Map(_))) {
        bail!("a map as the last positional argument reads as keyword arguments: pass it by its name");
    }
    let mut written: Vec<_> = arguments.iter().map(|value| dialect.value(value, false)).collect();
    if !step.kwargs.is_empty() {
        let keywords: Vec<_> = step
            .kwargs
            .iter()
            .map(|(name, value)| Ok((name.clone(), Neutral::read(value, contexts)?)))
            .collect::<Result<_>>()?;
        written.push(dialect.keywords(&keywords));
    }
    Ok(written.join(", "))
}

#[cfg(test)]
mod tests {
    use std::borrow::Borrow;

    use serde_json::{Value, json};

    use super::*;

    fn render(language: Language, steps: impl Borrow<Value>) -> Result<String> {
        let case = serde_json::from_value(json!({"name": "a", "steps": steps.borrow()})).unwrap();
        script(language, &case, "unix:///s", Path::new("/contexts"))
    }

    /// Both scripts without their prologues.
    fn both(steps: &Value) -> (String, String) {
        let [lua, rhai] = [Language::Lua, Language::Rhai].map(|language| {
            let script = render(language, steps).unwrap();
            let end = script.find("unix:///s").unwrap();
            script[end..].split_once('\n').unwrap().1.to_owned()
        });
        (lua, rhai)
    }

    #[test]
    fn begins_with_a_client() {
        assert_eq!(
            render(Language::Lua, json!([])).unwrap(),
            "local docker = require \"docker\"\nlocal client = docker.DockerClient({base_url = \"unix:///s\"})\n"
        );
        assert!(
            render(Language::Rhai, json!([]))
                .unwrap()
                .ends_with("let client = docker::DockerClient(#{base_url: \"unix:///s\"});\n")
        );
    }

    #[test]
    fn writes_calls_with_keywords() {
        let (lua, rhai) = both(&json!([
            {"call": "containers.run", "args": ["busybox", "echo \"hi\\n\""], "kwargs": {"detach": true, "until": 1}, "as": "c"},
            {"on": "c", "call": "rename", "args": ["new"]},
            {"call": "ping"},
        ]));
        assert_eq!(
            lua,
            concat!(
                "local c = client.containers:run(\"busybox\", \"echo \\\"hi\\\\n\\\"\", {detach = true, [\"until\"] = 1})\n",
                "c:rename(\"new\")\n",
                "client:ping()\n",
            )
        );
        assert_eq!(
            rhai,
            concat!(
                "let c = client.containers.run(\"busybox\", \"echo \\\"hi\\\\n\\\"\", #{detach: true, \"until\": 1});\n",
                "c.rename(\"new\");\n",
                "client.ping();\n",
            )
        );
    }

    #[test]
    fn writes_every_kind_of_value() {
        let (lua, rhai) = both(&json!([{"call": "x", "args": [
            null, -1, 1.0, [null, "é\u{1}"], {"$dict": [[80, null], ["a-b", {"$tuple": []}]]}, {"$bytes": "AEH/"},
            {"$ref": "c"},
        ]}]));
        assert_eq!(
            lua,
            "client:x(nil, -1, 1.0, {docker.null, \"é\\001\"}, {[80] = docker.null, [\"a-b\"] = {}}, \
             \"\\x00\\x41\\xff\", c)\n"
        );
        assert_eq!(
            rhai,
            "client.x((), -1, 1.0, [(), \"é\\x01\"], #{\"80\": (), \"a-b\": []}, blob_of([0, 65, 255]), c);\n"
        );
    }

    #[test]
    fn reads_properties_items_and_iterators() {
        let (lua, rhai) = both(&json!([
            {"call": "images.build", "as": "i", "item": 0},
            {"call": "images.build", "as": "log", "item": 1, "drain": true},
            {"on": "i", "get": "attrs"},
            {"call": "events", "drain": true},
            {"on": "c", "call": "exec_run", "drain": "output"},
        ]));
        assert_eq!(
            lua,
            concat!(
                "local i = select(1, client.images:build())\n",
                "local log = select(2, client.images:build())\n",
                "for _ in log do end\n",
                "local _value = i.attrs\n",
                "for _ in client:events() do end\n",
                "local result = c:exec_run()\n",
                "for _ in result.output do end\n",
            )
        );
        assert_eq!(
            rhai,
            concat!(
                "let i = client.images.build()[0];\n",
                "let log = client.images.build()[1];\n",
                "for _item in log {}\n",
                "let _value = i.attrs;\n",
                "for _item in client.events() {}\n",
                "let result = c.exec_run();\n",
                "for _item in result.output {}\n",
            )
        );
    }

    #[test]
    fn expects_errors() {
        let (lua, rhai) = both(&json!([{"call": "containers.get", "args": ["gone"], "raises": "NotFound"}]));
        assert!(lua.contains("pcall(function()\nclient.containers:get(\"gone\")\nend)"), "{lua}");
        assert!(lua.contains("err:is_a(\"NotFound\")"), "{lua}");
        assert!(rhai.contains("try {\nclient.containers.get(\"gone\");\n} catch (err) {"), "{rhai}");
        assert!(rhai.contains("err.is_a(\"NotFound\")"), "{rhai}");
    }

    #[test]
    fn a_map_in_the_last_place_is_refused() {
        let error = render(Language::Lua, json!([{"call": "x", "args": [{"a": 1}]}])).unwrap_err();
        assert!(format!("{error:#}").contains("by its name"), "{error:#}");
    }

    #[test]
    fn all_cases_can_be_written() {
        for area in super::super::case::load(&super::super::folder().join("cases")).unwrap() {
            for case in area.cases {
                for language in [Language::Lua, Language::Rhai] {
                    script(language, &case, "unix:///s", Path::new("/contexts")).unwrap();
                }
            }
        }
    }
}
