//! Lengths of time.

use std::time::Duration;

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::params::{Kind, ParamType};

/// A length of time: seconds, or text with units such as `500ms` or `1h30m`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Interval {
    /// Seconds.
    Seconds(f64),
    /// Text with units.
    Text(String),
}

impl Interval {
    /// The length of time.
    ///
    /// # Errors
    ///
    /// When it is negative, too large, or no length of time.
    pub fn duration(&self) -> Result<Duration> {
        let (duration, words) = match self {
            Self::Seconds(seconds) => (Duration::try_from_secs_f64(*seconds).ok(), seconds.to_string()),
            Self::Text(text) => {
                let span = text.parse::<jiff::SignedDuration>().ok();
                (span.and_then(|span| Duration::try_from(span).ok()), text.clone())
            }
        };
        duration.ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidArgument,
                format!("`{words}` is no length of time; one is seconds, or text such as `500ms`, `10s` or `1h30m`"),
            )
        })
    }
}

impl ParamType for Interval {
    const KIND: Kind = Kind::Union(&[Kind::Float, Kind::Str]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_and_units() {
        let read = |text: &str| Interval::Text(text.to_owned()).duration();
        assert_eq!(Interval::Seconds(0.5).duration().unwrap(), Duration::from_millis(500));
        assert_eq!(read("500ms").unwrap(), Duration::from_millis(500));
        assert_eq!(read("1h30m").unwrap(), Duration::from_secs(5400));
        for text in ["", "soon", "-5s", "5 parsecs"] {
            assert_eq!(read(text).unwrap_err().kind(), ErrorKind::InvalidArgument, "{text}");
        }
        assert!(Interval::Seconds(-1.0).duration().is_err());
    }
}
