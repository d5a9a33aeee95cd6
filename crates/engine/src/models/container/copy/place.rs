//! Where a copy lands.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// Where a copy lands, seen from the path that was given for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Landing {
    /// In the folder that the path is, under its own name.
    Inside,
    /// At the path.
    At,
}

/// The rules of `docker cp`. A path may exist, as a folder or not.
pub(super) fn landing(
    path: &str,
    existing: Option<bool>,
    source_is_folder: bool,
    means_folder: bool,
) -> Result<Landing> {
    match existing {
        Some(true) => Ok(Landing::Inside),
        Some(false) if source_is_folder => Err(Error::new(
            ErrorKind::InvalidArgument,
            format!("`{path}` is no folder, so a folder cannot be copied there"),
        )),
        None if means_folder && !source_is_folder => Err(Error::new(
            ErrorKind::InvalidArgument,
            format!("there is no folder `{path}`; without the slash at its end the file would get that name"),
        )),
        Some(false) | None => Ok(Landing::At),
    }
}

/// Whether a path can only be a folder's, by its end.
pub(super) fn means_folder(path: &str) -> bool {
    path == "." || path.ends_with('/') || path.ends_with("/.")
}

/// The folder and the name of a path in a container that does not exist or is a file.
pub(super) fn split(path: &str) -> Result<(String, &str)> {
    let mut whole = path;
    while let Some(shorter) = whole.strip_suffix('/').or_else(|| whole.strip_suffix("/.")) {
        whole = shorter;
    }
    let (folder, name) = whole.rsplit_once('/').unwrap_or(("", whole));
    if matches!(name, "" | "." | "..") {
        let words = format!("`{path}` is no path that a file or folder of a container can have");
        return Err(Error::new(ErrorKind::InvalidArgument, words));
    }
    Ok((format!("{folder}/"), name))
}

/// The path on this machine at which something from a container becomes a file or folder. What has no name of its own
/// is the contents of a folder.
pub(super) fn here(path: &Path, source_is_folder: bool, name: Option<&str>) -> Result<PathBuf> {
    let failed = |path: &Path, error: &io::Error| Error::file(path, error);
    let existing = match fs::metadata(path) {
        Ok(metadata) => Some(metadata.is_dir()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(path, &error)),
    };
    let shown = path.to_string_lossy();
    let real = |path: &Path| fs::canonicalize(path).map_err(|error| failed(path, &error));
    match landing(&shown, existing, source_is_folder, means_folder(&shown))? {
        Landing::Inside => {
            let folder = real(path)?;
            Ok(name.map_or(folder.clone(), |name| folder.join(name)))
        }
        Landing::At if existing.is_some() => real(path),
        Landing::At => {
            let name = path.file_name().ok_or_else(|| failed(path, &io::ErrorKind::NotFound.into()))?;
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            Ok(real(folder.unwrap_or(Path::new(".")))?.join(name))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_docker_cps_rules() {
        for (existing, source_is_folder, means_folder, expected) in [
            (Some(true), true, false, Some(Landing::Inside)),
            (Some(true), false, true, Some(Landing::Inside)),
            (Some(false), true, false, None),
            (Some(false), false, false, Some(Landing::At)),
            (None, true, false, Some(Landing::At)),
            (None, true, true, Some(Landing::At)),
            (None, false, true, None),
            (None, false, false, Some(Landing::At)),
        ] {
            let landed = landing("/x", existing, source_is_folder, means_folder);
            assert_eq!(landed.ok(), expected, "{existing:?} {source_is_folder} {means_folder}");
        }
    }

    #[test]
    fn splits_paths_of_containers() {
        for (path, folder, name) in [
            ("/a/b", "/a/", "b"),
            ("/b", "/", "b"),
            ("b", "/", "b"),
            ("a/b/", "a/", "b"),
            ("/a/b/./", "/a/", "b"),
            ("/a b/.c", "/a b/", ".c"),
        ] {
            assert_eq!(split(path).unwrap(), (folder.to_owned(), name), "{path}");
        }
        for path in ["", "/", ".", "..", "/a/..", "//./"] {
            assert!(split(path).is_err(), "{path}");
        }
    }

    #[test]
    fn lands_on_this_machine() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir(root.join("d")).unwrap();
        fs::write(root.join("f"), "").unwrap();
        std::os::unix::fs::symlink("d", root.join("l")).unwrap();
        let place = |path: &str, source_is_folder, name| here(&root.join(path), source_is_folder, name);
        assert_eq!(place("d", false, Some("x")).unwrap(), root.join("d/x"));
        assert_eq!(place("l", true, Some("x")).unwrap(), root.join("d/x"));
        assert_eq!(place("d", true, None).unwrap(), root.join("d"));
        assert_eq!(place("f", false, Some("x")).unwrap(), root.join("f"));
        assert_eq!(place("new", false, Some("x")).unwrap(), root.join("new"));
        assert_eq!(place("new/", true, Some("x")).unwrap(), root.join("new"));
        for (path, source_is_folder, words) in
            [("f", true, "no folder"), ("new/", false, "no folder"), ("no/new", false, "no: ")]
        {
            let error = place(path, source_is_folder, Some("x")).unwrap_err();
            assert!(error.to_string().contains(words), "{path}: {error}");
        }
    }
}
