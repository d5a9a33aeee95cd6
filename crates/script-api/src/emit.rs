//! Files made from the description.

/// Every generated file: its path from the repository's root, and its text.
pub fn files() -> Vec<(String, String)> {
    Vec::new()
}
