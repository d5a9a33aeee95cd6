//! `.dockerignore`: patterns from the context's root, the last that matches decides.

use std::path::Path;

use globset::{GlobBuilder, GlobMatcher};

use crate::error::{Error, ErrorKind, Result};

/// The patterns of an ignore file.
#[derive(Default)]
pub(super) struct IgnoreFile {
    text: String,
    patterns: Vec<Pattern>,
    /// Always sent: the engine needs them even if a pattern matches.
    kept: Vec<String>,
}

struct Pattern {
    matcher: GlobMatcher,
    excepted: bool,
}

impl IgnoreFile {
    /// Reads the folder's ignore file; `<Dockerfile>.dockerignore` wins over `.dockerignore`.
    pub(super) async fn read(folder: &Path, dockerfile: &str) -> Result<Self> {
        for name in [format!("{dockerfile}.dockerignore"), ".dockerignore".to_owned()] {
            let path = folder.join(&name);
            match tokio::fs::read_to_string(&path).await {
                Ok(text) => {
                    let mut file = Self::parse(&text).map_err(|why| {
                        Error::new(ErrorKind::InvalidArgument, format!("{}: {why}", path.display()))
                    })?;
                    file.kept = vec![name, dockerfile.to_owned()];
                    file.text = text;
                    return Ok(file);
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(Error::file(&path, &error)),
            }
        }
        Ok(Self::default())
    }

    /// The text of a `.dockerignore` with which `COPY . .` leaves out one more file.
    pub(super) fn text_without(&self, name: &str) -> String {
        let text = if self.text.is_empty() { ".dockerignore" } else { self.text.trim_end_matches('\n') };
        format!("{text}\n{name}\n")
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut patterns = Vec::new();
        for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            if line.starts_with('#') {
                continue;
            }
            let line = line.trim();
            let (excepted, glob) = match line.strip_prefix('!') {
                Some(glob) => (true, glob.trim()),
                None => (false, line),
            };
            let glob = clean(glob);
            if glob.is_empty() {
                continue;
            }
            // Braces mean nothing here, but would to the matcher.
            let glob = glob.replace('{', "[{]").replace('}', "[}]");
            let matcher = GlobBuilder::new(&glob).literal_separator(true).backslash_escape(true).build();
            let matcher =
                matcher.map_err(|error| format!("line {}: `{line}`: {}", number + 1, error.kind()))?;
            patterns.push(Pattern { matcher: matcher.compile_matcher(), excepted });
        }
        Ok(Self { text: String::new(), patterns, kept: Vec::new() })
    }

    /// Whether a path below the folder is left out. A pattern that matches a folder matches all below it.
    pub(super) fn ignores(&self, path: &Path) -> bool {
        if self.kept.iter().any(|kept| path == Path::new(kept)) {
            return false;
        }
        let decides = |pattern: &&Pattern| {
            path.ancestors().any(|part| !part.as_os_str().is_empty() && pattern.matcher.is_match(part))
        };
        self.patterns.iter().rev().find(decides).is_some_and(|pattern| !pattern.excepted)
    }

    /// Whether nothing below an ignored folder can be wanted, so that it need not be read.
    pub(super) fn may_skip_folders(&self) -> bool {
        self.kept.iter().all(|kept| !kept.contains('/'))
            && !self.patterns.iter().any(|pattern| pattern.excepted)
    }
}

/// A pattern without what means nothing in it: slashes at its ends, `.` and empty parts, and `..` with its parent.
fn clean(glob: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in glob.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ignored<'a>(text: &str, paths: &[&'a str]) -> Vec<&'a str> {
        let file = IgnoreFile::parse(text).unwrap();
        paths.iter().copied().filter(|path| file.ignores(Path::new(path))).collect()
    }

    #[test]
    fn patterns_start_at_the_root() {
        let paths = ["a.log", "x/a.log", "x/y/a.log", "tmp", "tmp/b", "x/tmp"];
        assert_eq!(ignored("*.log", &paths), ["a.log"]);
        assert_eq!(ignored("**/*.log", &paths), ["a.log", "x/a.log", "x/y/a.log"]);
        assert_eq!(ignored("*/*.log", &paths), ["x/a.log"]);
        assert_eq!(ignored("/tmp/", &paths), ["tmp", "tmp/b"]);
        assert_eq!(ignored("# tmp\n\n ./x/../tmp ", &paths), ["tmp", "tmp/b"]);
    }

    #[test]
    fn the_last_match_decides() {
        let paths = ["a.md", "README.md", "docs/a", "docs/keep/b"];
        assert_eq!(ignored("*.md\n!README.md", &paths), ["a.md"]);
        assert_eq!(ignored("!README.md\n*.md", &paths), ["a.md", "README.md"]);
        assert_eq!(ignored("docs\n!docs/keep", &paths), ["docs/a"]);
    }

    #[test]
    fn braces_are_plain() {
        assert_eq!(ignored("{a,b}", &["a", "b", "{a,b}"]), ["{a,b}"]);
    }

    #[test]
    fn a_broken_pattern_is_told_with_its_line() {
        let error = IgnoreFile::parse("ok\n[a").err().unwrap();
        assert!(error.starts_with("line 2: `[a`"), "{error}");
    }
}
