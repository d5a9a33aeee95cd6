//! The folders that cases build images from.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use super::folder;

/// Copies the contexts to a folder, with modes that do not depend on how the repository was checked out.
///
/// # Errors
///
/// When something cannot be read or written.
pub fn lay(target: &Path) -> io::Result<()> {
    copy(&folder().join("contexts"), target)
}

fn copy(source: &Path, target: &Path) -> io::Result<()> {
    fs::create_dir_all(target)?;
    fs::set_permissions(target, Permissions::from_mode(0o755))?;
    for entry in fs::read_dir(source)? {
        let entry = entry?;
        let target = target.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy(&entry.path(), &target)?;
        } else if kind.is_symlink() {
            symlink(fs::read_link(entry.path())?, &target)?;
        } else {
            fs::copy(entry.path(), &target)?;
            let executable = target.extension().is_some_and(|suffix| suffix == "sh");
            fs::set_permissions(&target, Permissions::from_mode(if executable { 0o755 } else { 0o644 }))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_always_the_same() {
        let target = tempfile::tempdir().unwrap();
        lay(target.path()).unwrap();
        let mode = |path: &str| fs::metadata(target.path().join(path)).unwrap().permissions().mode() & 0o7777;
        assert_eq!((mode("small"), mode("small/Dockerfile"), mode("small/run.sh")), (0o755, 0o644, 0o755));
    }
}
