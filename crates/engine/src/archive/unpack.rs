//! Unpacking an archive that may be hostile: nothing is ever written outside of the target.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tar::{Archive, Entry, EntryType, Header};

use super::names::{self, Root};
use super::pipe::Source;
use super::sparse;
use crate::error::{Error, ErrorKind, Result};

/// What of a mode is kept: whose program it is or which group a folder hands on is of no use on another system.
const PERMISSIONS: u32 = 0o777;
const BLOCK: usize = 512;

/// How to unpack an archive.
#[derive(Clone, Debug)]
pub(crate) struct Unpacking {
    /// What its names begin with.
    pub(crate) root: Root,
    /// The file or folder that the root becomes. The folder that this is in exists, and no part of this path is a link.
    pub(crate) target: PathBuf,
    /// Makes symbolic links even if they lead out. Nothing is written through them in any case.
    pub(crate) outside_links: bool,
}

impl Unpacking {
    /// Unpacks an archive, and fails unless it is whole.
    ///
    /// # Errors
    ///
    /// When the archive is cut short or none, when an entry leads out of the target, or when a file cannot be written.
    pub(crate) fn run(self, source: Source) -> Result<()> {
        let mut archive = Archive::new(source);
        let mut unpacked = Unpacked { how: self, shared: None, folders: Vec::new(), checked: None };
        let mut empty = true;
        for entry in archive.entries().map_err(|error| broken(&error))? {
            empty = false;
            unpacked.take(&mut entry.map_err(|error| broken(&error))?)?;
        }
        unpacked.close_folders(None)?;
        // An engine that breaks off ends its answer as it does one that is whole.
        if empty || archive.into_inner().zeros() < BLOCK {
            return Err(broken(&io::Error::new(io::ErrorKind::UnexpectedEof, "it ended early")));
        }
        Ok(())
    }
}

fn broken(error: &io::Error) -> Error {
    Error::new(ErrorKind::StreamParseError, format!("the engine's archive is broken: {error}"))
}

/// What is set when all that belongs into a folder is there.
struct Folder {
    path: PathBuf,
    mode: u32,
    mtime: Option<SystemTime>,
}

/// What a file's header and its extensions say.
struct Described {
    name: PathBuf,
    /// The size of a file with holes, whose map stands before its data.
    unfolded: Option<u64>,
}

struct Unpacked {
    how: Unpacking,
    /// The part that all names begin with.
    shared: Option<OsString>,
    /// The folders that are being filled, each inside of the one before.
    folders: Vec<Folder>,
    /// A folder that was found to be one, as were all on the way to it.
    checked: Option<PathBuf>,
}

impl Unpacked {
    fn take(&mut self, entry: &mut Entry<'_, Source>) -> Result<()> {
        let kind = entry.header().entry_type();
        if kind == EntryType::XGlobalHeader {
            return Ok(());
        }
        let described = describe(entry).map_err(|error| broken(&error))?;
        let refused = |why: &str| {
            let words = format!("the archive's entry `{}` is refused: {why}", described.name.display());
            Error::new(ErrorKind::InvalidArgument, words)
        };
        let inside = self.below(&described.name).map_err(refused)?;
        let path = self.path(&inside);
        self.close_folders(Some(&path))?;
        self.way_to(&inside)?;
        let failed = |error: io::Error| Error::file(&path, &error);
        match kind {
            EntryType::Directory => {
                let new = make_folder(&path)?;
                // A folder whose contents were asked for gives nothing of its own to one that is there.
                if new || self.how.root != Root::Contents || !inside.as_os_str().is_empty() {
                    let mode = entry.header().mode().map_err(|error| broken(&error))?;
                    self.folders.push(Folder { path, mode, mtime: mtime(entry.header()) });
                }
                Ok(())
            }
            EntryType::Symlink => {
                let target =
                    entry.link_name().map_err(|error| broken(&error))?.unwrap_or_default().into_owned();
                if !self.how.outside_links && names::leads_out(&inside, &target) {
                    let target = target.display();
                    return Err(refused(&format!(
                        "it is a link to `{target}`, outside of what is copied; `outside_links` makes such links too"
                    )));
                }
                make_room(&path).map_err(failed)?;
                entry.unpack(&path).map(drop).map_err(failed)
            }
            EntryType::Link => {
                let target = entry.link_name().map_err(|error| broken(&error))?.unwrap_or_default();
                let first = self.below(&target).map_err(|why| {
                    refused(&format!("it is a hard link to `{}`, but {why}", target.display()))
                })?;
                if first == inside {
                    return Ok(());
                }
                self.way_to(&first)?;
                make_room(&path).and_then(|()| fs::hard_link(self.path(&first), &path)).map_err(failed)
            }
            EntryType::Char | EntryType::Block | EntryType::Fifo => {
                tracing::warn!(path = %path.display(), "not unpacked: neither file, folder nor link");
                Ok(())
            }
            EntryType::GNUSparse => {
                make_room(&path).map_err(failed)?;
                entry.set_mask(!PERMISSIONS);
                entry.unpack(&path).map(drop).map_err(failed)
            }
            _ => write(&path, entry, described.unfolded).map_err(failed),
        }
    }

    fn below(&mut self, name: &Path) -> Result<PathBuf, &'static str> {
        names::below(self.how.root, &mut self.shared, name)
    }

    fn path(&self, inside: &Path) -> PathBuf {
        // Joined with nothing, a path would get a slash at its end.
        if inside.as_os_str().is_empty() { self.how.target.clone() } else { self.how.target.join(inside) }
    }

    /// Makes sure that every part of the way to an entry is a folder and no link, and makes those that are missing.
    fn way_to(&mut self, inside: &Path) -> Result<()> {
        let Some(parent) = inside.parent() else { return Ok(()) };
        let parent = self.path(parent);
        if self.checked.as_ref() == Some(&parent) {
            return Ok(());
        }
        let mut way = self.how.target.clone();
        make_folder(&way)?;
        for part in inside.parent().into_iter().flat_map(Path::components) {
            way.push(part);
            make_folder(&way)?;
        }
        self.checked = Some(parent);
        Ok(())
    }

    /// Gives the folders that the next entry is not in their modes and times.
    fn close_folders(&mut self, next: Option<&Path>) -> Result<()> {
        while let Some(folder) =
            self.folders.pop_if(|folder| next.is_none_or(|next| !next.starts_with(&folder.path)))
        {
            let Folder { path, mode, mtime } = folder;
            settle_folder(&path, mode, mtime).map_err(|error| Error::file(&path, &error))?;
        }
        Ok(())
    }
}

/// The name and the size of an entry, which extensions of its header may hold.
fn describe(entry: &mut Entry<'_, Source>) -> io::Result<Described> {
    let mut described = Described { name: entry.path()?.into_owned(), unfolded: None };
    let mut version = [None, None];
    let Some(extensions) = entry.pax_extensions()? else { return Ok(described) };
    for extension in extensions {
        let extension = extension?;
        let value = String::from_utf8_lossy(extension.value_bytes());
        match extension.key_bytes() {
            b"GNU.sparse.major" => version[0] = Some(value.into_owned()),
            b"GNU.sparse.minor" => version[1] = Some(value.into_owned()),
            b"GNU.sparse.name" => described.name = PathBuf::from(value.into_owned()),
            b"GNU.sparse.realsize" => described.unfolded = value.parse().ok(),
            _ => {}
        }
    }
    match version.each_ref().map(Option::as_deref) {
        [None, None] => described.unfolded = None,
        [Some("1"), Some("0")] if described.unfolded.is_some() => {}
        _ => {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a sparse file in a form that is not known",
            ));
        }
    }
    Ok(described)
}

/// Makes a folder, unless it is there, and tells whether it did.
fn make_folder(path: &Path) -> Result<bool> {
    let made = match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => Ok(false),
        Ok(_) => {
            Err(io::Error::new(io::ErrorKind::NotADirectory, "not a folder, but the archive has one here"))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir(path).map(|()| true),
        Err(error) => Err(error),
    };
    made.map_err(|error| Error::file(path, &error))
}

/// Removes what is in an entry's place; a folder is no such thing.
fn make_room(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => {
            Err(io::Error::new(io::ErrorKind::IsADirectory, "a folder, but the archive has a file here"))
        }
        Ok(_) => fs::remove_file(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Writes a new file, so that what is in its place, perhaps a link, is not written to.
fn write(path: &Path, entry: &mut Entry<'_, Source>, unfolded: Option<u64>) -> io::Result<()> {
    make_room(path)?;
    let mut file = File::create_new(path)?;
    let size = entry.size();
    match unfolded {
        Some(size) => sparse::unfold(&mut file, &mut entry.by_ref(), size)?,
        None => sparse::fill(&mut file, &mut entry.by_ref(), size)?,
    }
    set_mode(&file, entry.header().mode()?)?;
    if let Some(mtime) = mtime(entry.header()) {
        file.set_modified(mtime)?;
    }
    Ok(())
}

fn mtime(header: &Header) -> Option<SystemTime> {
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(header.mtime().ok()?))
}

#[cfg(unix)]
fn set_mode(file: &File, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    file.set_permissions(fs::Permissions::from_mode(mode & PERMISSIONS))
}

#[cfg(not(unix))]
fn set_mode(_: &File, _: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn settle_folder(path: &Path, mode: u32, mtime: Option<SystemTime>) -> io::Result<()> {
    let folder = File::open(path)?;
    if let Some(mtime) = mtime {
        folder.set_modified(mtime)?;
    }
    set_mode(&folder, mode)
}

#[cfg(not(unix))]
fn settle_folder(_: &Path, _: u32, _: Option<SystemTime>) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
