//! Listing containers.

use serde_json::{Value, json};

use super::LIST;
use crate::params;
use crate::request::{Patience, Request};
use crate::types::Filters;

params! {
    /// Which containers to list.
    pub struct ContainerListParams {
        /// Also those that do not run.
        all: bool = false,
        /// Only those created before this one (a name or id).
        before: Option<String>,
        /// Only those that match, for example `{label: ["a=b"], status: "running", exited: 1}`.
        filters: Option<Filters>,
        /// At most this many, the newest; -1 for all.
        limit: i64 = -1,
        /// Only those created after this one (a name or id).
        since: Option<String>,
        /// Do not inspect each one: fewer attributes, one request.
        sparse: bool = false,
        /// Ignored: a container that goes away meanwhile is left out in any case. docker-py has it.
        ignore_removed: bool = false,
    }
}

params! {
    /// Which containers to list, and what to tell of each (docker-py: `APIClient.containers`).
    pub struct ContainerSummaryParams {
        /// Only their ids.
        quiet: bool = false,
        /// Also those that do not run.
        all: bool = false,
        /// With ids of twelve characters.
        trunc: bool = false,
        /// Only the one created last, even if it does not run.
        latest: bool = false,
        /// Only those created after this one (a name or id).
        since: Option<String>,
        /// Only those created before this one (a name or id).
        before: Option<String>,
        /// At most this many, the newest; -1 for all.
        limit: i64 = -1,
        /// Also the sizes of their files, which the engine has to add up: `SizeRw` and `SizeRootFs`.
        size: bool = false,
        /// Only those that match, for example `{label: ["a=b"], status: "running", exited: 1}`.
        filters: Option<Filters>,
    }
}

/// Lists containers.
pub fn list(params: &ContainerListParams) -> Request {
    summaries(&ContainerSummaryParams {
        all: params.all,
        before: params.before.clone(),
        filters: params.filters.clone(),
        limit: params.limit,
        since: params.since.clone(),
        ..ContainerSummaryParams::default()
    })
}

/// Lists containers with what the engine tells of each in a list (docker-py: `APIClient.containers`); the answer goes
/// through [`shortened`].
pub fn summaries(params: &ContainerSummaryParams) -> Request {
    let mut filters = params.filters.clone().unwrap_or_default();
    // The query's own `since` and `before` are gone from the API; docker-py still sends them, to no effect.
    for (name, other) in [("since", &params.since), ("before", &params.before)] {
        if let Some(other) = other {
            filters = filters.with(name, other.as_str());
        }
    }
    let request = Request::new(&LIST)
        .query("limit", if params.latest { 1 } else { params.limit })
        .flag("all", params.all)
        .flag("size", params.size)
        .flag("trunc_cmd", params.trunc)
        .query_opt("filters", (!filters.0.is_empty()).then(|| filters.to_query()));
    if params.size { request.patience(Patience::Forever) } else { request }
}

/// The list as `quiet` and `trunc` ask for it; null, an empty list.
pub fn shortened(list: Value, params: &ContainerSummaryParams) -> Value {
    let Value::Array(mut list) = list else { return json!([]) };
    for container in &mut list {
        if params.quiet {
            *container = json!({"Id": container["Id"]});
        } else if let Some(Value::String(id)) = container.get_mut("Id").filter(|_| params.trunc) {
            id.truncate(12);
        }
    }
    list.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_docker_pys() {
        let (line, _) = summaries(&ContainerSummaryParams::default()).shown();
        assert_eq!(line, "GET /containers/json?limit=-1&all=0&size=0&trunc_cmd=0");
        let params = ContainerSummaryParams::default().all(true).latest(true).size(true).trunc(true).limit(7);
        assert_eq!(summaries(&params).shown().0, "GET /containers/json?limit=1&all=1&size=1&trunc_cmd=1");
        let (line, _) = list(&ContainerListParams::default().since("a")).shown();
        assert!(line.ends_with("&filters={\"since\":[\"a\"]}"), "{line}");
    }

    #[test]
    fn shortens_what_came() {
        let list = json!([{"Id": "0123456789abcdef", "Names": ["/a"]}]);
        let params = ContainerSummaryParams::default();
        assert_eq!(shortened(list.clone(), &params), list);
        assert_eq!(
            shortened(list.clone(), &params.clone().trunc(true)),
            json!([{"Id": "0123456789ab", "Names": ["/a"]}])
        );
        assert_eq!(shortened(list, &params.clone().quiet(true)), json!([{"Id": "0123456789abcdef"}]));
        assert_eq!(shortened(Value::Null, &params), json!([]));
    }
}
