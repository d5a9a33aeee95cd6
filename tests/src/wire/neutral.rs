//! Arguments, neutral to language.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use super::encoding;

/// A value as a case's argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Neutral {
    /// Python's `None`.
    None,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// Text.
    Text(String),
    /// Bytes: `{"$bytes": "base64"}`.
    Bytes(Vec<u8>),
    /// A list, or a tuple of Python's: `{"$tuple": [...]}`.
    List(Vec<Neutral>),
    /// A map, also from whole numbers: `{"$dict": [[key, value], ...]}`.
    Map(Vec<(Neutral, Neutral)>),
    /// One of docker-py's own types and its keyword arguments: `{"$type": "Mount", "kwargs": {...}}`.
    Type(String, Vec<(String, Neutral)>),
    /// The result of an earlier step: `{"$ref": "name"}`.
    Earlier(String),
}

impl Neutral {
    /// Reads a case's argument. `{"$path": "..."}` is the absolute path of a context.
    ///
    /// # Errors
    ///
    /// When a notation is unknown or used wrongly.
    pub fn read(value: &Value, contexts: &Path) -> Result<Self> {
        Ok(match value {
            Value::Null => Self::None,
            Value::Bool(on) => Self::Bool(*on),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => Self::Int(whole),
                None => Self::Float(number.as_f64().context("a number too large")?),
            },
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::list(items, contexts)?,
            Value::Object(map) => match map.iter().next().filter(|(name, _)| name.starts_with('$')) {
                Some((name, value)) => Self::notation(name, value, map, contexts)
                    .with_context(|| format!("`{name}` in {}", Value::Object(map.clone())))?,
                None => Self::map(map, contexts)?,
            },
        })
    }

    fn notation(name: &str, value: &Value, whole: &Map<String, Value>, contexts: &Path) -> Result<Self> {
        let text = || value.as_str().context("takes text");
        let list = || value.as_array().context("takes a list");
        Ok(match name {
            "$tuple" => Self::list(list()?, contexts)?,
            "$bytes" => Self::Bytes(encoding::base64(text()?).context("takes base64")?),
            "$path" => Self::Text(contexts.join(text()?).display().to_string()),
            "$ref" => Self::Earlier(text()?.to_owned()),
            "$type" => {
                let keywords = whole.get("kwargs").and_then(Value::as_object).context("needs `kwargs`")?;
                let read =
                    |(name, value): (&String, &Value)| Ok((name.clone(), Self::read(value, contexts)?));
                Self::Type(text()?.to_owned(), keywords.iter().map(read).collect::<Result<_>>()?)
            }
            "$dict" => Self::Map(
                list()?
                    .iter()
                    .map(|pair| match pair.as_array().map(Vec::as_slice) {
                        Some([key, value]) => Ok((Self::read(key, contexts)?, Self::read(value, contexts)?)),
                        _ => bail!("takes pairs"),
                    })
                    .collect::<Result<_>>()?,
            ),
            _ => bail!("is no notation"),
        })
    }

    fn list(items: &[Value], contexts: &Path) -> Result<Self> {
        Ok(Self::List(items.iter().map(|item| Self::read(item, contexts)).collect::<Result<_>>()?))
    }

    fn map(map: &Map<String, Value>, contexts: &Path) -> Result<Self> {
        let pairs =
            map.iter().map(|(key, value)| Ok((Self::Text(key.clone()), Self::read(value, contexts)?)));
        Ok(Self::Map(pairs.collect::<Result<_>>()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: &Value) -> Result<Neutral> {
        Neutral::read(value, Path::new("/contexts"))
    }

    #[test]
    fn reads_each_notation() {
        let text = |text: &str| Neutral::Text(text.to_owned());
        for (value, expected) in [
            (json!({"$tuple": ["a", 1]}), Neutral::List(vec![text("a"), Neutral::Int(1)])),
            (json!({"$bytes": "AP8="}), Neutral::Bytes(vec![0, 255])),
            (json!({"$path": "small"}), text("/contexts/small")),
            (json!({"$ref": "c"}), Neutral::Earlier("c".to_owned())),
            (json!({"$dict": [[80, null]]}), Neutral::Map(vec![(Neutral::Int(80), Neutral::None)])),
            (
                json!({"$type": "Mount", "kwargs": {"a": true}}),
                Neutral::Type("Mount".to_owned(), vec![("a".to_owned(), Neutral::Bool(true))]),
            ),
        ] {
            assert_eq!(read(&value).unwrap(), expected);
        }
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        let error = format!("{:#}", read(&json!([{"$set": []}])).unwrap_err());
        assert!(error.contains("$set"), "{error}");
        assert!(read(&json!({"$dict": [[1]]})).is_err());
        assert!(read(&json!({"$bytes": "?"})).is_err());
    }
}
