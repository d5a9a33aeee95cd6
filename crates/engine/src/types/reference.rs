//! Names of images.

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
    if repository.contains('/') && (first.contains(['.', ':']) || first == "localhost") {
        components.next();
    }
    tag_fits
        && !text.contains('@')
        && components.all(|component| {
            let alphanumeric = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
            component.starts_with(alphanumeric)
                && component.ends_with(alphanumeric)
                && component.chars().all(|c| alphanumeric(c) || matches!(c, '_' | '.' | '-'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

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
        for good in ["a", "a/b:1.0", "localhost/a", "host:5000/a_b/c-d:X", "1a"] {
            assert!(is_tag(good), "{good}");
        }
        for bad in ["", "A", "a b", "a/", "/a", "a:", "a:b/c:", "-a", "a:-b", "a@sha256:1"] {
            assert!(!is_tag(bad), "{bad}");
        }
    }
}
