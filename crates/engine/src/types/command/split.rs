//! A command line's words, as Python's `shlex.split` finds them.

/// What a line lacks.
#[derive(Debug, PartialEq)]
pub(super) enum Unfinished {
    /// A quote that is not closed.
    Quote,
    /// A character behind the backslash at the end.
    Escape,
}

/// Splits a line at white space that is neither quoted nor escaped. Between double quotes, a backslash stands for
/// itself unless a `"` or another backslash follows.
pub(super) fn split(line: &str) -> Result<Vec<String>, Unfinished> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        match c {
            ' ' | '\t' | '\r' | '\n' => words.extend(word.take()),
            '\'' => loop {
                let word = word.get_or_insert_default();
                match rest.next().ok_or(Unfinished::Quote)? {
                    '\'' => break,
                    c => word.push(c),
                }
            },
            '"' => loop {
                let word = word.get_or_insert_default();
                match rest.next().ok_or(Unfinished::Quote)? {
                    '"' => break,
                    '\\' => match rest.next().ok_or(Unfinished::Escape)? {
                        c @ ('"' | '\\') => word.push(c),
                        c => word.extend(['\\', c]),
                    },
                    c => word.push(c),
                }
            },
            '\\' => word.get_or_insert_default().push(rest.next().ok_or(Unfinished::Escape)?),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_shlexs() {
        for (line, words) in [
            ("", &[][..]),
            ("  \t\r\n ", &[]),
            ("a b", &["a", "b"]),
            ("a\r\nb", &["a", "b"]),
            ("''", &[""]),
            ("a '' \"\"", &["a", "", ""]),
            ("'a b'c\"d e\"", &["a bcd e"]),
            (r#"sh -c "echo \$X""#, &["sh", "-c", r"echo \$X"]),
            (r#""a\"b\\c\n""#, &[r#"a"b\c\n"#]),
            (r"a\ b\\c \'", &["a b\\c", "'"]),
            (r"'a\b'", &[r"a\b"]),
            ("a\\\nb", &["a\nb"]),
            ("echo # no", &["echo", "#", "no"]),
            ("a\u{a0}b", &["a\u{a0}b"]),
        ] {
            assert_eq!(
                split(line).as_deref(),
                Ok(words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>().as_slice()),
                "{line:?}"
            );
        }
    }

    #[test]
    fn what_is_unfinished_is_told() {
        for (line, what) in [
            ("'a", Unfinished::Quote),
            ("a \"", Unfinished::Quote),
            ("a\\", Unfinished::Escape),
            ("\"a\\", Unfinished::Escape),
        ] {
            assert_eq!(split(line), Err(what), "{line:?}");
        }
    }

    proptest! {
        #[test]
        fn finds_the_words_that_were_joined(words in prop::collection::vec("[^\0\r]{0,6}", 0..6)) {
            prop_assert_eq!(split(&shell_words::join(&words)), Ok(words));
        }

        #[test]
        fn never_panics(line in "[ab'\"\\\\ \n]{0,12}") {
            let _ = split(&line);
        }
    }
}
