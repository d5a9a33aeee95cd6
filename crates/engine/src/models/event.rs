//! The engine's events, in one form for all its versions.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

/// An event (Engine API: `EventMessage`), read by [`JsonLines::typed`](crate::stream::JsonLines::typed):
///
/// ```
/// # moondock_tests::example!(|client, container| {
/// use futures_util::StreamExt;
/// use moondock_engine::models::{Event, EventsParams, KillParams};
/// use moondock_engine::types::Filters;
///
/// let filters = Filters::default().with("container", container.id()).with("event", "die");
/// let params = EventsParams::default().since(0).filters(filters);
/// let mut events = client.events(&params).await?.typed::<Event>();
/// container.kill(&KillParams::default()).await?;
/// let event = events.next().await.expect("an event")?;
/// assert_eq!((event.kind.as_str(), event.action.as_str()), ("container", "die"));
/// assert_eq!(event.attributes["exitCode"], "137");
/// # });
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// What it is about: `container`, `image`, `network`, `volume`, ...
    pub kind: String,
    /// What happened, for example `die`; without what stands behind a colon.
    pub action: String,
    /// What stands behind the colon of the action, for example a command or a health.
    pub detail: Option<String>,
    /// The id of what it is about.
    pub id: String,
    /// The attributes of what it is about, such as `name`, `image` and labels.
    pub attributes: BTreeMap<String, String>,
    /// `local` or `swarm`; empty where the engine does not say.
    pub scope: String,
    /// When it happened, in nanoseconds since 1970.
    pub time_nano: i64,
}

impl Event {
    /// The name of what it is about, if the engine gave one.
    pub fn name(&self) -> Option<&str> {
        self.attributes.get("name").map(String::as_str)
    }
}

/// An event as it is sent: before API 1.52 `status`, `id` and `from` say once more what stands in the other fields.
#[derive(Deserialize)]
struct Sent<'a> {
    #[serde(rename = "Type")]
    kind: Option<String>,
    #[serde(rename = "Action", borrow)]
    action: Option<Cow<'a, str>>,
    #[serde(borrow)]
    status: Option<Cow<'a, str>>,
    #[serde(rename = "Actor")]
    actor: Option<Actor>,
    #[serde(borrow)]
    id: Option<Cow<'a, str>>,
    scope: Option<String>,
    time: Option<i64>,
    #[serde(rename = "timeNano")]
    time_nano: Option<i64>,
}

#[derive(Deserialize)]
struct Actor {
    #[serde(rename = "ID")]
    id: Option<String>,
    #[serde(rename = "Attributes")]
    attributes: Option<BTreeMap<String, String>>,
}

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let sent = Sent::deserialize(deserializer)?;
        let words = sent.action.or(sent.status);
        let words = words.ok_or_else(|| serde::de::Error::missing_field("Action"))?;
        let (action, detail) = match words.split_once(": ") {
            Some((action, detail)) => (action.to_owned(), Some(detail.to_owned())),
            None => (words.into_owned(), None),
        };
        let Actor { id, attributes } = sent.actor.unwrap_or(Actor { id: None, attributes: None });
        let seconds = || sent.time.map(|seconds| seconds.saturating_mul(1_000_000_000));
        Ok(Self {
            kind: sent.kind.unwrap_or_else(|| "container".to_owned()),
            action,
            detail,
            id: id.or_else(|| sent.id.map(Cow::into_owned)).unwrap_or_default(),
            attributes: attributes.unwrap_or_default(),
            scope: sent.scope.unwrap_or_default(),
            time_nano: sent.time_nano.or_else(seconds).unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// Reads an event from its text and from its value.
    fn read(event: &Value) -> Event {
        let text = event.to_string();
        let read: Event = serde_json::from_str(&text).unwrap();
        assert_eq!(Event::deserialize(event).unwrap(), read);
        read
    }

    #[test]
    fn reads_the_form_of_any_version() {
        let old = read(&json!({"status": "die", "id": "x", "from": "busybox", "time": 5}));
        assert_eq!((old.kind.as_str(), old.action.as_str(), old.id.as_str()), ("container", "die", "x"));
        assert_eq!(old.time_nano, 5_000_000_000);
        let new = read(&json!({
            "Type": "container", "Action": "health_status: \"healthy\"", "scope": "local", "new": {"in": [1]},
            "time": 1, "timeNano": 1_700_000_000_123_456_789_i64,
            "Actor": {"ID": "abc", "Attributes": {"name": "web", "image": "busybox"}},
        }));
        assert_eq!((new.action.as_str(), new.detail.as_deref()), ("health_status", Some("\"healthy\"")));
        assert_eq!((new.name(), new.id.as_str(), new.scope.as_str()), (Some("web"), "abc", "local"));
        assert_eq!(new.time_nano, 1_700_000_000_123_456_789);
        let bare =
            read(&json!({"Type": "image", "Action": "pull", "Actor": {"ID": "a", "Attributes": null}}));
        assert!(bare.attributes.is_empty());
    }

    #[test]
    fn what_is_no_event_is_an_error() {
        let error = serde_json::from_value::<Event>(json!({"unrelated": 1})).unwrap_err();
        assert!(error.to_string().contains("Action"), "{error}");
    }
}
