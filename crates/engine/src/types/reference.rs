//! Names of images and of registries.

use crate::error::{Error, ErrorKind, Result};

/// The registry of a name that has none: Docker Hub.
pub const HUB: &str = "docker.io";

/// The registry of an image's name, and the name there (docker-py: `resolve_repository_name`). The first part of a name
/// is a registry only with a `.` or `:` in it, or as `localhost`.
///
/// # Errors
///
/// [`ErrorKind::InvalidRepository`] when the name has a scheme, or a hyphen at an end of its registry.
pub fn split_registry(name: &str) -> Result<(&str, &str)> {
    let invalid = |why: &str| {
        Err(Error::new(ErrorKind::InvalidRepository, format!("`{name}` is no name of an image: {why}")))
    };
    if name.contains("://") {
        return invalid("it cannot have a scheme; write `host:5000/team/app`");
    }
    match name.split_once('/') {
        Some((registry, rest)) if registry.contains(['.', ':']) || registry == "localhost" => {
            if registry.starts_with('-') || registry.ends_with('-') {
                return invalid("its registry cannot begin or end with a hyphen");
            }
            Ok((registry_name(registry), rest))
        }
        _ => Ok((HUB, name)),
    }
}

/// The name of the registry that a URL or a name means (docker-py: `resolve_index_name`).
pub fn registry_name(url: &str) -> &str {
    let bare = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    match bare.split('/').next().unwrap_or_default() {
        "index.docker.io" => HUB,
        host => host,
    }
}

/// Splits `repository[:tag]` or `repository@digest` (docker-py: `parse_repository_tag`). The tag stands behind the
/// last `:` after the last `/`, so that a registry's port is none.
pub fn parse_repository_tag(name: &str) -> (&str, Option<&str>) {
    if let Some((repository, digest)) = name.rsplit_once('@') {
        return (repository, Some(digest));
    }
    match name.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => (repository, Some(tag)),
        _ => (name, None),
    }
}

/// Whether a text can name an image that is built: lower-case path components, perhaps a registry before them and a
/// tag behind.
pub fn is_tag(text: &str) -> bool {
    let (repository, tag) = parse_repository_tag(text);
    let tag_fits = tag.is_none_or(|tag| {
        tag.len() <= 128
            && tag.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            && tag.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
    });
    let mut components = repository.split('/').peekable();
    let first = components.peek().copied().unwrap_or_default();
    let mut registry_fits = true;
    if repository.contains('/') && (first.contains(['.', ':']) || first == "localhost") {
        let port = first.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.ends_with(']'));
        registry_fits = port.is_none_or(|port| !port.is_empty() && port.bytes().all(|c| c.is_ascii_digit()));
        components.next();
    }
    tag_fits && registry_fits && !text.contains('@') && components.all(is_component)
}

/// Whether a text is letters and digits with `.`, `_`, `__` or hyphens between them.
fn is_component(text: &str) -> bool {
    let is_separator = |c: char| !(c.is_ascii_lowercase() || c.is_ascii_digit());
    let bare = |text: &str| text.is_empty() || text.starts_with(is_separator) || text.ends_with(is_separator);
    let mut separators = text.split(|c| !is_separator(c)).filter(|separator| !separator.is_empty());
    !bare(text)
        && separators
            .all(|separator| matches!(separator, "." | "_" | "__") || separator.bytes().all(|c| c == b'-'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_first_part_is_a_registry_only_if_it_looks_like_one() {
        for (name, registry, rest) in [
            ("busybox", HUB, "busybox"),
            ("team/app:1.0", HUB, "team/app:1.0"),
            ("docker.io/team/app", HUB, "team/app"),
            ("index.docker.io/app", HUB, "app"),
            ("localhost/app", "localhost", "app"),
            ("host:5000/a/b:c", "host:5000", "a/b:c"),
            ("example.com/app@sha256:00", "example.com", "app@sha256:00"),
        ] {
            assert_eq!(split_registry(name).unwrap(), (registry, rest), "{name}");
        }
    }

    #[test]
    fn refuses_names_with_a_scheme_or_a_hyphen_at_the_registrys_end() {
        for name in ["https://example.com/app", "-a.b/app", "a.b-/app"] {
            let error = split_registry(name).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidRepository, "{name}");
            assert!(error.to_string().contains(name), "{error}");
        }
    }

    #[test]
    fn a_registry_has_one_name_however_it_is_written() {
        for (url, name) in [
            ("https://index.docker.io/v1/", HUB),
            ("index.docker.io", HUB),
            ("docker.io", HUB),
            ("http://host:5000/v2/", "host:5000"),
            ("host:5000", "host:5000"),
        ] {
            assert_eq!(registry_name(url), name, "{url}");
        }
    }

    proptest! {
        #[test]
        fn names_never_panic_and_lose_nothing(name in ".{0,40}") {
            let (repository, tag) = parse_repository_tag(&name);
            prop_assert_eq!(repository.len() + tag.map_or(0, |tag| tag.len() + 1), name.len());
            if let Ok((_, rest)) = split_registry(&name) {
                prop_assert!(name.ends_with(rest));
            }
            is_tag(&name);
        }
    }

    #[test]
    fn the_tag_is_behind_the_last_colon_after_the_last_slash() {
        for (name, repository, tag) in [
            ("busybox", "busybox", None),
            ("busybox:1", "busybox", Some("1")),
            ("host:5000/a/b", "host:5000/a/b", None),
            ("host:5000/a/b:c", "host:5000/a/b", Some("c")),
            ("a@sha256:00", "a", Some("sha256:00")),
        ] {
            assert_eq!(parse_repository_tag(name), (repository, tag), "{name}");
        }
    }

    #[test]
    fn knows_tags() {
        for good in [
            "a",
            "a/b:1.0",
            "localhost/a",
            "host:5000/a_b/c-d:X",
            "1a",
            "a.b",
            "a__b",
            "a---b",
            "a.b_c__d-e/f",
            "[::1]:5000/a",
            "[::1]/a",
            "a:_x.y-z",
        ] {
            assert!(is_tag(good), "{good}");
        }
        for bad in [
            "",
            "A",
            "a b",
            "a/",
            "/a",
            "a:",
            "a:b/c:",
            "-a",
            "a:-b",
            "a@sha256:1",
            "a..b",
            "a___b",
            "a._b",
            "a.-b",
            "a-",
            "a//b",
            "host:x/a",
            "host:/a",
            "é",
            "a:é",
            "a\n",
        ] {
            assert!(!is_tag(bad), "{bad}");
        }
    }
}
