//! The systems that throwaway engines come from.

use std::convert::Infallible;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Names the system whose engine tests start, where that is not this machine's dockerd.
pub const TEST_SYSTEM: &str = "MOONDOCK_TEST_SYSTEM";

const MACHINE: &str = "machine";
const PODMAN: &str = "podman";

/// The system that a throwaway engine comes from. As text it is `machine`, `podman`, or the root of another system.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum System {
    /// This machine's dockerd.
    #[default]
    Machine,
    /// The dockerd of another system, whose root this is.
    Tree(PathBuf),
    /// This machine's podman, which serves Docker's API.
    Podman,
}

impl System {
    /// The system that [`TEST_SYSTEM`] names.
    pub(super) fn of_environment() -> Self {
        std::env::var(TEST_SYSTEM).map_or_else(|_| Self::default(), |text| text.parse().unwrap_or_default())
    }
}

impl fmt::Display for System {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Machine => formatter.write_str(MACHINE),
            Self::Tree(root) => root.display().fmt(formatter),
            Self::Podman => formatter.write_str(PODMAN),
        }
    }
}

impl FromStr for System {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            MACHINE => Self::Machine,
            PODMAN => Self::Podman,
            root => Self::Tree(root.into()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_told_by_its_text() {
        for system in [System::Machine, System::Podman, System::Tree("/target/engines/sid".into())] {
            assert_eq!(system.to_string().parse(), Ok(system));
        }
    }
}
