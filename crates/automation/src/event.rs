//! Events of the engine, in one form for all its versions.

use std::ops::Deref;

use globset::{Glob, GlobMatcher};
use moondock_engine::models as engine;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::AutomationError;

/// The types of the engine's events. Their actions are not listed: newer engines have more of them.
pub const EVENT_TYPES: [&str; 11] = [
    "builder",
    "config",
    "container",
    "daemon",
    "image",
    "network",
    "node",
    "plugin",
    "secret",
    "service",
    "volume",
];

/// An event, normalised over API versions, and as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    read: engine::Event,
    /// The event as the engine sent it.
    pub raw: Value,
}

impl Deref for Event {
    type Target = engine::Event;

    fn deref(&self) -> &engine::Event {
        &self.read
    }
}

impl Event {
    /// Reads an event; `None` for what is none.
    pub fn read(raw: Value) -> Option<Self> {
        let read = engine::Event::deserialize(&raw).ok()?;
        Some(Self { read, raw })
    }

    /// `type.action`, which patterns match.
    pub fn topic(&self) -> String {
        format!("{}.{}", self.kind, self.action)
    }

    /// The event as JSON: `type`, `action`, `detail`, `id`, `name`, `attributes`, `time` in seconds, `time_nano` and
    /// `raw`.
    pub fn to_json(&self) -> Value {
        #[expect(clippy::cast_precision_loss, reason = "microseconds are kept; `time_nano` is exact")]
        let time = self.time_nano as f64 / 1e9;
        json!({
            "type": self.kind, "action": self.action, "detail": self.detail, "id": self.id, "name": self.name(),
            "attributes": self.attributes, "time": time, "time_nano": self.time_nano, "raw": self.raw,
        })
    }
}

/// Which events to handle: a glob over `type.action`, and values that attributes must have.
#[derive(Clone, Debug)]
pub struct EventFilter {
    pattern: String,
    matcher: GlobMatcher,
    attributes: Map<String, Value>,
}

impl EventFilter {
    /// Makes a filter. A pattern without a dot means every action of a type. `attributes` maps an attribute's name to
    /// a value or a list of values; `label` maps to `name` or `name=value`, `id` to an id or its beginning.
    ///
    /// # Errors
    ///
    /// When the pattern is no glob, or names a type that the engine does not have.
    pub fn new(pattern: &str, attributes: Map<String, Value>) -> Result<Self, AutomationError> {
        let fail = |why: String| AutomationError::Pattern { pattern: pattern.to_owned(), why };
        if pattern.is_empty() {
            return Err(fail("it is empty".to_owned()));
        }
        let kind = pattern.split('.').next().unwrap_or(pattern);
        if !kind.contains(['*', '?', '[', ']', '{', '}', '\\']) && !EVENT_TYPES.contains(&kind) {
            return Err(AutomationError::EventType { pattern: pattern.to_owned(), kind: kind.to_owned() });
        }
        let glob = if pattern.contains(['.', '*']) { pattern.to_owned() } else { format!("{pattern}.*") };
        let matcher = Glob::new(&glob).map_err(|error| fail(error.kind().to_string()))?.compile_matcher();
        Ok(Self { pattern: pattern.to_owned(), matcher, attributes })
    }

    /// The pattern as it was given.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether an event is one of these.
    pub fn matches(&self, event: &Event) -> bool {
        self.matcher.is_match(event.topic())
            && self.attributes.iter().all(|(name, wanted)| match wanted {
                Value::Array(any) => any.iter().any(|wanted| has(event, name, wanted)),
                one => has(event, name, one),
            })
    }
}

fn has(event: &Event, name: &str, wanted: &Value) -> bool {
    let wanted = wanted.as_str().map_or_else(|| wanted.to_string(), str::to_owned);
    let attribute = |name: &str| event.attributes.get(name).map(String::as_str);
    match name {
        "id" => event.id.starts_with(&wanted),
        "label" => match wanted.split_once('=') {
            Some((label, value)) => attribute(label) == Some(value),
            None => attribute(&wanted).is_some(),
        },
        name => attribute(name) == Some(&wanted),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(action: &str) -> Event {
        Event::read(json!({
            "Type": "container", "Action": action, "timeNano": 1_700_000_000_123_456_789_i64,
            "Actor": {"ID": "abc123", "Attributes": {"name": "web", "image": "busybox", "tier": "front"}},
        }))
        .unwrap()
    }

    fn matches(pattern: &str, attributes: &Value) -> bool {
        EventFilter::new(pattern, attributes.as_object().unwrap().clone()).unwrap().matches(&event("die"))
    }

    #[test]
    fn reads_both_forms() {
        let old = Event::read(json!({"status": "die", "id": "x", "from": "busybox", "time": 5})).unwrap();
        assert_eq!(
            (old.topic().as_str(), old.id.as_str(), old.time_nano),
            ("container.die", "x", 5_000_000_000)
        );
        let new = event("health_status: healthy");
        assert_eq!((new.action.as_str(), new.detail.as_deref()), ("health_status", Some("healthy")));
        assert_eq!(Event::read(json!({"unrelated": 1})), None);
    }

    #[test]
    fn filters() {
        assert!(matches("container.die", &json!({})));
        assert!(matches("container", &json!({"label": "tier"})));
        assert!(matches("*", &json!({"label": ["x", "tier=front"], "name": "web", "id": "abc"})));
        assert!(matches("container.{die,stop}", &json!({"image": "busybox"})));
        assert!(!matches("container.start", &json!({})));
        assert!(!matches("image.*", &json!({})));
        assert!(!matches("container.die", &json!({"label": "tier=back"})));
        assert!(EventFilter::new("container.[", Map::new()).is_err());
    }

    #[test]
    fn types_are_those_that_the_engine_has() {
        let known = |pattern: &str| match EventFilter::new(pattern, Map::new()) {
            Ok(_) => true,
            Err(AutomationError::EventType { .. }) => false,
            Err(other) => panic!("{pattern}: {other}"),
        };
        for pattern in
            ["image", "container.new_action", "*", "cont*.die", "{image,volume}.*", "[cv]o*", "node.?"]
        {
            assert!(known(pattern), "{pattern}");
        }
        for pattern in ["contaner.die", "containers", "Image.pull", "die", ".die"] {
            assert!(!known(pattern), "{pattern}");
        }
    }
}
