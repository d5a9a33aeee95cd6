//! The name that somebody may have meant.

/// A hint at the name nearest to a mistyped one, or nothing if none is near.
pub(crate) fn hint<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let nearest = known
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.len().max(name.len()) / 3).max(1))
        .min_by_key(|(distance, _)| *distance);
    nearest.map_or_else(String::new, |(_, candidate)| format!("; did you mean `{candidate}`?"))
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn names_what_is_near_and_nothing_else() {
        let known = ["follow", "tail", "stdout"];
        assert_eq!(hint("fellow", known.into_iter()), "; did you mean `follow`?");
        assert_eq!(hint("tial", known.into_iter()), "; did you mean `tail`?");
        assert_eq!(hint("banana", known.into_iter()), "");
    }
}
