//! Points in time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};
use crate::params::{Kind, ParamType};

/// A point in time: seconds since 1970, RFC 3339 text, or a duration before now such as `10m`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Timestamp {
    /// Seconds since 1970.
    Seconds(i64),
    /// Seconds since 1970 with a fraction.
    Fraction(f64),
    /// RFC 3339, a number, or a duration before now (`90s`, `10m`, `1h30m`).
    Text(String),
}

impl Timestamp {
    /// The time as the engine takes it: seconds since 1970, with up to nine digits of a fraction.
    ///
    /// # Errors
    ///
    /// When the text is no time, or the time lies before 1970.
    pub fn to_query(&self) -> Result<String> {
        match self {
            Self::Seconds(seconds) if *seconds >= 0 => Ok(seconds.to_string()),
            Self::Fraction(seconds) if *seconds >= 0.0 && seconds.is_finite() => Ok(seconds.to_string()),
            Self::Text(text) => read(text),
            Self::Seconds(_) | Self::Fraction(_) => {
                Err(Error::new(ErrorKind::InvalidArgument, "a time cannot lie before 1970"))
            }
        }
    }
}

fn read(text: &str) -> Result<String> {
    let text = text.trim();
    let starts_as_number = text.starts_with(|c: char| c.is_ascii_digit());
    if starts_as_number && text.parse::<f64>().is_ok() {
        return Ok(text.to_owned());
    }
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        let nanoseconds = u128::try_from(time.as_nanosecond())
            .map_err(|_| Error::new(ErrorKind::InvalidArgument, "a time cannot lie before 1970"))?;
        return Ok(format!("{}.{:09}", nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000));
    }
    let ago = text.parse::<jiff::SignedDuration>().ok().and_then(|span| Duration::try_from(span).ok());
    if let Some(ago) = ago.filter(|_| starts_as_number) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let then = now.saturating_sub(ago);
        return Ok(format!("{}.{:09}", then.as_secs(), then.subsec_nanos()));
    }
    Err(Error::new(
        ErrorKind::InvalidArgument,
        format!(
            "`{text}` is no time; one is seconds since 1970, RFC 3339 such as `2026-01-31T12:00:00Z`, or a duration \
             before now such as `10m`"
        ),
    ))
}

impl ParamType for Timestamp {
    const KIND: Kind = Kind::Union(&[Kind::Float, Kind::Str]);
}

impl From<i64> for Timestamp {
    fn from(seconds: i64) -> Self {
        Self::Seconds(seconds)
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_nanoseconds() {
        let query = Timestamp::from("2026-01-31T12:00:00.123456789Z").to_query().unwrap();
        assert_eq!(query, "1769860800.123456789");
        assert_eq!(Timestamp::from("1769860800.123456789").to_query().unwrap(), "1769860800.123456789");
        assert_eq!(Timestamp::from(7).to_query().unwrap(), "7");
    }

    #[test]
    fn a_duration_lies_before_now() {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
        let then: f64 = Timestamp::from("1h30m").to_query().unwrap().parse().unwrap();
        assert!((now - then - 5400.0).abs() < 60.0);
    }

    #[test]
    fn refuses_what_is_no_time() {
        for time in
            [Timestamp::from("yesterday"), Timestamp::from(-1), Timestamp::from("-5m"), Timestamp::from("")]
        {
            assert_eq!(time.to_query().unwrap_err().kind(), ErrorKind::InvalidArgument, "{time:?}");
        }
    }
}
