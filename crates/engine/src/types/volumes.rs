//! Bind mounts and volumes in docker-py's short forms.

use serde_json::{Map, Value};

use super::Pairs;
use super::plain;
use crate::error::{Error, ErrorKind, Result};

const PROPAGATION: [&str; 6] = ["rshared", "shared", "rslave", "slave", "rprivate", "private"];

/// The engine's `Binds` from docker-py's `volumes` (docker-py: `convert_volume_binds`).
///
/// # Errors
///
/// When one has no `bind`, both `ro` and `mode`, or an unknown `propagation`.
pub fn convert_volume_binds(volumes: &Pairs) -> Result<Vec<String>> {
    match volumes {
        Pairs::List(list) => Ok(list.clone()),
        Pairs::Map(map) => map.iter().map(|(source, value)| bind(source, value)).collect(),
    }
}

fn bind(source: &str, value: &Value) -> Result<String> {
    let Value::Object(options) = value else { return Ok(format!("{source}:{}:rw", plain(value))) };
    let invalid = |why: &str| Error::new(ErrorKind::InvalidArgument, format!("volumes: `{source}` {why}"));
    let target = target(options).ok_or_else(|| invalid("needs `bind`, the path in the container"))?;
    let mut mode = match (options.get("ro"), options.get("mode")) {
        (Some(_), Some(_)) => return Err(invalid("has both `ro` and `mode`; give one of them")),
        (Some(read_only), None) if is_true(read_only) => "ro".to_owned(),
        (None, Some(mode)) => plain(mode),
        _ => "rw".to_owned(),
    };
    if let Some(propagation) = options.get("propagation").and_then(Value::as_str) {
        if !PROPAGATION.contains(&propagation) {
            return Err(invalid(&format!(
                "has the propagation `{propagation}`; it is one of {}",
                PROPAGATION.join(", ")
            )));
        }
        mode = if mode.is_empty() { propagation.to_owned() } else { format!("{mode},{propagation}") };
    }
    Ok(format!("{source}:{target}:{mode}"))
}

/// Whether Python takes a value for true.
fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(on) => *on,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
    }
}

fn target(options: &Map<String, Value>) -> Option<&str> {
    options.get("bind")?.as_str()
}

/// The paths in the container, for the engine's `Volumes`.
pub(crate) fn bind_targets(volumes: &Pairs) -> Map<String, Value> {
    let targets: Vec<String> = match volumes {
        Pairs::Map(map) => map
            .values()
            .filter_map(|value| match value {
                Value::Object(options) => target(options).map(str::to_owned),
                other => Some(plain(other)),
            })
            .collect(),
        Pairs::List(list) => list.iter().map(|bind| target_of_text(bind)).collect(),
    };
    targets.into_iter().map(|target| (target, Value::Object(Map::new()))).collect()
}

/// The container's path in `[source:]target[:mode]`, where a source may be a Windows path with a drive.
fn target_of_text(bind: &str) -> String {
    let is_drive = |text: &str| text.len() == 1 && text.starts_with(|c: char| c.is_ascii_alphabetic());
    let (drive, rest) = match bind.split_once(':') {
        Some((drive, rest)) if is_drive(drive) && rest.starts_with(['\\', '/']) => {
            (format!("{drive}:"), rest)
        }
        _ => (String::new(), bind),
    };
    match rest.split_once(':') {
        None => format!("{drive}{rest}"),
        Some((target, "ro" | "rw")) => format!("{drive}{target}"),
        Some((_, target)) => {
            target.strip_suffix(":ro").or_else(|| target.strip_suffix(":rw")).unwrap_or(target).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn pairs(value: Value) -> Pairs {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn reads_maps() {
        let volumes = pairs(json!({
            "/a": {"bind": "/x", "mode": "ro"},
            "b": {"bind": "/y", "ro": true},
            "c": {"bind": "/z", "propagation": "rslave"},
            "d": "/w",
        }));
        assert_eq!(
            convert_volume_binds(&volumes).unwrap(),
            ["/a:/x:ro", "b:/y:ro", "c:/z:rw,rslave", "d:/w:rw"]
        );
        let targets: Vec<_> = bind_targets(&volumes).into_iter().map(|(path, _)| path).collect();
        assert_eq!(targets, ["/x", "/y", "/z", "/w"]);
    }

    #[test]
    fn finds_targets_in_text() {
        for (bind, target) in [
            ("/a:/x", "/x"),
            ("/a:/x:ro", "/x"),
            ("/x", "/x"),
            ("/x:rw", "/x"),
            ("C:\\a:/x:ro", "/x"),
            ("vol:/x:nocopy", "/x:nocopy"),
        ] {
            assert_eq!(target_of_text(bind), target, "{bind}");
        }
    }

    #[test]
    fn modes_are_docker_pys() {
        for (options, bind) in [
            (json!({"bind": "/x"}), "/a:/x:rw"),
            (json!({"bind": "/x", "mode": "z,ro"}), "/a:/x:z,ro"),
            (json!({"bind": "/x", "mode": ""}), "/a:/x:"),
            (json!({"bind": "/x", "mode": "", "propagation": "rshared"}), "/a:/x:rshared"),
            (json!({"bind": "/x", "ro": 1}), "/a:/x:ro"),
            (json!({"bind": "/x", "ro": 0, "propagation": "private"}), "/a:/x:rw,private"),
            (json!({"bind": "/x", "ro": false}), "/a:/x:rw"),
        ] {
            assert_eq!(convert_volume_binds(&pairs(json!({"/a": options}))).unwrap(), [bind], "{options}");
        }
        assert_eq!(convert_volume_binds(&pairs(json!(["/a:/x", "v:/y:ro"]))).unwrap(), ["/a:/x", "v:/y:ro"]);
    }

    #[test]
    fn refuses_contradictions() {
        for volumes in [
            json!({"/a": {"bind": "/x", "ro": true, "mode": "rw"}}),
            json!({"/a": {"mode": "rw"}}),
            json!({"/a": {"bind": "/x", "propagation": "wide"}}),
        ] {
            assert_eq!(convert_volume_binds(&pairs(volumes)).unwrap_err().kind(), ErrorKind::InvalidArgument);
        }
    }

    proptest! {
        #[test]
        fn the_target_is_found_in_what_was_made(
            source in "(/[a-z]{1,8}|[a-z]{2,8}|C:\\\\[a-z]{1,8})", target in "/[a-z/]{0,12}", ro in any::<bool>(),
        ) {
            let volumes = pairs(json!({source: {"bind": target, "mode": if ro { "ro" } else { "rw" }}}));
            let binds = convert_volume_binds(&volumes).unwrap();
            prop_assert_eq!(target_of_text(&binds[0]), target);
        }

        #[test]
        fn never_panics(text in "\\PC{0,12}") {
            target_of_text(&text);
        }
    }
}
