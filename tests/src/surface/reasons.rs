//! Why something of docker-py's is missing or different here, or is only here.

mod table;

use std::collections::BTreeSet;

use super::{Difference, What};
use crate::pairs::matches;

pub use table::{PENDING, REASONS};

/// Why there are some differences.
#[derive(Clone, Copy, Debug)]
pub struct Reason {
    /// How they differ.
    pub what: What,
    /// Where: places, in which `*` stands for anything.
    pub places: &'static [&'static str],
    /// Why, in words for users.
    pub why: &'static str,
}

impl Reason {
    /// The places of this reason that a difference is at.
    fn covers(&self, difference: &Difference) -> impl Iterator<Item = &'static str> {
        let at = |place: &&str| self.what == difference.what && matches(place, &difference.place);
        self.places.iter().copied().filter(at)
    }
}

/// What is wrong between differences and reasons: a difference that has no reason and is not pending, or has several
/// reasons; and a reason, or something pending, that no difference needs.
pub fn judge(differences: &[Difference], reasons: &[Reason], pending: &[&str]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut needed = BTreeSet::new();
    for difference in differences {
        let found: Vec<_> = reasons.iter().flat_map(|reason| reason.covers(difference)).collect();
        let waits: Vec<_> =
            pending.iter().filter(|place| matches(place, &difference.place)).copied().collect();
        match (found.as_slice(), waits.as_slice()) {
            ([place], _) => drop(needed.insert((Some(difference.what), *place))),
            ([], []) => faults.push(format!("{difference}: it has no reason")),
            ([], waits) => needed.extend(waits.iter().map(|place| (None, *place))),
            (several, _) => {
                faults.push(format!("{difference}: it has several reasons: {}", several.join(", ")));
            }
        }
    }
    let places =
        reasons.iter().flat_map(|reason| reason.places.iter().map(|place| (Some(reason.what), *place)));
    for (what, place) in places.chain(pending.iter().map(|place| (None, *place))) {
        if !needed.contains(&(what, place)) {
            let what = what.map_or("pending".to_owned(), |what| format!("{what:?}"));
            faults.push(format!("{place}: {what}: no difference needs it any longer"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::{Member, Surface, compare};

    const REASON: Reason = Reason { what: What::Missing, places: &["A.*"], why: "It is." };

    fn missing(places: &[&str]) -> Vec<Difference> {
        let theirs: Surface = places.iter().map(|place| ((*place).to_owned(), Member::Value(None))).collect();
        compare(&theirs, &Surface::new())
    }

    #[test]
    fn each_difference_has_a_reason() {
        assert_eq!(judge(&missing(&["A.b", "A.c"]), &[REASON], &[]), [""; 0]);
        assert_eq!(judge(&missing(&["A.b", "B.c"]), &[REASON], &[]), ["B.c: Missing: it has no reason"]);
        let other = Reason { what: What::Added, ..REASON };
        assert_eq!(judge(&missing(&["A.b"]), &[other], &[]).len(), 2);
    }

    #[test]
    fn reasons_are_sentences_that_fit_a_table() {
        for Reason { places, why, .. } in REASONS {
            assert!(!places.is_empty() && why.ends_with('.') && !why.contains('|'), "{places:?}: {why}");
        }
    }

    #[test]
    fn what_is_pending_needs_no_reason() {
        assert_eq!(judge(&missing(&["A.b"]), &[], &["A.*"]), [""; 0]);
        let nothing_pending = judge(&missing(&["A.b"]), &[REASON], &["A.*"]);
        assert_eq!(nothing_pending, ["A.*: pending: no difference needs it any longer"]);
        assert_eq!(judge(&[], &[], &["A.*"]), ["A.*: pending: no difference needs it any longer"]);
    }

    #[test]
    fn a_reason_is_needed_and_the_only_one() {
        assert_eq!(judge(&[], &[REASON], &[]), ["A.*: Missing: no difference needs it any longer"]);
        let other = Reason { places: &["A.b"], ..REASON };
        let two = judge(&missing(&["A.b", "A.c"]), &[REASON, other], &[]);
        let several = "A.b: Missing: it has several reasons: A.*, A.b";
        assert_eq!(two, [several, "A.b: Missing: no difference needs it any longer"]);
    }
}
