//! What the engine tells of an object.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use bytes::Bytes;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// An object's raw attributes as the engine gave them last, shared by the object's clones. They stay text until
/// somebody wants all of them: most who list objects look at a name or a status.
#[derive(Clone, Debug)]
pub(super) struct Attrs(Arc<RwLock<Arc<Known>>>);

#[derive(Debug)]
struct Known {
    /// Valid JSON; empty where the attributes did not come as text.
    text: Bytes,
    whole: OnceLock<Arc<Value>>,
}

impl From<Value> for Attrs {
    fn from(attrs: Value) -> Self {
        Self::known(Known { text: Bytes::new(), whole: Arc::new(attrs).into() })
    }
}

impl TryFrom<Bytes> for Attrs {
    type Error = serde_json::Error;

    fn try_from(text: Bytes) -> serde_json::Result<Self> {
        // As elsewhere, an empty answer is null.
        if text.is_empty() {
            return Ok(Value::Null.into());
        }
        serde_json::from_slice::<IgnoredAny>(&text)?;
        Ok(Self::known(Known { text, whole: OnceLock::new() }))
    }
}

impl Attrs {
    fn known(known: Known) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(known))))
    }

    fn now(&self) -> Arc<Known> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// All of them.
    pub(super) fn get(&self) -> Arc<Value> {
        let known = self.now();
        let whole = known.whole.get_or_init(|| {
            let whole = serde_json::from_slice(&known.text);
            Arc::new(whole.unwrap_or_else(|error| {
                tracing::warn!(%error, "attributes that cannot be held are given as null");
                Value::Null
            }))
        });
        Arc::clone(whole)
    }

    /// Takes over newer ones.
    pub(super) fn set(&self, newer: &Self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = newer.now();
    }

    /// What is at a JSON pointer, null where nothing is.
    pub(super) fn at(&self, pointer: &str) -> Value {
        let known = self.now();
        match known.whole.get() {
            Some(whole) => whole.pointer(pointer).cloned(),
            None => find(&known.text, pointer),
        }
        .unwrap_or_default()
    }

    /// The id, which plugins and others spell differently.
    pub(super) fn id(&self) -> String {
        let id = self.text("/Id");
        if id.is_empty() { self.text("/ID") } else { id }
    }

    /// Text at a JSON pointer, empty where there is none.
    pub(super) fn text(&self, pointer: &str) -> String {
        if let Value::String(text) = self.at(pointer) { text } else { String::new() }
    }
}

/// Reads what is at a pointer in a text, and nothing behind it.
fn find(text: &[u8], pointer: &str) -> Option<Value> {
    let mut found = None;
    // Its error says no more than that the rest was not read.
    let _ =
        Way { to: pointer, found: &mut found }.deserialize(&mut serde_json::Deserializer::from_slice(text));
    found
}

/// The way to a value inside of another.
struct Way<'a> {
    to: &'a str,
    found: &'a mut Option<Value>,
}

impl<'a> Way<'a> {
    /// The first step, and the way behind it.
    fn step(self) -> Option<(&'a str, Self)> {
        let steps = self.to.strip_prefix('/')?;
        let (first, _) = steps.split_once('/').unwrap_or((steps, ""));
        Some((first, Way { to: &steps[first.len()..], found: self.found }))
    }
}

impl<'de> DeserializeSeed<'de> for Way<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.to.is_empty() {
            *self.found = Some(serde::Deserialize::deserialize(deserializer)?);
            return Err(D::Error::custom("found"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Way<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "something with `{}`", self.to)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (first, way) = self.step().ok_or_else(|| A::Error::custom("no way"))?;
        while let Some(Key(name)) = map.next_key()? {
            if name == first {
                return map.next_value_seed(way);
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let (first, way) = self.step().ok_or_else(|| A::Error::custom("no way"))?;
        let place: usize = first.parse().map_err(A::Error::custom)?;
        for _ in 0..place {
            if list.next_element::<IgnoredAny>()?.is_none() {
                return Ok(());
            }
        }
        list.next_element_seed(way).map(drop)
    }
}

/// A name, which is borrowed unless something in it is escaped.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn attrs() -> Value {
        json!({
            "Id": "a", "State": {"Status": "running", "Pid": 7}, "Names": ["/web", {"a": "b"}], "Nothing": null,
            "Escaped \" name": {"a": [[1], [2]]}, "Behind": true,
        })
    }

    #[test]
    fn text_and_value_tell_the_same() {
        let text = Attrs::try_from(Bytes::from(attrs().to_string())).unwrap();
        let value = Attrs::from(attrs());
        let pointers = [
            "/Id",
            "/State",
            "/State/Status",
            "/State/Pid",
            "/State/Pid/x",
            "/State/None",
            "/Names/0",
            "/Names/1/a",
            "/Names/2",
            "/Names/x",
            "/Nothing",
            "/Escaped \" name/a/1/0",
            "/Behind",
            "/None",
            "",
        ];
        for pointer in pointers {
            assert_eq!(text.at(pointer), attrs().pointer(pointer).cloned().unwrap_or_default(), "{pointer}");
            assert_eq!(value.at(pointer), text.at(pointer), "{pointer}");
        }
        assert_eq!((text.text("/Id"), text.text("/State/Pid")), ("a".to_owned(), String::new()));
        assert!(text.now().whole.get().is_none(), "nothing has asked for all");
        assert_eq!(*text.get(), attrs());
        assert_eq!(text.text("/State/Status"), "running");
    }

    #[test]
    fn clones_see_what_is_newer() {
        let first = Attrs::from(attrs());
        let clone = first.clone();
        first.set(&Attrs::try_from(Bytes::from_static(b"{\"Id\":\"b\"}")).unwrap());
        assert_eq!((clone.text("/Id"), &*clone.get()), ("b".to_owned(), &json!({"Id": "b"})));
    }

    #[test]
    fn what_is_no_json_is_refused() {
        assert_eq!(*Attrs::try_from(Bytes::new()).unwrap().get(), Value::Null);
        assert!(Attrs::try_from(Bytes::from_static(b"{\"Id\":\"b\"")).is_err());
    }
}
