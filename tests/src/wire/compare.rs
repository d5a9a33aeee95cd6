//! Whether our requests are docker-py's.
//!
//! All requests but inspections of containers and images must be the same, in the same order. docker-py inspects again
//! what it has inspected before, so ours may inspect less, and concurrently, but nothing that docker-py does not. Where
//! docker-py only inspects, ours must do the same. The order of environment variables does not count. Python's `True` and `False` in a query are the same as `true` and
//! `false`, which the engine takes alike.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::case::Case;
use super::recorded::{Body, Recording, Request};

/// What stands for the id of the first container that a case creates.
const CREATED: &str = "{created}";

/// Compares what was sent; gives a description of each difference, none if there is none.
pub fn compare(case: &Case, docker_py: &Recording, ours: &Recording) -> Vec<String> {
    let mut differences = Vec::new();
    if docker_py.versions != ours.versions {
        let (theirs, our) = (&docker_py.versions, &ours.versions);
        differences.push(format!("API versions: docker-py {theirs:?}, ours {our:?}"));
    }
    let (inspected, called) = apart(docker_py);
    let (our_inspected, our_called) = apart(ours);
    match expected(case, &called) {
        Ok(expected) => compare_calls(&expected, &our_called, &mut differences),
        Err(words) => differences.push(words),
    }
    compare_inspections(&inspected, &our_inspected, called.is_empty(), &mut differences);
    differences
}

/// The inspections, and all else.
fn apart(recording: &Recording) -> (Vec<&Request>, Vec<&Request>) {
    recording.requests.iter().partition(|request| is_inspection(request))
}

fn is_inspection(request: &Request) -> bool {
    let path: Vec<_> = request.path.trim_start_matches('/').split('/').collect();
    request.method == "GET"
        && matches!(path.as_slice(), ["containers", _, "json"] | ["images", _, .., "json"])
}

/// What ours should send besides inspections.
fn expected(case: &Case, called: &[&Request]) -> Result<Vec<Request>, String> {
    let Some(ours) = &case.ours else { return Ok(called.iter().map(|request| (*request).clone()).collect()) };
    let created = "c1".repeat(32);
    let mut left = called.to_vec();
    ours.iter()
        .map(|request| match request {
            Value::String(line) => {
                let line = line.replace(CREATED, &created);
                let at = left.iter().position(|request| request.line() == line);
                at.map(|at| left.remove(at).clone())
                    .ok_or(format!("`ours` names `{line}`, which docker-py did not send"))
            }
            request => {
                let text = request.to_string().replace(CREATED, &created);
                serde_json::from_str(&text)
                    .map_err(|error| format!("`ours` has a malformed request: {error}: {text}"))
            }
        })
        .collect()
}

fn compare_calls(expected: &[Request], ours: &[&Request], differences: &mut Vec<String>) {
    if !expected.iter().map(Request::line).eq(ours.iter().map(|request| request.line())) {
        let list = |lines: Vec<String>| {
            if lines.is_empty() {
                "\n    nothing".to_owned()
            } else {
                format!("\n    {}", lines.join("\n    "))
            }
        };
        differences.push(format!(
            "requests: expected{}\n  ours{}",
            list(expected.iter().map(Request::line).collect()),
            list(ours.iter().map(|request| request.line()).collect()),
        ));
        return;
    }
    for (expected, ours) in expected.iter().zip(ours) {
        let mut found = Vec::new();
        differ("", Some(&comparable(expected)), Some(&comparable(ours)), &mut found);
        differences.extend(found.into_iter().map(|found| format!("{}: {found}", expected.line())));
    }
}

fn compare_inspections(theirs: &[&Request], ours: &[&Request], all: bool, differences: &mut Vec<String>) {
    let mut balance = BTreeMap::<String, i64>::new();
    for request in theirs {
        *balance.entry(inspected(request)).or_default() += 1;
    }
    for request in ours {
        *balance.entry(inspected(request)).or_default() -= 1;
    }
    for (path, balance) in balance {
        if balance < 0 {
            differences.push(format!("GET {path}: ours asks {} times more often", -balance));
        } else if balance > 0 && all {
            differences.push(format!("GET {path}: ours asks {balance} times less often"));
        }
    }
}

/// The path of an inspection with an image's id in one form: the short and the long one mean the same.
fn inspected(request: &Request) -> String {
    match request.path.strip_prefix("/images/").and_then(|path| path.strip_suffix("/json")) {
        Some(name) => {
            let digits = name.strip_prefix("sha256:").unwrap_or(name);
            let is_id = digits.len() >= 12 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            format!("/images/{}/json", if is_id { &digits[..12] } else { name })
        }
        None => request.path.clone(),
    }
}

/// A request as a tree in which lists with names are maps, so that differences have a place.
fn comparable(request: &Request) -> Value {
    let mut query = Map::new();
    for (name, value) in &request.query {
        let value = match value.as_str() {
            Some("True") => "true".into(),
            Some("False") => "false".into(),
            _ => value.clone(),
        };
        match query.entry(name.clone()).or_insert_with(|| json!([])) {
            Value::Array(values) => values.push(value),
            // Each entry was made as a list just before.
            _ => unreachable!(),
        }
    }
    let body = match &request.body {
        Some(Body::Tar(entries)) => {
            let entries = entries
                .iter()
                .map(|entry| (entry.name.clone(), json!([entry.kind, entry.mode, entry.size, entry.link])));
            json!({"tar": entries.collect::<Map<_, _>>()})
        }
        Some(Body::Json(body)) => json!({"json": sorted(body)}),
        other => json!(other),
    };
    json!({"query": query, "headers": request.headers, "body": body})
}

/// A body with its environment sorted: made from a map, it has the order of the map, and those of scripts have none.
fn sorted(body: &Value) -> Value {
    let mut body = body.clone();
    if let Some(Value::Array(environment)) = body.get_mut("Env") {
        environment.sort_by_key(Value::to_string);
    }
    body
}

/// Describes where two trees differ.
fn differ(place: &str, theirs: Option<&Value>, ours: Option<&Value>, found: &mut Vec<String>) {
    if theirs == ours {
        return;
    }
    let below = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
    match (theirs, ours) {
        (Some(Value::Object(theirs)), Some(Value::Object(ours))) => {
            for (name, value) in theirs {
                differ(&below(name), Some(value), ours.get(name), found);
            }
            for (name, value) in ours.iter().filter(|(name, _)| !theirs.contains_key(*name)) {
                differ(&below(name), None, Some(value), found);
            }
        }
        (Some(Value::Array(theirs)), Some(Value::Array(ours))) => {
            for index in 0..theirs.len().max(ours.len()) {
                differ(&below(&index.to_string()), theirs.get(index), ours.get(index), found);
            }
        }
        _ => {
            let show = |value: Option<&Value>| value.map_or("nothing".to_owned(), Value::to_string);
            found.push(format!("{place}: expected {}, ours {}", show(theirs), show(ours)));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Borrow;

    use super::*;

    fn recording(requests: impl Borrow<Value>) -> Recording {
        let requests = requests
            .borrow()
            .as_array()
            .unwrap()
            .iter()
            .map(|request| match request {
                Value::String(line) => {
                    let (method, path) = line.split_once(' ').unwrap();
                    serde_json::from_value(json!({"method": method, "path": path})).unwrap()
                }
                request => serde_json::from_value(request.clone()).unwrap(),
            })
            .collect();
        Recording { versions: ["1.41".to_owned()].into(), requests }
    }

    fn differences(theirs: impl Borrow<Value>, ours: impl Borrow<Value>) -> Vec<String> {
        let case = serde_json::from_value(json!({"name": "a", "steps": []})).unwrap();
        compare(&case, &recording(theirs), &recording(ours))
    }

    #[test]
    fn the_same_requests_do_not_differ() {
        let theirs =
            json!([{"method": "DELETE", "path": "/x", "query": [["v", "False"], ["a", {"b": 1, "c": 2}]]}]);
        let ours =
            json!([{"method": "DELETE", "path": "/x", "query": [["a", {"c": 2, "b": 1}], ["v", "false"]]}]);
        assert!(differences(theirs, ours).is_empty());
    }

    #[test]
    fn order_and_number_count() {
        for ours in [
            json!(["POST /b", "POST /a"]),
            json!(["POST /a"]),
            json!([]),
            json!(["POST /a", "POST /b", "GET /c"]),
        ] {
            assert_eq!(differences(json!(["POST /a", "POST /b"]), ours.clone()).len(), 1, "{ours}");
        }
    }

    #[test]
    fn each_difference_has_its_place() {
        let request = |body: Value, query: Value| json!([{"method": "POST", "path": "/x", "query": query, "body": {"json": body}}]);
        let found = differences(
            request(json!({"A": {"B": [1, 2]}, "Gone": null}), json!([["t", "1"]])),
            request(json!({"A": {"B": [1, 3]}, "New": 1}), json!([["t", "2"]])),
        );
        assert_eq!(
            found,
            [
                "POST /x: query.t.0: expected \"1\", ours \"2\"",
                "POST /x: body.json.A.B.1: expected 2, ours 3",
                "POST /x: body.json.Gone: expected null, ours nothing",
                "POST /x: body.json.New: expected nothing, ours 1",
            ]
        );
    }

    #[test]
    fn archives_differ_by_entry() {
        let request = |mode: &str| {
            let entry = json!({"name": "a", "kind": "file", "mode": mode, "size": 1});
            json!([{"method": "POST", "path": "/build", "body": {"tar": [entry]}}])
        };
        assert_eq!(
            differences(request("755"), request("644")),
            ["POST /build: body.tar.a.1: expected \"755\", ours \"644\""]
        );
    }

    #[test]
    fn inspections_may_be_fewer_beside_calls() {
        let theirs =
            json!(["GET /containers/a/json", "POST /a", "GET /containers/b/json", "GET /containers/a/json"]);
        assert!(differences(theirs.clone(), json!(["POST /a"])).is_empty());
        assert!(
            differences(
                theirs.clone(),
                json!(["GET /containers/b/json", "GET /containers/a/json", "POST /a"])
            )
            .is_empty()
        );
        let more = differences(theirs, json!(["POST /a", "GET /containers/c/json"]));
        assert_eq!(more, ["GET /containers/c/json: ours asks 1 times more often"]);
    }

    #[test]
    fn inspections_alone_must_all_be_there() {
        let theirs = json!(["GET /images/sha256:0123456789abcdef/json", "GET /images/a:b/json"]);
        assert!(
            differences(theirs.clone(), json!(["GET /images/a:b/json", "GET /images/0123456789ab/json"]))
                .is_empty()
        );
        assert_eq!(differences(theirs, json!([])).len(), 2);
    }

    #[test]
    fn versions_count() {
        let case = serde_json::from_value(json!({"name": "a", "steps": []})).unwrap();
        let (theirs, mut ours) = (recording(json!(["GET /info"])), recording(json!(["GET /info"])));
        ours.versions = ["1.40".to_owned()].into();
        assert_eq!(compare(&case, &theirs, &ours).len(), 1);
    }

    #[test]
    fn what_differs_on_purpose_replaces_the_calls() {
        let case: Case = serde_json::from_value(json!({
            "name": "a", "steps": [], "why": "attached",
            "ours": ["POST /create", {"method": "POST", "path": "/containers/{created}/attach"}, "POST /start"],
        }))
        .unwrap();
        let theirs = recording(
            json!([{"method": "POST", "path": "/create", "body": {"json": 1}}, "POST /start", "GET /logs"]),
        );
        let attach = format!("POST /containers/{}/attach", "c1".repeat(32));
        let create = |body: i64| json!({"method": "POST", "path": "/create", "body": {"json": body}});
        assert!(compare(&case, &theirs, &recording(json!([create(1), attach, "POST /start"]))).is_empty());
        assert_eq!(compare(&case, &theirs, &recording(json!([create(2), attach, "POST /start"]))).len(), 1);
        let unknown = compare(&case, &recording(json!(["POST /start"])), &recording(json!([])));
        assert!(unknown[0].contains("docker-py did not send"), "{unknown:?}");
    }
}
