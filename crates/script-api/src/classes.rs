//! Every class and module of the script API, a file each.

mod api_client;
mod client;
mod config;
mod configs;
mod container;
mod containers;
mod context;
mod docker;
mod error;
mod exec_result;
mod image;
mod images;
mod moondock;
mod network;
mod networks;
mod node;
mod nodes;
mod registration;
mod secret;
mod secrets;
mod service;
mod services;
mod socket;
mod stream;
mod swarm;
mod volume;
mod volumes;

use std::fmt;

use moondock_engine::stream::Frames;

use crate::describe::{Class, Module};
use crate::stream::ScriptStream;
use crate::value::Object;

/// Every class, in the order of the reference.
pub static CLASSES: &[&Class] = &[
    &client::CLASS,
    &containers::CLASS,
    &container::CLASS,
    &exec_result::CLASS,
    &images::CLASS,
    &image::CLASS,
    &networks::CLASS,
    &network::CLASS,
    &volumes::CLASS,
    &volume::CLASS,
    &swarm::CLASS,
    &nodes::CLASS,
    &node::CLASS,
    &services::CLASS,
    &service::CLASS,
    &secrets::CLASS,
    &secret::CLASS,
    &configs::CLASS,
    &config::CLASS,
    &api_client::CLASS,
    &context::CLASS,
    &stream::CLASS,
    &socket::CLASS,
    &error::CLASS,
    &registration::CLASS,
];

/// Every module, in the order of the reference.
pub static MODULES: &[&Module] = &[
    &docker::MODULE,
    &docker::types::MODULE,
    &docker::errors::MODULE,
    &docker::tls::MODULE,
    &docker::context::PARENT,
    &docker::context::MODULE,
    &docker::context::SHORT,
    &docker::utils::MODULE,
    &moondock::MODULE,
];

/// Shows an object as docker-py does, `<Class: id>`.
fn show(object: &Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match object.identity() {
        identity if identity.is_empty() => write!(f, "<{}>", object.class().name),
        identity => write!(f, "<{}: {identity}>", object.class().name),
    }
}

/// Shows an object by the first twelve characters of its identity, docker-py's `short_id`.
fn show_short(object: &Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match object.identity() {
        identity if identity.is_empty() => write!(f, "<{}>", object.class().name),
        identity => write!(f, "<{}: {identity:.12}>", object.class().name),
    }
}

/// Shows an object by its name in quotes, as docker-py does where a class has that.
fn show_name(object: &Object, name: Option<String>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "<{}: '{}'>", object.class().name, name.unwrap_or_default())
}

/// The identity of objects that have none.
fn nameless(_: &Object) -> String {
    String::new()
}

/// A stream of the bytes of frames.
fn bytes_of(frames: Frames) -> ScriptStream {
    ScriptStream::bytes(frames.bytes())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use moondock_engine::{Kind, Param};

    use super::*;
    use crate::describe::Method;

    /// Every method and function with the name of its class or module.
    fn callables() -> impl Iterator<Item = (&'static str, &'static Method)> {
        let methods =
            CLASSES.iter().flat_map(|class| class.methods.iter().map(|method| (class.name, method)));
        let functions =
            MODULES.iter().flat_map(|module| module.functions.iter().map(|function| (module.name, function)));
        methods.chain(functions)
    }

    fn is_member_name(name: &str) -> bool {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    }

    fn is_class_name(name: &str) -> bool {
        name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
    }

    /// Text for people: begins large and ends with a full stop, or goes on with a list.
    fn is_sentence(doc: &str) -> bool {
        doc.starts_with(|c: char| c.is_uppercase() || c == '`') && doc.ends_with('.')
    }

    fn classes_in(kind: &Kind) -> Vec<&'static str> {
        match kind {
            Kind::Object(class) => vec![class],
            Kind::List(of) | Kind::Map(of) | Kind::Optional(of) | Kind::Stream(of) => classes_in(of),
            Kind::Union(kinds) | Kind::Tuple(kinds) => kinds.iter().flat_map(classes_in).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn names_are_names_and_stand_once() {
        let mut classes = BTreeSet::new();
        for class in CLASSES {
            assert!(is_class_name(class.name) && classes.insert(class.name), "{}", class.name);
            let properties = class.properties.iter().map(|property| property.name);
            let mut members = BTreeSet::new();
            for name in properties.chain(class.methods.iter().map(|method| method.name)) {
                // docker-py has properties that begin large.
                let fits = is_member_name(name) || class.property(name).is_some() && is_class_name(name);
                assert!(fits && members.insert(name), "{}.{name}", class.name);
            }
        }
        for module in MODULES {
            let mut functions = BTreeSet::new();
            for function in module.functions {
                let name = function.name;
                // A function that makes a value has the name of its class in Python.
                let fits = is_member_name(name) || is_class_name(name);
                assert!(fits && functions.insert(name), "{}.{name}", module.name);
            }
        }
    }

    #[test]
    fn everything_is_documented() {
        for class in CLASSES {
            assert!(is_sentence(class.doc), "{}", class.name);
            for property in class.properties {
                assert!(is_sentence(property.doc), "{}.{}", class.name, property.name);
            }
        }
        for module in MODULES {
            assert!(is_sentence(module.doc), "{}", module.name);
        }
        for (owner, method) in callables() {
            assert!(is_sentence(method.doc), "{owner}.{}", method.name);
            for param in method.params.all() {
                let doc = param.doc.replace('\n', " ");
                assert!(is_sentence(&doc), "{owner}.{}: {}: {doc}", method.name, param.name);
            }
        }
    }

    #[test]
    fn parameters_can_be_given_in_both_languages() {
        for (owner, method) in callables() {
            let params = method.params.all();
            let required = |param: &&&Param| param.required;
            let leading = params.iter().take_while(required).count();
            assert_eq!(leading, params.iter().filter(required).count(), "{owner}.{}", method.name);
            for param in params {
                let place = format!("{owner}.{}: {}", method.name, param.name);
                assert!(is_member_name(param.name), "{place}");
                // `bytes` is Rhai's own and `until_` Lua's, in every call.
                assert!(!matches!(param.name, "bytes" | "until_"), "{place}");
                assert!(!param.required || param.default.is_empty(), "{place}");
            }
        }
    }

    #[test]
    fn every_class_that_is_named_is_there() {
        let known: BTreeSet<_> = CLASSES.iter().map(|class| class.name).collect();
        let properties = CLASSES.iter().flat_map(|class| class.properties).map(|property| property.kind);
        let params = callables().flat_map(|(_, method)| method.params.all()).map(|param| param.kind);
        let returns = callables().map(|(_, method)| method.returns);
        let mut named: BTreeSet<_> =
            properties.chain(params).chain(returns).flat_map(|kind| classes_in(&kind)).collect();
        // A stream is a kind of its own, and errors are raised.
        named.extend(["Stream", "Error", "Socket"]);
        assert_eq!(named, known);
    }
}
