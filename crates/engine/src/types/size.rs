//! Sizes in bytes.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::params::{Kind, ParamType};

/// A size: a number of bytes, or text with a unit such as `512m` or `1.5gb` (docker-py: `parse_bytes`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Size {
    /// Bytes.
    Bytes(i64),
    /// Bytes, as a number with a fraction that is dropped.
    Fraction(f64),
    /// A number with a unit: `b`, `k`, `m`, `g` or `t`, in either case, with or without a `b` behind it.
    Text(String),
}

impl Size {
    /// The number of bytes.
    ///
    /// # Errors
    ///
    /// When the text is no number with a unit.
    pub fn bytes(&self) -> Result<i64> {
        match self {
            Self::Bytes(bytes) => Ok(*bytes),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a fraction of a byte is dropped, as docker-py does"
            )]
            Self::Fraction(bytes) => Ok(*bytes as i64),
            Self::Text(text) => parse(text),
        }
    }
}

fn parse(text: &str) -> Result<i64> {
    let invalid = || {
        Error::new(
            ErrorKind::InvalidArgument,
            format!(
                "`{text}` is no size; one is a number of bytes, or a number with b, k, m, g or t such as `512m`"
            ),
        )
    };
    if text.is_empty() {
        return Ok(0);
    }
    let lower = text.trim().to_ascii_lowercase();
    // `kb` is `k`, but a `b` by itself is a unit of its own.
    let lower = match lower.strip_suffix('b') {
        Some(rest) if rest.ends_with(|c: char| c.is_ascii_alphabetic()) => rest,
        _ => &lower,
    };
    let (number, shift) = match lower.as_bytes().last() {
        Some(b'b') => (&lower[..lower.len() - 1], 0),
        Some(b'k') => (&lower[..lower.len() - 1], 10),
        Some(b'm') => (&lower[..lower.len() - 1], 20),
        Some(b'g') => (&lower[..lower.len() - 1], 30),
        Some(b't') => (&lower[..lower.len() - 1], 40),
        Some(b'0'..=b'9') => (lower, 0),
        _ => return Err(invalid()),
    };
    let number = number.trim();
    if let Ok(whole) = number.parse::<i64>() {
        return whole.checked_mul(1 << shift).ok_or_else(invalid);
    }
    let number: f64 = number.parse().map_err(|_| invalid())?;
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "checked against the range"
    )]
    let bytes = Some(number * (1_i64 << shift) as f64)
        .filter(|bytes| bytes.is_finite() && bytes.abs() < i64::MAX as f64)
        .map(|bytes| bytes as i64);
    bytes.ok_or_else(invalid)
}

impl ParamType for Size {
    const KIND: Kind = Kind::Union(&[Kind::Float, Kind::Str]);
}

impl From<i64> for Size {
    fn from(bytes: i64) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<&str> for Size {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_docker_pys_forms() {
        for (text, bytes) in [
            ("", 0),
            ("0", 0),
            ("512", 512),
            ("-1", -1),
            ("512b", 512),
            ("1k", 1024),
            ("1KB", 1024),
            ("512m", 512 << 20),
            ("1.5g", 3 << 29),
            ("2TB", 2 << 40),
            (" 5 m ", 5 << 20),
            ("1e3", 1000),
            ("1e3k", 1_024_000),
            ("0.5", 0),
            ("9007199254740993", 9_007_199_254_740_993),
            ("-1b", -1),
        ] {
            assert_eq!(Size::from(text).bytes().unwrap(), bytes, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_size() {
        for text in [
            "m",
            "b",
            "kb",
            "12x",
            "12bk",
            "1.2.3m",
            "1 0m",
            "nan",
            "inf",
            "nanm",
            "infb",
            "9999999999t",
            "127.0.0.1K",
            " ",
            "1,5g",
            "512mib",
            "512KIB",
            "0x10",
        ] {
            let error = Size::from(text).bytes().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,12}") {
            let _ = Size::from(text.as_str()).bytes();
        }

        #[test]
        fn a_unit_multiplies(number in -1_000_000_i64..1_000_000, unit in 0_usize..5, both in any::<bool>()) {
            let letter = ["b", "k", "M", "g", "T"][unit];
            let behind = if both && unit > 0 { "B" } else { "" };
            let text = format!("{number}{letter}{behind}");
            prop_assert_eq!(Size::from(text.as_str()).bytes().unwrap(), number << (10 * unit));
        }
    }
}
