//! Names inside of archives, which may be hostile.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

/// What the names of an archive begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    /// All with the same first part, the name of what was packed, which engines do not agree on for links.
    Shared,
    /// With the names of a folder's contents; those of `/` begin with a slash.
    Contents,
}

/// Whether this is one name, which leads nowhere else.
pub(crate) fn is_plain(name: &Path) -> bool {
    let mut components = name.components();
    let first = components.next();
    matches!(first, Some(Component::Normal(first)) if first == name.as_os_str()) && fits_here(name)
}

/// Where an entry goes, below the target; empty for the target itself. The first part of names is remembered where all
/// share it.
pub(super) fn below(root: Root, shared: &mut Option<OsString>, name: &Path) -> Result<PathBuf, &'static str> {
    let mut parts = Vec::new();
    for component in name.components() {
        match component {
            Component::Normal(part) => parts.push(part),
            Component::CurDir => {}
            Component::RootDir if root == Root::Contents => {}
            Component::RootDir | Component::Prefix(_) => return Err("its name is absolute"),
            Component::ParentDir => return Err("its name leads out by `..`"),
        }
    }
    let inside = match (root, parts.split_first()) {
        (Root::Contents, _) => parts.iter().collect(),
        (Root::Shared, Some((first, rest))) if shared.get_or_insert_with(|| (*first).to_owned()) == first => {
            rest.iter().collect::<PathBuf>()
        }
        (Root::Shared, _) => return Err("it does not belong to what was asked for"),
    };
    if fits_here(&inside) { Ok(inside) } else { Err("its name leads elsewhere on this system") }
}

/// On Windows a colon leads to another drive or into a stream of a file.
fn fits_here(name: &Path) -> bool {
    !cfg!(windows) || !name.as_os_str().to_string_lossy().contains(':')
}

/// Whether a symbolic link leads, or may lead, out of the folder that it is in, or out of the tree that it is part of.
/// A `..` behind a name counts, for the name may be a link itself.
pub(super) fn leads_out(inside: &Path, target: &Path) -> bool {
    let mut depth = inside.components().count().saturating_sub(1);
    let mut descended = false;
    for component in target.components() {
        match component {
            Component::CurDir => {}
            Component::Normal(_) => descended = true,
            Component::ParentDir if !descended && depth > 0 => depth -= 1,
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return true,
        }
    }
    !fits_here(target)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn below(root: Root, name: &str) -> Result<PathBuf, &'static str> {
        super::below(root, &mut Some("b".into()), Path::new(name))
    }

    #[test]
    fn strips_the_root() {
        for (root, name, inside) in [
            (Root::Shared, "b", ""),
            (Root::Shared, "b/", ""),
            (Root::Shared, "./b/x//y/", "x/y"),
            (Root::Contents, "./", ""),
            (Root::Contents, "./x/./y", "x/y"),
            (Root::Contents, "/x", "x"),
        ] {
            assert_eq!(below(root, name), Ok(PathBuf::from(inside)), "{name}");
        }
    }

    #[test]
    fn refuses_names_that_lead_elsewhere() {
        for (root, name, words) in [
            (Root::Shared, "../b/x", ".."),
            (Root::Shared, "b/../../x", ".."),
            (Root::Shared, "b/x/..", ".."),
            (Root::Shared, "/b/x", "absolute"),
            (Root::Shared, "c/x", "belong"),
            (Root::Shared, "bb", "belong"),
            (Root::Shared, "./", "belong"),
            (Root::Contents, "x/../y", ".."),
            (Root::Contents, "/../y", ".."),
        ] {
            let why = below(root, name).unwrap_err();
            assert!(why.contains(words), "{name}: {why}");
        }
    }

    #[test]
    fn the_first_name_is_the_others_too() {
        let mut shared = None;
        let mut below = |name: &str| super::below(Root::Shared, &mut shared, Path::new(name));
        assert_eq!(below("a"), Ok(PathBuf::new()));
        assert_eq!(below("a/x"), Ok(PathBuf::from("x")));
        assert!(below("b").is_err());
    }

    #[test]
    fn tells_links_that_lead_out() {
        for (inside, target, out) in [
            ("l", "x", false),
            ("l", "./x/y", false),
            ("a/l", "../x", false),
            ("a/b/l", "../..", false),
            ("", "x", false),
            ("l", "..", true),
            ("a/l", "../../x", true),
            ("", "../x", true),
            ("a/l", "/etc/passwd", true),
            ("a/b/l", "d/../x", true),
        ] {
            assert_eq!(leads_out(Path::new(inside), Path::new(target)), out, "{inside} -> {target}");
        }
    }

    #[test]
    fn a_plain_name_is_one() {
        assert!(is_plain(Path::new("a b.txt")));
        for name in ["", ".", "..", "/", "a/", "a/b", "/a", "./a"] {
            assert!(!is_plain(Path::new(name)), "{name}");
        }
    }

    proptest! {
        #[test]
        fn what_is_inside_stays_inside(name in "[./ab]{0,12}", contents in any::<bool>()) {
            let root = if contents { Root::Contents } else { Root::Shared };
            if let Ok(inside) = super::below(root, &mut None, Path::new(&name)) {
                prop_assert!(inside.components().all(|part| matches!(part, Component::Normal(_))));
            }
        }

        #[test]
        fn links_that_stay_resolve_inside(inside in "[ab](/[ab]){0,3}", target in "[./ab]{1,12}") {
            let (inside, target) = (Path::new(&inside), Path::new(&target));
            if !leads_out(inside, target) {
                let mut place: Vec<_> = inside.parent().into_iter().flat_map(Path::components).collect();
                for part in target.components() {
                    match part {
                        Component::ParentDir => prop_assert!(place.pop().is_some()),
                        Component::Normal(_) => place.push(part),
                        Component::CurDir => {}
                        Component::RootDir | Component::Prefix(_) => prop_assert!(false, "absolute"),
                    }
                }
            }
        }
    }
}
