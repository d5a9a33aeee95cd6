//! What docker-py's classes are called here.

/// docker-py's name of a class, and ours.
const CLASSES: [(&str, &str); 13] = [
    ("ConfigCollection", "Configs"),
    ("ContainerCollection", "Containers"),
    ("ImageCollection", "Images"),
    ("NetworkCollection", "Networks"),
    ("NodeCollection", "Nodes"),
    ("PluginCollection", "Plugins"),
    ("SecretCollection", "Secrets"),
    ("ServiceCollection", "Services"),
    ("VolumeCollection", "Volumes"),
    ("docker.Context", "Context"),
    ("docker.context.Context", "Context"),
    ("docker.types.CancellableStream", "Stream"),
    // One class has what all of docker-py's errors have.
    ("docker.errors.*", "Error"),
];

/// The place of what has this name in docker-py.
pub(super) fn ours(name: &str) -> String {
    let Some((class, member)) = name.rsplit_once('.') else { return name.to_owned() };
    let class = CLASSES.iter().find_map(|(theirs, ours)| is(theirs, class).then_some(*ours)).unwrap_or(class);
    format!("{class}.{member}")
}

fn is(known: &str, class: &str) -> bool {
    match known.strip_suffix('*') {
        Some(module) => class.starts_with(module),
        None => class == known,
    }
}

/// The place of a kind of errors.
pub fn kind(name: &str) -> String {
    format!("Error.is_a({name})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_members_of_classes_move() {
        for (theirs, place) in [
            ("ContainerCollection.run", "Containers.run"),
            ("Container.stop", "Container.stop"),
            ("docker.errors.APIError.explanation", "Error.explanation"),
            ("docker.errors.APIError", "docker.errors.APIError"),
            ("docker.types.CancellableStream", "docker.types.CancellableStream"),
            ("docker.types.CancellableStream.close", "Stream.close"),
            ("docker", "docker"),
        ] {
            assert_eq!(ours(theirs), place);
        }
    }
}
