//! The engine itself.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::api::system::{self, EventsParams};
//!
//! assert_eq!(client.api().text(system::ping()).await?, "OK");
//! let version = client.api().json(system::version()).await?;
//! assert!(version["ApiVersion"].is_string());
//! let past = EventsParams::default().since(0).until(1);
//! let mut events = client.api().json_lines(system::events(&past)).await?;
//! assert!(futures_util::StreamExt::next(&mut events).await.is_none());
//! # });
//! ```

use http::header;

use crate::params;
use crate::request::{Patience, Request, endpoints};
use crate::types::{Filters, Timestamp};

endpoints! {
    PING = "SystemPing" GET "/_ping";
    PING_HEAD = "SystemPingHead" HEAD "/_ping";
    VERSION = "SystemVersion" GET "/version";
    INFO = "SystemInfo" GET "/info";
    EVENTS = "SystemEvents" GET "/events";
    DATA_USAGE = "SystemDataUsage" GET "/system/df";
}

/// Asks whether the engine is there.
pub fn ping() -> Request {
    Request::new(&PING)
}

/// Asks whether the engine is there, for an answer without a body; its headers tell the engine's API version and more.
pub fn ping_head() -> Request {
    Request::new(&PING_HEAD)
}

/// Asks for the engine's version and its parts'.
pub fn version() -> Request {
    Request::new(&VERSION)
}

/// Asks for what `docker info` shows.
pub fn info() -> Request {
    Request::new(&INFO)
}

/// Asks how much disk the engine uses. The engine may take minutes to add it up.
pub fn df() -> Request {
    Request::new(&DATA_USAGE)
}

params! {
    /// Which events to tell of.
    pub struct EventsParams {
        /// Also tell of events since this time: seconds since 1970, RFC 3339, or a duration before now such as `10m`.
        since: Option<Timestamp>,
        /// End the stream at this time.
        until: Option<Timestamp>,
        /// Only events that match, for example `{type: "container", event: ["start", "die"], label: "x=y"}`.
        filters: Option<Filters>,
        /// Ignored: events always arrive decoded. docker-py has it.
        decode: Option<bool>,
    }
}

/// Asks for the engine's events as they happen.
pub fn events(params: &EventsParams) -> Request {
    let request = timed(Request::new(&EVENTS), "since", params.since.as_ref());
    timed(request, "until", params.until.as_ref())
        .query_opt("filters", params.filters.as_ref().map(Filters::to_query))
        .header(header::ACCEPT, EVENT_FORMATS)
        .patience(Patience::Forever)
}

/// What a stream of events may come as, the last as RFC 7464 has it. Engines choose from API 1.52 on; older ones send
/// lines in any case, but call them `application/json`.
const EVENT_FORMATS: &str = "application/jsonl, application/x-ndjson, application/json-seq;q=0.5";

/// Adds a point in time to a request's query.
pub(super) fn timed(request: Request, name: &str, time: Option<&Timestamp>) -> Request {
    match time.map(Timestamp::to_query).transpose() {
        Ok(time) => request.query_opt(name, time),
        Err(error) => request.fail(error.in_argument(name)),
    }
}
