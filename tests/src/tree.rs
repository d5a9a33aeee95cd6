//! Trees of files, to be compared.

use std::collections::BTreeMap;
use std::fs;
use std::io::Result;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// For each path inside of a tree its kind with its permissions, its time in seconds, and its content.
pub type Tree = BTreeMap<PathBuf, (u32, i64, Vec<u8>)>;

/// What a tree has.
///
/// # Errors
/// Something in it cannot be read.
pub fn of(root: &Path) -> Result<Tree> {
    let (mut found, mut folders) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            let metadata = fs::symlink_metadata(&path)?;
            let content = if metadata.is_dir() {
                folders.push(path.clone());
                Vec::new()
            } else if metadata.is_symlink() {
                fs::read_link(&path)?.into_os_string().into_encoded_bytes()
            } else {
                fs::read(&path)?
            };
            let inside = path.strip_prefix(root).unwrap_or(&path).to_owned();
            found.insert(inside, (metadata.mode(), metadata.mtime(), content));
        }
    }
    Ok(found)
}
