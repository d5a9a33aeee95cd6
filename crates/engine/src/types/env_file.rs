//! Files of environment variables.

use std::path::Path;

use serde_json::{Map, Value};

use super::Pairs;
use crate::error::{Error, ErrorKind, Result};

/// Reads a file with a `NAME=value` on each line (docker-py: `parse_env_file`). Lines that begin with `#` are comments,
/// empty ones mean nothing, spaces around a line are dropped, and of a name that comes twice the last value counts.
///
/// ```
/// use moondock_engine::models::CreateParams;
/// use moondock_engine::types::parse_env_file;
///
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("service.env");
/// std::fs::write(&path, "# For tests\nLEVEL=debug\n")?;
/// let params = CreateParams::default().environment(parse_env_file(&path)?);
/// # let environment = params.container.environment.map(|variables| variables.environment());
/// # assert_eq!(environment.unwrap_or_default(), ["LEVEL=debug"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When the file cannot be read or is no text; naming the file and the line, when a line has no `=`.
pub fn parse_env_file(path: impl AsRef<Path>) -> Result<Pairs> {
    let path = path.as_ref();
    let text = std::fs::read_to_string(path).map_err(|error| Error::file(path, &error))?;
    let variables = read(&text).map_err(|line| {
        // The line itself is not told: it may be a secret.
        let words = format!("{}: line {line} is no `NAME=value`", path.display());
        Error::new(ErrorKind::InvalidArgument, words)
    })?;
    Ok(Pairs::Map(variables))
}

/// The variables, or the number of the line that is none.
fn read(text: &str) -> Result<Map<String, Value>, usize> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut variables = Map::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        let (name, value) = line.split_once('=').ok_or(number + 1)?;
        variables.insert(name.to_owned(), value.into());
    }
    Ok(variables)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_docker_pys_format() {
        for (text, variables) in [
            ("", json!({})),
            ("A=1\nB=x=y\r\n", json!({"A": "1", "B": "x=y"})),
            ("# no\n\n   \nA=#yes\n", json!({"A": "#yes"})),
            ("  A = 1  \n", json!({"A ": " 1"})),
            ("A=1\nB=2\nA=3", json!({"A": "3", "B": "2"})),
            ("A=\n=x", json!({"A": "", "": "x"})),
            ("A=\"1 2\"", json!({"A": "\"1 2\""})),
            ("\u{feff}A=1", json!({"A": "1"})),
        ] {
            assert_eq!(read(text).map(Value::Object), Ok(variables), "{text:?}");
        }
    }

    #[test]
    fn says_which_file_and_line() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "A=1\n # secret\n").unwrap();
        let error = parse_env_file(file.path()).unwrap_err();
        assert_eq!(error.to_string(), format!("{}: line 2 is no `NAME=value`", file.path().display()));

        std::fs::write(file.path(), b"A=\xff").unwrap();
        let error = parse_env_file(file.path()).unwrap_err();
        assert!(error.to_string().starts_with(&file.path().display().to_string()), "{error}");
        let error = parse_env_file("/nonexistent/file").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::IOError);
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(
            variables in prop::collection::btree_map("[A-Z_]{1,8}", "[^\\s\u{feff}\\p{Cc}]{0,8}", 0..8)
        ) {
            let lines: Vec<_> = variables.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let text = lines.join("\n");
            let expected: Map<_, _> = variables.into_iter().map(|(name, value)| (name, value.into())).collect();
            prop_assert_eq!(read(&text), Ok(expected));
        }

        #[test]
        fn never_panics(text in "(?s).{0,40}") {
            let _ = read(&text);
        }
    }
}
