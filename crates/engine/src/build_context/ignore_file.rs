//! `.dockerignore`, as BuildKit reads it: patterns from the context's root, the last that matches decides.

mod go_regex;
mod pattern;

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use pattern::Pattern;

/// The patterns of an ignore file.
#[derive(Debug, Default)]
pub(super) struct IgnoreFile {
    text: Option<String>,
    patterns: Vec<Pattern>,
    /// Always sent: the engine needs them even if a pattern matches.
    kept: Vec<String>,
    /// Never sent.
    dropped: Vec<String>,
}

impl IgnoreFile {
    /// Reads a folder's ignore file. One beside the Dockerfile, with its name before `.dockerignore`, wins; then the
    /// engine gets that one too, in the place of the folder's.
    pub(super) async fn read(folder: &Path, dockerfile: &Path) -> Result<Self> {
        let mut beside = dockerfile.as_os_str().to_owned();
        beside.push(".dockerignore");
        let usual = folder.join(".dockerignore");
        if let Some(mut file) = Self::read_one(Path::new(&beside)).await? {
            file.dropped.push(".dockerignore".to_owned());
            file.text = Some(format!("{}\n.dockerignore", file.text.unwrap_or_default()));
            return Ok(file);
        }
        Ok(Self::read_one(&usual).await?.unwrap_or_default())
    }

    async fn read_one(path: &Path) -> Result<Option<Self>> {
        let text = match tokio::fs::read(path).await {
            Ok(text) => String::from_utf8_lossy(&text).into_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::file(path, &error)),
        };
        let file = Self::parse(&text)
            .map_err(|why| Error::new(ErrorKind::InvalidArgument, format!("{}: {why}", path.display())))?;
        Ok(Some(Self { text: Some(text), kept: vec![".dockerignore".to_owned()], ..file }))
    }

    /// Sends these even if a pattern matches them.
    pub(super) fn keep(mut self, paths: impl IntoIterator<Item = String>) -> Self {
        self.kept.extend(paths);
        self
    }

    /// The text of a `.dockerignore` that the engine must get instead of the folder's, so that neither it nor a
    /// Dockerfile that is put into the context gets into the image; nothing if the folder's own will do.
    pub(super) fn for_engine(&self, dockerfile: Option<&str>) -> Option<String> {
        if self.dropped.is_empty() && dockerfile.is_none() {
            return None;
        }
        let text = self.text.as_deref().map_or(".dockerignore", |text| text.trim_end_matches('\n'));
        let name = dockerfile.map(|name| format!("{name}\n")).unwrap_or_default();
        Some(format!("{text}\n{name}"))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut patterns = Vec::new();
        for (number, line) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
            // Only what begins the line begins a comment.
            let pattern = line.trim();
            if line.starts_with('#') || pattern.is_empty() {
                continue;
            }
            let pattern = Pattern::parse(pattern)
                .map_err(|why| format!("line {}: `{pattern}` is no pattern: {why}", number + 1))?;
            patterns.extend(pattern);
        }
        Ok(Self { patterns, ..Self::default() })
    }

    /// Whether to send a path below the folder. Of a folder that is ignored, that is so if something below it is sent.
    pub(super) fn wants(&self, folder: &Path, path: &Path) -> bool {
        let name = slashed(path);
        if self.dropped.contains(&name) || self.kept.contains(&name) {
            return !self.dropped.contains(&name);
        }
        !self.ignores(&name) || (self.may_want_below(&name) && self.wants_below(folder, path))
    }

    /// Whether the patterns leave a path out. A pattern that matched a folder matches all below it, but one that did
    /// not have to be asked there, since it would have changed nothing, is not asked again for that folder.
    fn ignores(&self, path: &str) -> bool {
        let mut matched = vec![false; self.patterns.len()];
        let mut ignored = false;
        for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
            ignored = false;
            for (pattern, matched) in self.patterns.iter().zip(&mut matched) {
                if !*matched && pattern.excepted == ignored {
                    *matched = pattern.matches(&path[..end]);
                }
                if *matched {
                    ignored = !pattern.excepted;
                }
            }
        }
        ignored
    }

    /// Whether something below an ignored folder can be wanted.
    fn may_want_below(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let kept = self.kept.iter().any(|kept| kept.starts_with(&below));
        kept || self.patterns.iter().filter(|pattern| pattern.excepted).any(|pattern| {
            pattern.root().is_none_or(|root| {
                root.starts_with(&below) || root == path || below.starts_with(&format!("{root}/"))
            })
        })
    }

    /// Whether something below an ignored folder is wanted. What cannot be read is, so that its error is told.
    fn wants_below(&self, folder: &Path, path: &Path) -> bool {
        let whole: PathBuf = folder.join(path);
        if !fs::symlink_metadata(&whole).is_ok_and(|metadata| metadata.is_dir()) {
            return false;
        }
        let Ok(entries) = fs::read_dir(&whole) else { return true };
        entries.into_iter().any(|entry| match entry {
            Ok(entry) => self.wants(folder, &path.join(entry.file_name())),
            Err(_) => true,
        })
    }
}

/// A path with slashes, whatever the system has between its parts.
pub(super) fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ignored<'a>(text: &str, paths: &[&'a str]) -> Vec<&'a str> {
        let file = IgnoreFile::parse(text).unwrap();
        paths.iter().copied().filter(|path| file.ignores(path)).collect()
    }

    #[test]
    fn patterns_start_at_the_root() {
        let paths = ["a.log", "x/a.log", "x/y/a.log", "tmp", "tmp/b", "x/tmp"];
        assert_eq!(ignored("*.log", &paths), ["a.log"]);
        assert_eq!(ignored("**/*.log", &paths), ["a.log", "x/a.log", "x/y/a.log"]);
        assert_eq!(ignored("*/*.log", &paths), ["x/a.log"]);
        assert_eq!(ignored("/tmp/", &paths), ["tmp", "tmp/b"]);
        assert_eq!(ignored("# tmp\n\n ./x/../tmp ", &paths), ["tmp", "tmp/b"]);
        assert_eq!(ignored("**", &paths), paths);
    }

    #[test]
    fn the_last_match_decides() {
        let paths = ["a.md", "README.md", "docs/a", "docs/keep/b"];
        assert_eq!(ignored("*.md\n!README.md", &paths), ["a.md"]);
        assert_eq!(ignored("!README.md\n*.md", &paths), ["a.md", "README.md"]);
        assert_eq!(ignored("docs\n!docs/keep", &paths), ["docs/a"]);
        assert_eq!(ignored("docs/*\n!docs/keep", &paths), ["docs/a"]);
        assert_eq!(ignored("**\n!docs/keep\ndocs/keep/b", &paths), paths);
        assert_eq!(
            ignored("*.md\n!README*.md\nREADME-secret.md", &["README.md", "README-secret.md"]),
            ["README-secret.md"]
        );
        // An exception for a folder that nothing ignored is not asked again for what is in it.
        assert_eq!(ignored("docs/a\n!docs", &paths), ["docs/a"]);
    }

    #[test]
    fn lines_are_read_as_moby_reads_them() {
        let paths = ["a", "b", "# c", "#d"];
        assert_eq!(ignored("\u{feff}a\r\nb", &paths), ["a", "b"]);
        assert_eq!(ignored("\u{feff}#a", &paths), Vec::<&str>::new());
        // A comment begins where its line does.
        assert_eq!(ignored(" # c\n#d\n\\#d", &paths), ["# c", "#d"]);
        assert_eq!(ignored("*\n ! b \u{a0}\n", &paths), ["a", "# c", "#d"]);
    }

    #[test]
    fn a_broken_pattern_is_told_with_its_line() {
        let error = IgnoreFile::parse("# ok\n[a").err().unwrap();
        assert!(error.starts_with("line 2: `[a`"), "{error}");
    }

    #[test]
    fn folders_of_exceptions_are_wanted() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["docs/keep", "docs/other", "modules/deep", "modules/keep", "empty"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        for name in ["docs/keep/a", "docs/b", "modules/deep/c", "modules/keep/d"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let paths = [
            "docs",
            "docs/b",
            "docs/keep",
            "docs/keep/a",
            "docs/other",
            "empty",
            "modules",
            "modules/deep",
            "modules/deep/c",
            "modules/keep",
            "modules/keep/d",
        ];
        let wanted = |text: &str| {
            let file = IgnoreFile::parse(text).unwrap();
            paths.into_iter().filter(|path| file.wants(folder.path(), Path::new(path))).collect::<Vec<_>>()
        };
        assert_eq!(wanted("*\n!docs/keep"), ["docs", "docs/keep", "docs/keep/a"]);
        assert_eq!(wanted("**\n!**/a"), ["docs", "docs/keep", "docs/keep/a"]);
        assert_eq!(
            wanted("*\n!*/keep"),
            ["docs", "docs/keep", "docs/keep/a", "modules", "modules/keep", "modules/keep/d"]
        );
        assert_eq!(wanted("*\n!nothing"), Vec::<&str>::new());
        let kept = IgnoreFile::parse("docs").unwrap().keep(["docs/keep/a".to_owned()]);
        assert!(kept.wants(folder.path(), Path::new("docs/keep")));
        assert!(!kept.wants(folder.path(), Path::new("docs/other")));
    }

    proptest! {
        #[test]
        fn never_panics(text in "(?s).{0,40}", path in "[ab/.]{0,8}") {
            if let Ok(file) = IgnoreFile::parse(&text) {
                file.ignores(&path);
                file.may_want_below(&path);
            }
        }

        #[test]
        fn what_is_ignored_is_ignored_with_all_below_it(
            lines in prop::collection::vec("[ab*?/]{1,5}", 0..6), path in "[ab]{1,2}(/[ab]{1,2}){0,2}", below in "[ab]{1,2}",
        ) {
            let file = IgnoreFile::parse(&lines.join("\n")).unwrap();
            let below = format!("{path}/{below}");
            prop_assert!(!file.ignores(&path) || file.ignores(&below));
        }

        #[test]
        fn a_folder_that_may_want_nothing_wants_nothing(
            lines in prop::collection::vec("!?[ab*?/]{1,5}", 0..6), path in "[ab]{1,2}(/[ab]{1,2}){0,2}", below in "[ab]{1,2}",
        ) {
            let Ok(file) = IgnoreFile::parse(&lines.join("\n")) else { return Ok(()) };
            let wanted = !file.ignores(&format!("{path}/{below}"));
            prop_assert!(!file.ignores(&path) || !wanted || file.may_want_below(&path));
        }
    }
}
