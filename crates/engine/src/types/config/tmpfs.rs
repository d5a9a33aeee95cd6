//! Temporary file systems.

use serde_json::Value;

use crate::types::Pairs;

/// The engine's `Tmpfs` (docker-py: `convert_tmpfs_mounts`).
pub(crate) fn tmpfs(tmpfs: &Pairs) -> Value {
    match tmpfs {
        Pairs::Map(map) => Value::Object(map.clone()),
        Pairs::List(list) => list
            .iter()
            .map(|mount| {
                let (path, options) = mount.split_once(':').unwrap_or((mount, ""));
                (path.to_owned(), Value::from(options))
            })
            .collect(),
    }
}
