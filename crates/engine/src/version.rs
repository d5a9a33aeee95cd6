//! Versions of the Engine API.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::ApiVersion;
//!
//! let spoken = client.api().api_version().await?;
//! assert!((ApiVersion::OLDEST..=ApiVersion::NEWEST).contains(&spoken));
//! assert!("1.9".parse::<ApiVersion>()? < ApiVersion::new(1, 41));
//! # });
//! ```

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorKind};

/// A version of the Engine API, such as `1.41`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ApiVersion {
    /// The part before the dot.
    pub major: u16,
    /// The part behind the dot.
    pub minor: u16,
}

impl ApiVersion {
    /// The oldest version that this client speaks (Docker Engine 20.10).
    pub const OLDEST: Self = Self::new(1, 41);
    /// The newest version that this client knows.
    pub const NEWEST: Self = Self::new(1, 56);

    /// Makes a version from its two parts.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl FromStr for ApiVersion {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let digits = text.strip_prefix('v').unwrap_or(text);
        digits
            .split_once('.')
            .and_then(|(major, minor)| Some(Self::new(major.parse().ok()?, minor.parse().ok()?)))
            .ok_or_else(|| {
                Error::new(
                    ErrorKind::InvalidVersion,
                    format!("`{text}` is no Engine API version; one looks like `1.41`"),
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_and_orders() {
        let old: ApiVersion = "1.9".parse().unwrap();
        let new: ApiVersion = "v1.41".parse().unwrap();
        assert!(old < new);
        assert_eq!(new.to_string(), "1.41");
    }

    #[test]
    fn refuses_what_is_no_version() {
        for text in ["", "1", "1.x", "auto", "1.41.0", "-1.4"] {
            let error = text.parse::<ApiVersion>().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidVersion, "{text}");
        }
    }
}
