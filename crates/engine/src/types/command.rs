//! Commands, as one line or as words.

mod split;

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::params::{Kind, ParamType};

/// A command: a line that is split as Python's `shlex` splits it (docker-py: `split_command`), or its words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Command {
    /// One line.
    Line(String),
    /// The words, used as they are.
    Words(Vec<String>),
}

impl Command {
    /// The command's words.
    ///
    /// # Errors
    ///
    /// When a quote in the line is not closed, or the line ends in a backslash.
    pub fn words(&self) -> Result<Vec<String>> {
        match self {
            Self::Words(words) => Ok(words.clone()),
            Self::Line(line) => split::split(line).map_err(|unfinished| {
                let what = match unfinished {
                    split::Unfinished::Quote => "has a quote that is not closed",
                    split::Unfinished::Escape => "ends in a backslash, which escapes nothing",
                };
                let words = format!("the command `{line}` {what}; a list of words needs neither");
                Error::new(ErrorKind::InvalidArgument, words)
            }),
        }
    }
}

impl std::fmt::Display for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(line) => f.write_str(line),
            Self::Words(words) => f.write_str(&shell_words::join(words)),
        }
    }
}

impl ParamType for Command {
    const KIND: Kind = Kind::Union(&[Kind::Str, Kind::List(&Kind::Str)]);
}

impl From<&str> for Command {
    fn from(line: &str) -> Self {
        Self::Line(line.to_owned())
    }
}

impl From<String> for Command {
    fn from(line: String) -> Self {
        Self::Line(line)
    }
}

impl<T: Into<String>, const N: usize> From<[T; N]> for Command {
    fn from(words: [T; N]) -> Self {
        Self::Words(words.into_iter().map(Into::into).collect())
    }
}

impl From<Vec<String>> for Command {
    fn from(words: Vec<String>) -> Self {
        Self::Words(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_a_shell_does() {
        let words = Command::from(r#"sh -c "echo 'a b'; echo $X" c\ d"#).words().unwrap();
        assert_eq!(words, ["sh", "-c", "echo 'a b'; echo $X", "c d"]);
        assert_eq!(Command::from(["a b"]).words().unwrap(), ["a b"]);
    }

    #[test]
    fn an_open_quote_is_an_error() {
        let error = Command::from("echo 'a").words().unwrap_err();
        assert!(error.to_string().contains("not closed"), "{error}");
    }
}
