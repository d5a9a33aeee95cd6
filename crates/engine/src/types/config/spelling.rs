//! Maps in docker-py's names or the Engine API's own.

use serde::Serialize;
use serde_json::{Map, Value};

use super::Options;
use crate::error::{Error, ErrorKind, Result};
use crate::params::Params;
use crate::request::join;

/// The error of an argument that cannot be.
pub(crate) fn invalid(words: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidArgument, words)
}

/// Reads a map whose keys are parameters' names or their names in the Engine API. Any other key is a typing mistake.
pub(crate) fn read<P: Params>(what: &str, options: &Options, wire: &[(&str, &str)]) -> Result<P> {
    let names: Vec<_> = P::LIST.all().into_iter().map(|param| param.name).collect();
    let mut fields = Map::new();
    for (key, value) in options.iter().filter(|(_, value)| !value.is_null()) {
        let own = wire.iter().find(|(_, theirs)| key == theirs).map_or(key.as_str(), |(own, _)| own);
        if !names.contains(&own) {
            return Err(invalid(format!("{what} has no `{key}`; it takes {}", names.join(", "))));
        }
        fields.insert(own.to_owned(), value.clone());
    }
    serde_json::from_value(Value::Object(fields.clone())).map_err(|error| {
        // serde does not say which field it is: the one that cannot be read by itself.
        let wrong = fields.into_iter().find_map(|(name, value)| {
            let alone: Map<_, _> = [(name.clone(), value)].into_iter().collect();
            serde_json::from_value::<P>(Value::Object(alone)).err().map(|_| name)
        });
        let place = wrong.map(|name| format!("`{name}`: ")).unwrap_or_default();
        invalid(format!("{what}: {place}{error}"))
    })
}

/// The fields of a map that are in the engine's own names, and those that are made of the others, which are in
/// docker-py's; what is in the engine's wins.
pub(crate) fn made_beside<P: Params>(
    what: &str,
    options: &Options,
    is_wire: impl Fn(&str) -> bool,
    convert: impl FnOnce(P) -> Result<Options>,
) -> Result<Options> {
    let both = options.iter().map(|(key, value)| (key.clone(), value.clone()));
    let (wire, named): (Options, Options) = both.partition(|(key, _)| is_wire(key));
    if named.is_empty() {
        return Ok(wire);
    }
    let mut fields = convert(read(what, &named, &[])?)?;
    join(&mut fields, &wire);
    Ok(fields)
}

/// A parameter struct as a map of what is given.
pub(crate) fn map_of(params: &impl Serialize) -> Options {
    match serde_json::to_value(params) {
        Ok(Value::Object(mut fields)) => {
            fields.retain(|_, value| !value.is_null());
            fields
        }
        _ => Map::new(),
    }
}
