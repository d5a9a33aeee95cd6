//! Regular expressions in Go's syntax, as far as patterns of ignore files lead to them.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use regex_automata::meta::Regex;

/// Compiles an expression that holds characters, `.`, `^`, `$`, `*`, `?`, groups, escapes and classes.
pub(super) fn compile(expression: &str) -> Option<Regex> {
    let mut out = String::new();
    let mut rest = expression.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next()? {
                'A' => out.push_str(r"\A"),
                'z' => out.push_str(r"\z"),
                'b' => out.push_str(r"(?-u:\b)"),
                c => match of_many(c) {
                    Some(class) => out.push_str(class),
                    None => push(&mut out, escaped(c)?),
                },
            },
            '[' => class(&mut out, &mut rest)?,
            '.' | '^' | '$' | '*' | '?' | '(' | ')' => out.push(c),
            c => push(&mut out, c),
        }
    }
    Regex::new(&out).ok()
}

/// A character that means only itself in Rust's syntax too.
fn push(out: &mut String, c: char) {
    // Writing into a text cannot fail.
    let _ = write!(out, "\\x{{{:x}}}", u32::from(c));
}

/// The characters that an escape stands for, ASCII ones as in Go.
fn of_many(c: char) -> Option<&'static str> {
    Some(match c {
        'd' => "[0-9]",
        'D' => "[^0-9]",
        's' => r"[\t\n\x0c\r ]",
        'S' => r"[^\t\n\x0c\r ]",
        'w' => "[0-9A-Za-z_]",
        'W' => "[^0-9A-Za-z_]",
        _ => return None,
    })
}

/// The one character that an escape stands for.
fn escaped(c: char) -> Option<char> {
    Some(match c {
        'a' => '\x07',
        'f' => '\x0c',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\x0b',
        c if c.is_ascii() && !c.is_ascii_alphanumeric() => c,
        _ => return None,
    })
}

const NAMED: [&str; 14] = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
    "upper", "word", "xdigit",
];

/// A class, from behind its bracket on.
fn class(out: &mut String, rest: &mut Peekable<Chars<'_>>) -> Option<()> {
    out.push('[');
    if rest.next_if_eq(&'^').is_some() {
        out.push('^');
    }
    let mut first = true;
    while first || rest.next_if_eq(&']').is_none() {
        first = false;
        if let Some(name) = named(rest) {
            NAMED.contains(&name.strip_prefix('^').unwrap_or(&name)).then_some(())?;
            let _ = write!(out, "[:{name}:]");
            continue;
        }
        let mut behind = rest.clone();
        if let (Some('\\'), Some(many)) = (behind.next(), behind.next().and_then(of_many)) {
            out.push_str(many);
            *rest = behind;
            continue;
        }
        let low = one(rest)?;
        push(out, low);
        let mut behind = rest.clone();
        if behind.next() == Some('-') && behind.next().is_some_and(|c| c != ']') {
            rest.next();
            let high = one(rest)?;
            (low <= high).then_some(())?;
            out.push('-');
            push(out, high);
        }
    }
    out.push(']');
    Some(())
}

/// One character of a class.
fn one(rest: &mut Peekable<Chars<'_>>) -> Option<char> {
    match rest.next()? {
        '\\' => escaped(rest.next()?),
        c => Some(c),
    }
}

/// The name of a class's `[:name:]`, if one comes here.
fn named(rest: &mut Peekable<Chars<'_>>) -> Option<String> {
    let text: String = rest.clone().collect();
    let (name, _) = text.strip_prefix("[:")?.split_once(":]")?;
    for _ in 0..name.chars().count() + 4 {
        rest.next();
    }
    Some(name.to_owned())
}
