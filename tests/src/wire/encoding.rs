//! Encodings that the wire uses for text inside text.

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;

/// Decodes base64 of either alphabet, padded or not; none when it is not base64.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let lenient = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let decode = |alphabet| GeneralPurpose::new(alphabet, lenient).decode(text).ok();
    decode(&STANDARD).or_else(|| decode(&URL_SAFE))
}

/// Decodes `%41` in a path.
pub(super) fn path(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The pairs of a query, sorted by name.
pub(super) fn query(text: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
    // Stable: values of one name stay in the order they were sent in.
    pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_base64() {
        assert_eq!(base64("aGk=").unwrap(), b"hi");
        assert_eq!(base64("-_8").unwrap(), base64("+/8=").unwrap());
        assert_eq!(base64("a b"), None);
    }

    #[test]
    fn decodes_queries() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            query("b=2+x&a=%7B%22k%22%3A1%7D&b=1&c&d=%zz"),
            [pair("a", r#"{"k":1}"#), pair("b", "2 x"), pair("b", "1"), pair("c", ""), pair("d", "%zz")]
        );
        assert_eq!(path("/a+b%20c"), "/a+b c");
    }
}
