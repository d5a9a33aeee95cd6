//! The files of contexts, written so that nobody finds half of one.

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Serializer, Value};

use crate::error::{Error, Result};

fn failed(path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |error| Error::file(path, &error)
}

/// The names in a folder, which need not be there.
pub(super) fn entries(folder: &Path) -> Result<Vec<OsString>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<io::Result<_>>()
            .map_err(failed(folder)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Error::file(folder, &error)),
    }
}

/// Makes a folder that everyone may read.
pub(super) fn make(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(failed(folder))
}

/// Makes a folder that nobody else may read.
pub(super) fn make_private(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder).map_err(failed(folder))
}

/// Removes a folder with all that is in it, if it is there.
pub(super) fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::file(folder, &error)),
        _ => Ok(()),
    }
}

/// Copies a file to where nobody else may read it; without one, none is left there.
pub(super) fn copy_private(source: Option<&str>, target: &Path) -> Result<()> {
    let Some(source) = source.map(Path::new) else {
        return match fs::remove_file(target) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::file(target, &error)),
            _ => Ok(()),
        };
    };
    replace(target, &fs::read(source).map_err(failed(source))?, 0o600)
}

/// Puts a new file in the place of another, whose owner and mode it keeps; a new one gets `mode`.
pub(super) fn replace(path: &Path, content: &[u8], mode: u32) -> Result<()> {
    // What a link leads to is replaced, not the link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_owned);
    let write = || -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(".moondock-").tempfile_in(&folder)?;
        file.write_all(content)?;
        let kept = fs::metadata(&path).ok();
        dress(file.path(), kept.as_ref(), mode)?;
        file.as_file().sync_all()?;
        file.persist(&path)?;
        Ok(())
    };
    write().map_err(failed(&path))
}

#[cfg(unix)]
fn dress(file: &Path, kept: Option<&fs::Metadata>, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    if let Some(kept) = kept {
        // Only root can give files away; to others they belong already.
        let _ = chown(file, Some(kept.uid()), Some(kept.gid()));
    }
    fs::set_permissions(file, kept.map_or_else(|| Permissions::from_mode(mode), fs::Metadata::permissions))
}

#[cfg(not(unix))]
fn dress(file: &Path, kept: Option<&fs::Metadata>, _mode: u32) -> io::Result<()> {
    kept.map_or(Ok(()), |kept: &fs::Metadata| -> io::Result<()> {
        let permissions: Permissions = kept.permissions();
        fs::set_permissions(file, permissions)
    })
}

/// Changes a configuration file and leaves its order and indentation.
pub(super) fn edit(path: &Path, change: impl FnOnce(&mut Map<String, Value>)) -> Result<()> {
    let old = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        result => result.map_err(failed(path))?,
    };
    let mut config = match serde_json::from_str(&old) {
        Ok(config) => config,
        Err(_) if old.trim().is_empty() => Map::new(),
        Err(error) => {
            let words = format!("{}: {error}", path.display());
            return Err(Error::new(crate::ErrorKind::InvalidConfigFile, words));
        }
    };
    let before = config.clone();
    change(&mut config);
    if config == before {
        return Ok(());
    }
    let mut new = Vec::new();
    let indent = indentation(&old);
    let formatter = serde_json::ser::PrettyFormatter::with_indent(indent.as_bytes());
    serde::Serialize::serialize(&config, &mut Serializer::with_formatter(&mut new, formatter))
        .map_err(|error| Error::file(path, &error.into()))?;
    if old.ends_with('\n') {
        new.push(b'\n');
    }
    if let Some(folder) = path.parent() {
        make_private(folder)?;
    }
    replace(path, &new, 0o600)
}

/// What the first indented line begins with; a tab, as the docker CLI writes, where there is none.
fn indentation(text: &str) -> &str {
    text.lines()
        .map(|line| &line[..line.len() - line.trim_start().len()])
        .find(|indent| !indent.is_empty())
        .unwrap_or("\t")
}
