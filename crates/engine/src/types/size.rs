//! Sizes in bytes.

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::params::{Kind, ParamType};

/// A size: a number of bytes, or text with a unit such as `512m` or `1.5gb` (docker-py: `parse_bytes`).
#[derive(Clone, Debug, PartialEq, Deserialize)]
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
    let lower = text.trim().to_ascii_lowercase();
    if lower.is_empty() {
        return Ok(0);
    }
    let number_end = lower.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(lower.len());
    let (number, unit) = lower.split_at(number_end);
    let shift = match unit {
        "" | "b" => 0,
        "k" | "kb" => 10,
        "m" | "mb" => 20,
        "g" | "gb" => 30,
        "t" | "tb" => 40,
        _ => return Err(invalid()),
    };
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
        ] {
            assert_eq!(Size::from(text).bytes().unwrap(), bytes, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_size() {
        for text in ["m", "12x", "1.2.3m", "1 0m", "nan", "inf", "9999999999t", "127.0.0.1K"] {
            let error = Size::from(text).bytes().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,12}") {
            let _ = Size::from(text.as_str()).bytes();
        }
    }
}
