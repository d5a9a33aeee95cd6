//! One pattern of an ignore file, with moby's meaning of it.
//!
//! A pattern is checked as Go's `filepath.Match` checks it, then compared as a whole, by its beginning, by its end, or
//! by a regular expression. Which of these it is matters: `**log` is any path that ends in `log`, but in `**l?g` the
//! stars stand for whole folders only. moby's way is kept even there.

use regex_automata::meta::Regex;

use super::go_regex;

/// A pattern, and whether it takes back what those before it ignore.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) excepted: bool,
    /// The pattern without what means nothing in it.
    text: String,
    matcher: Matcher,
}

#[derive(Debug)]
enum Matcher {
    Whole,
    /// The path begins with the pattern up to its last two stars.
    Beginning,
    /// The path ends with the pattern behind its first two stars.
    End,
    Regex(Box<Regex>),
}

impl Pattern {
    /// Reads a line that is neither empty nor a comment, without white space at its ends. Nothing is left of some.
    pub(super) fn parse(line: &str) -> Result<Option<Self>, String> {
        let (mark, text) = match line.strip_prefix('!') {
            Some(text) => ("!", text.trim()),
            None => ("", line),
        };
        let cleaned = if text.is_empty() { String::new() } else { clean(text) };
        let relative = cleaned.strip_prefix('/').filter(|rest| !rest.is_empty()).unwrap_or(&cleaned);
        // moby cleans it twice, and takes what only the first time brought to the front for an exception too.
        let text = format!("{mark}{relative}");
        let text = match text.trim() {
            "" => return Ok(None),
            text => clean(text),
        };
        let (excepted, text) = match text.strip_prefix('!') {
            Some("") => return Err("an exception needs a pattern behind its `!`".to_owned()),
            Some(text) => (true, text.to_owned()),
            None => (false, text),
        };
        if !is_valid(&text) {
            return Err("a bracket or a backslash in it is not complete".to_owned());
        }
        let matcher = matcher(&text)?;
        Ok(Some(Self { excepted, text, matcher }))
    }

    /// Whether it is this path's pattern; nothing is said of those below.
    pub(super) fn matches(&self, path: &str) -> bool {
        match &self.matcher {
            Matcher::Whole => path == self.text,
            Matcher::Beginning => path.starts_with(&self.text[..self.text.len() - 2]),
            Matcher::End => {
                let end = &self.text[2..];
                path.ends_with(end) || end.strip_prefix('/') == Some(path)
            }
            Matcher::Regex(regex) => regex.is_match(path),
        }
    }

    /// The folder that all it can match is in, or the one path that it matches; nothing if that is unknown.
    pub(super) fn root(&self) -> Option<&str> {
        let root =
            self.text.strip_suffix("/**").or_else(|| self.text.strip_suffix("/*")).unwrap_or(&self.text);
        (!root.contains(['*', '?', '[', '\\'])).then_some(root)
    }
}

/// A path in the shortest form that means the same (Go's `filepath.Clean`).
fn clean(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("" | ".", _) => {}
            ("..", Some(last)) if *last != ".." => {
                parts.pop();
            }
            ("..", _) if rooted => {}
            _ => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (rooted, joined.as_str()) {
        (true, _) => format!("/{joined}"),
        (false, "") => ".".to_owned(),
        (false, _) => joined,
    }
}

/// Whether Go's `filepath.Match` takes the pattern: every backslash has a character behind it, and every bracket is
/// closed and holds characters and ranges, with backslashes before `-` and `]`.
fn is_valid(pattern: &str) -> bool {
    let mut rest = pattern.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' if rest.next().is_none() => return false,
            '[' if !is_valid_class(&mut rest) => return false,
            _ => {}
        }
    }
    true
}

fn is_valid_class(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    // A character of the class; something must follow it.
    let one = |rest: &mut std::iter::Peekable<std::str::Chars<'_>>| {
        let whole = match rest.next() {
            None | Some('-' | ']') => false,
            Some('\\') => rest.next().is_some(),
            Some(_) => true,
        };
        whole && rest.peek().is_some()
    };
    rest.next_if_eq(&'^');
    let mut ranges = 0;
    while ranges == 0 || rest.next_if_eq(&']').is_none() {
        if !one(rest) || (rest.next_if_eq(&'-').is_some() && !one(rest)) {
            return false;
        }
        ranges += 1;
    }
    true
}

/// How a pattern is compared, with the regular expression that moby makes of it.
fn matcher(pattern: &str) -> Result<Matcher, String> {
    let mut regex = String::from("^");
    let mut matcher = Matcher::Whole;
    let mut by_regex = false;
    let mut rest = pattern.chars().peekable();
    let mut first = true;
    while let Some(c) = rest.next() {
        match c {
            '*' if rest.next_if_eq(&'*').is_some() => {
                rest.next_if_eq(&'/');
                if rest.peek().is_some() {
                    regex.push_str("(.*/)?");
                    by_regex = true;
                } else if !by_regex && matches!(matcher, Matcher::Whole) {
                    matcher = Matcher::Beginning;
                } else {
                    regex.push_str(".*");
                    by_regex = true;
                }
                if first {
                    matcher = Matcher::End;
                    by_regex = false;
                }
            }
            '*' => {
                regex.push_str("[^/]*");
                by_regex = true;
            }
            '?' => {
                regex.push_str("[^/]");
                by_regex = true;
            }
            '.' | '+' | '(' | ')' | '|' | '{' | '}' | '$' => regex.extend(['\\', c]),
            '\\' => {
                regex.push('\\');
                if let Some(escaped) = rest.next() {
                    regex.push(escaped);
                    by_regex = true;
                }
            }
            '[' | ']' => {
                regex.push(c);
                by_regex = true;
            }
            c => regex.push(c),
        }
        first = false;
    }
    if by_regex {
        regex.push('$');
        let regex = go_regex::compile(&regex).ok_or("a bracket or a backslash in it means nothing")?;
        return Ok(Matcher::Regex(Box::new(regex)));
    }
    Ok(matcher)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::parse(text).unwrap().unwrap()
    }

    #[test]
    fn paths_are_cleaned_as_go_does() {
        for (path, cleaned) in [
            ("", "."),
            (".", "."),
            ("/", "/"),
            ("//a//b/", "/a/b"),
            ("./a/./b", "a/b"),
            ("a/../b", "b"),
            ("a/..", "."),
            ("../a", "../a"),
            ("a/../../b", "../b"),
            ("/../a", "/a"),
            ("../..", "../.."),
            ("a b/ ", "a b/ "),
        ] {
            assert_eq!(clean(path), cleaned, "{path:?}");
        }
    }

    /// What one pattern says of one path.
    #[test]
    fn patterns_mean_what_they_mean_to_moby() {
        for (text, path, matches) in [
            ("*", "main.go", true),
            ("*", "a/b", false),
            ("**", "file", true),
            ("**", "dir/file", true),
            ("**/", "dir/file", true),
            ("**/**", "dir/file", true),
            ("dir/**", "dir/file", true),
            ("dir/**", "dir/dir2/file", true),
            ("dir/**", "dir", false),
            ("**/dir", "dir", true),
            ("**/dir", "a/dir", true),
            ("**/dir", "adir", false),
            ("**/dir", "dir/file", false),
            ("**/dir2/*", "dir/dir2/file", true),
            ("**/dir2/*", "dir2/file", true),
            ("**/dir2/*", "dir/dir2/dir3/file", false),
            ("**/dir2/**", "dir/dir2/dir3/file", true),
            ("**file", "file", true),
            ("**file", "dir/file", true),
            ("**file", "dir/afile", true),
            ("**fil?", "dir/file", true),
            // With another wildcard, the stars end at a folder.
            ("**fil?", "dir/afile", false),
            ("**/file*txt", "dir/dir/file.txt", true),
            ("**/file*.txt*", "dir/dir/file.txt", true),
            ("**/**/*.txt", "file.txt", true),
            ("**/**/*.txt", "dir/dir/file.txt", true),
            ("**/**/*.txt2", "dir/dir/file.txt", false),
            ("a**/*.txt", "a/file.txt", true),
            ("a**/*.txt", "a/dir/dir/file.txt", true),
            ("a**/*.txt", "ab/file.txt", true),
            ("a**", "abc/def", true),
            ("a**b", "ab", true),
            ("a**b", "axb", false),
            ("a**b", "a/x/b", true),
            ("a/*.txt", "a/file.txt", true),
            ("a/*.txt", "a/dir/file.txt", false),
            ("a/*.txt**", "a/file.txt", true),
            ("***", "a/b", true),
            ("a[b-d]e", "ace", true),
            ("a[b-d]e", "aae", false),
            ("a[b-d]e", "ae", false),
            ("a[^b-d]e", "aze", true),
            ("a[^b-d]e", "ace", false),
            // A class that says what it is not holds a slash too.
            ("a[^b]c", "a/c", true),
            // `!` in a class is a character.
            ("a[!b]c", "abc", true),
            ("a[!b]c", "a!c", true),
            ("a[!b]c", "axc", false),
            ("[[:digit:]]x", "7x", true),
            ("[[:digit:]]x", "ax", false),
            ("[\\]a]", "]", true),
            ("[\\-x]", "-", true),
            ("[x\\-]", "z", false),
            ("[a-ζ]*", "α", true),
            ("[.]x", ".x", true),
            ("[.]x", "ax", false),
            // A wildcard in a class is put into words as outside of it; what comes of that means something else.
            ("[*]", "*", false),
            ("[*]", "/]", true),
            ("[?]", "?", false),
            (".*", ".foo", true),
            (".*", "foo", false),
            ("abc.def", "abcZdef", false),
            ("abc?def", "abcZdef", true),
            ("abc?def", "abc/def", false),
            ("a?b", "a☺b", true),
            ("a???b", "a☺b", false),
            ("**/.foo", "bar.foo", false),
            ("**/.foo", "a/.foo", true),
            ("a(b)c/def", "a(b)c/def", true),
            ("a.|)$(}+{bc", "a.|)$(}+{bc", true),
            ("a.|)$(}+{b*", "a.|)$(}+{bc", true),
            ("{a,b}", "a", false),
            ("{a,b}*", "{a,b}c", true),
            ("a^b", "a^b", true),
            ("a^b*", "a^bc", false),
            ("a\\*b", "a*b", true),
            ("a\\*b", "axb", false),
            ("a\\\\", "a\\", true),
            ("\\d", "7", true),
            ("\\d", "d", false),
            ("\\!a", "!a", true),
            ("/a", "a", true),
            ("a/", "a", true),
            ("./x/../tmp", "tmp", true),
            ("../a", "a", false),
            (".", "a", false),
            ("/", "a", false),
            ("A", "a", false),
            ("a b", "a b", true),
            ("a #b", "a #b", true),
        ] {
            assert_eq!(pattern(text).matches(path), matches, "{text:?} on {path:?}");
        }
    }

    #[test]
    fn exceptions_begin_with_an_exclamation_mark() {
        for (text, excepted, name) in [
            ("!a", true, "a"),
            ("! /a/ ", true, "a"),
            ("!!a", true, "!a"),
            ("a!", false, "a!"),
            ("/!a", true, "a"),
            ("./!a", true, "a"),
        ] {
            let pattern = pattern(text);
            assert_eq!((pattern.excepted, pattern.text.as_str()), (excepted, name), "{text:?}");
        }
        assert!(Pattern::parse("/ /x/..").unwrap().is_none());
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in [
            "[",
            "[^",
            "[^bc",
            "a[",
            "[]",
            "[]a]",
            "[-]",
            "[x-]",
            "[-x]",
            "[a-b-c]",
            "\\",
            "a\\",
            "[\\",
            "[a\\]",
            "[b-a]",
            "[Local-Only]",
            "[[:nothing:]]",
            "\\y",
            "\\1",
            "!",
            "! ",
            "!/",
        ] {
            assert!(Pattern::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_root_holds_all_that_can_match() {
        for (text, root) in [
            ("a/b", Some("a/b")),
            ("a/**", Some("a")),
            ("a/b/*", Some("a/b")),
            ("a*/b", None),
            ("**/a", None),
            ("a/[b]", None),
            ("a\\b", None),
        ] {
            let pattern = Pattern::parse(text).unwrap_or_else(|_| panic!("{text}")).unwrap();
            assert_eq!(pattern.root(), root, "{text}");
        }
    }

    /// What a pattern of letters, `?`, `*`, `**` and slashes matches, by trying everything.
    fn matches_slowly(pattern: &[char], path: &[char]) -> bool {
        match pattern {
            [] => path.is_empty(),
            ['*', '*'] => true,
            ['*', '*', '/', rest @ ..] => {
                let mut starts = (0..=path.len()).filter(|&at| at == 0 || path[at - 1] == '/');
                starts.any(|at| matches_slowly(rest, &path[at..]))
            }
            ['*', rest @ ..] => {
                let ends = (0..=path.len()).take_while(|&at| at == 0 || path[at - 1] != '/');
                ends.into_iter().any(|at| matches_slowly(rest, &path[at..]))
            }
            ['?', rest @ ..] => path.first().is_some_and(|c| *c != '/') && matches_slowly(rest, &path[1..]),
            [c, rest @ ..] => path.first() == Some(c) && matches_slowly(rest, &path[1..]),
        }
    }

    proptest! {
        #[test]
        fn agrees_with_trying_everything(
            parts in prop::collection::vec(prop_oneof![
                Just("**".to_owned()), "[ab]{1,2}", "[ab?]{1,3}", "[ab]?\\*[ab?]?",
            ], 1..5),
            path in prop::collection::vec("[ab]{1,3}", 1..5),
        ) {
            let (text, path) = (parts.join("/"), path.join("/"));
            let letters: Vec<char> = text.chars().collect();
            let expected = matches_slowly(&letters, &path.chars().collect::<Vec<_>>());
            prop_assert_eq!(pattern(&text).matches(&path), expected, "{} on {}", text, path);
        }

        #[test]
        fn never_panics(text in "[]ab*?/!^\\\\.{}:\\[-]{0,12}", path in "[ab*/\\]\\[]{0,8}") {
            if let Ok(Some(pattern)) = Pattern::parse(&text) {
                pattern.matches(&path);
                pattern.root();
            }
        }

        #[test]
        fn any_text_is_a_pattern_or_an_error(text in "\\PC{0,12}", path in "\\PC{0,8}") {
            if let Ok(Some(pattern)) = Pattern::parse(text.trim()) {
                pattern.matches(&path);
            }
        }
    }
}
