//! What some engine cannot do, and what it does instead: the one place that tests and docs/engines.md know it from.

use super::Edition;

mod table;

pub use table::*;

/// What some engine cannot do.
#[derive(Debug, PartialEq, Eq)]
pub struct Ability {
    /// The name of its constant.
    pub name: &'static str,
    /// What can be done, in words that go on after "cannot".
    pub what: &'static str,
    /// The engines that cannot.
    pub lacking: &'static [Lack],
}

/// That an engine cannot do something.
#[derive(Debug, PartialEq, Eq)]
pub struct Lack {
    /// The engine.
    pub edition: Edition,
    /// What happens instead, as a sentence.
    pub instead: &'static str,
    /// What the failure of a test that needs the ability says of that.
    pub sign: &'static str,
}

/// The [`sign`](Lack::sign) of what never ends.
pub const NO_END: &str = "did not end";

impl Ability {
    /// How an engine lacks it, if it does.
    pub fn lack(&self, edition: Edition) -> Option<&'static Lack> {
        self.lacking.iter().find(|lack| lack.edition == edition)
    }
}

impl Lack {
    /// Judges a test that needs the ability, on an engine that lacks it, by what it failed with.
    ///
    /// # Errors
    /// It passed, or failed with something else.
    pub fn judge(&self, ability: &Ability, failure: Option<&str>) -> Result<(), String> {
        self.judge_by(self.sign, ability, failure)
    }

    /// Does what [`judge`](Self::judge) does, for a test that shows the lack by a sign of its own.
    ///
    /// # Errors
    /// As [`judge`](Self::judge).
    pub fn judge_by(&self, sign: &str, ability: &Ability, failure: Option<&str>) -> Result<(), String> {
        let (engine, what) = (self.edition.name(), ability.what);
        match failure {
            None => Err(format!("{engine} can after all {what}: take that out of the table of abilities")),
            Some(failure) if failure.contains(sign) => Ok(()),
            Some(failure) => Err(format!(
                "{engine} cannot {what}, but not as the table of abilities has it, by {sign:?}: {failure}"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lack_must_show_as_the_table_has_it() {
        let lack = &Lack { edition: Edition::Podman, instead: "It answers 404.", sign: "404" };
        let ability = Ability {
            name: "FLY",
            what: "fly",
            lacking: &[Lack { edition: Edition::Podman, instead: "", sign: "" }],
        };
        assert!(ability.lack(Edition::Podman).is_some() && ability.lack(Edition::Docker20).is_none());
        assert_eq!(lack.judge(&ability, Some("404 Not Found")), Ok(()));
        assert!(lack.judge(&ability, None).unwrap_err().contains("podman can after all fly"));
        assert!(lack.judge(&ability, Some("500")).unwrap_err().contains("500"));
    }

    #[test]
    fn every_entry_says_something() {
        for ability in ABILITIES {
            let mut told = ability.lacking.iter();
            assert!(!ability.what.ends_with('.') && !ability.lacking.is_empty(), "{ability:?}");
            assert!(told.all(|lack| lack.instead.ends_with('.') && !lack.sign.is_empty()), "{ability:?}");
        }
    }

    #[test]
    fn every_entry_is_seen_by_a_test() {
        let mut texts = String::new();
        for folder in ["crates/engine/tests/real", "tests/tests"] {
            for file in std::fs::read_dir(crate::binary::root().join(folder)).unwrap() {
                texts += &std::fs::read_to_string(file.unwrap().path()).unwrap_or_default();
            }
        }
        for ability in ABILITIES {
            assert!(texts.contains(&format!("abilities::{},", ability.name)), "{}", ability.name);
        }
    }
}
