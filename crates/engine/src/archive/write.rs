//! Making an archive of files.

use std::fs::{self, File, Metadata};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use tar::{Builder, EntryType, Header};

use super::sparse;
use crate::error::{Error, ErrorKind, Result};

/// How much of a large file is read at once; tar itself asks for far less.
const READ: usize = 256 * 1024;

/// The longest link's target that a header holds.
const LINK: usize = 100;

/// Whom the files in the archive belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owners {
    /// Root's: who owns the files here means nothing elsewhere.
    Root,
    /// Those that they belong to here, by their numbers.
    Kept,
}

/// What to do with a file or folder of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// It becomes part of the archive.
    pub(crate) take: bool,
    /// If it is a folder, what is inside is looked at.
    pub(crate) descend: bool,
}

impl Choice {
    /// Everything.
    pub(crate) const ALL: Self = Self { take: true, descend: true };
}

/// Writes an archive.
pub(crate) struct Writer<W: Write> {
    builder: Builder<W>,
    owners: Owners,
    #[cfg(unix)]
    linked: std::collections::HashMap<(u64, u64), PathBuf>,
}

impl<W: Write> Writer<W> {
    pub(crate) fn new(sink: W, owners: Owners) -> Self {
        Self {
            builder: Builder::new(sink),
            owners,
            #[cfg(unix)]
            linked: std::collections::HashMap::new(),
        }
    }

    /// Adds what is inside of a folder, below a name, in the order of the names. The choice is made by the path below
    /// the folder.
    pub(crate) fn add_contents(
        &mut self,
        folder: &Path,
        name: &Path,
        choose: &impl Fn(&Path) -> Choice,
    ) -> Result<()> {
        self.add_below(folder, name, Path::new(""), choose)
    }

    fn add_below(
        &mut self,
        root: &Path,
        name: &Path,
        below: &Path,
        choose: &impl Fn(&Path) -> Choice,
    ) -> Result<()> {
        let folder = if below.as_os_str().is_empty() { root.to_owned() } else { root.join(below) };
        let failed = |error: io::Error| Error::file(&folder, &error);
        let mut names = fs::read_dir(&folder)
            .map_err(failed)?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<io::Result<Vec<_>>>()
            .map_err(failed)?;
        names.sort();
        for part in names {
            let inner = below.join(part);
            let path = root.join(&inner);
            let metadata = fs::symlink_metadata(&path).map_err(|error| Error::file(&path, &error))?;
            let choice = choose(&inner);
            if choice.take {
                self.add(&path, &name.join(&inner), &metadata)?;
            }
            if metadata.is_dir() && choice.descend {
                self.add_below(root, name, &inner, choose)?;
            }
        }
        Ok(())
    }

    /// Adds a file, a link, or a folder without what is inside. What is none of these, such as a socket, is left out.
    pub(crate) fn add(&mut self, path: &Path, name: &Path, metadata: &Metadata) -> Result<()> {
        self.add_one(path, name, metadata).map_err(|error| Error::file(path, &error))
    }

    fn add_one(&mut self, path: &Path, name: &Path, metadata: &Metadata) -> io::Result<()> {
        if metadata.is_symlink() {
            return self.add_link(&self.header(metadata), name, &fs::read_link(path)?);
        }
        if metadata.is_dir() {
            let mut header = self.header(metadata);
            header.set_size(0);
            return self.builder.append_data(&mut header, name, io::empty());
        }
        if !metadata.is_file() {
            tracing::warn!(path = %path.display(), "left out of the archive: neither file, folder nor link");
            return Ok(());
        }
        if let Some(first) = self.linked(metadata, name) {
            let mut header = self.header(metadata);
            header.set_entry_type(EntryType::Link);
            return self.add_link(&header, name, &first);
        }
        let file = File::open(path)?;
        let metadata = file.metadata()?;
        let mut header = self.header(&metadata);
        let size = metadata.len();
        let Some(stretches) = sparse::stretches(&file, &metadata) else {
            header.set_size(size);
            let most = usize::try_from(size).map_or(READ, |size| size.min(READ));
            let data = BufReader::with_capacity(most, sparse::Reader::whole(file, size));
            return self.builder.append_data(&mut header, name, data);
        };
        self.builder.append_pax_extensions([
            ("GNU.sparse.major", &b"1"[..]),
            ("GNU.sparse.minor", b"0"),
            ("GNU.sparse.realsize", size.to_string().as_bytes()),
        ])?;
        let map = sparse::map(&stretches, size);
        header.set_size(map.len() as u64 + sparse::length(&stretches));
        self.builder.append_data(&mut header, name, map.chain(sparse::Reader::of(file, stretches)))
    }

    /// Adds a file of these bytes.
    pub(crate) fn add_bytes(&mut self, name: &Path, bytes: &[u8], mode: u32, mtime: u64) -> Result<()> {
        let mut header = Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(mode);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(mtime);
        self.builder.append_data(&mut header, name, bytes).map_err(|error| Error::file(name, &error))
    }

    /// Ends the archive and gives back what it was written to.
    pub(crate) fn finish(self) -> Result<W> {
        self.builder.into_inner().map_err(|error| Error::new(ErrorKind::IOError, error.to_string()))
    }

    fn header(&self, metadata: &Metadata) -> Header {
        let mut header = Header::new_gnu();
        header.set_metadata(metadata);
        if self.owners == Owners::Root {
            header.set_uid(0);
            header.set_gid(0);
        }
        header
    }

    /// Adds a symbolic or hard link whose target stays as it is written.
    fn add_link(&mut self, header: &Header, name: &Path, target: &Path) -> io::Result<()> {
        let mut header = header.clone();
        header.set_size(0);
        let target = target.as_os_str().as_encoded_bytes();
        if target.len() <= LINK {
            header.set_link_name_literal(target)?;
        } else {
            let mut long = Header::new_gnu();
            long.set_path("././@LongLink")?;
            long.set_entry_type(EntryType::GNULongLink);
            long.set_mode(0o644);
            long.set_size(target.len() as u64 + 1);
            long.set_cksum();
            self.builder.append(&long, target.chain(&[0][..]))?;
        }
        self.builder.append_data(&mut header, name, io::empty())
    }

    /// The name under which a file with several names is in the archive already.
    #[cfg(unix)]
    fn linked(&mut self, metadata: &Metadata, name: &Path) -> Option<PathBuf> {
        use std::os::unix::fs::MetadataExt;

        // In a build's source, of which steps copy parts, each file stands by itself.
        if metadata.nlink() < 2 || self.owners == Owners::Root {
            return None;
        }
        let file = (metadata.dev(), metadata.ino());
        let first = self.linked.get(&file).cloned();
        if first.is_none() {
            self.linked.insert(file, name.to_owned());
        }
        first
    }

    #[cfg(not(unix))]
    fn linked(&mut self, _: &Metadata, _: &Path) -> Option<PathBuf> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_vanishes_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gone");
        fs::write(&path, "x").unwrap();
        let metadata = fs::symlink_metadata(&path).unwrap();
        fs::remove_file(&path).unwrap();
        let mut writer = Writer::new(Vec::new(), Owners::Kept);
        let error = writer.add(&path, Path::new("gone"), &metadata).unwrap_err();
        assert!(error.to_string().starts_with(&format!("{}: ", path.display())), "{error}");
    }

    #[test]
    fn leaves_out_what_is_not_chosen_and_what_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::create_dir(root.join("closed")).unwrap();
        for name in ["a/b/in", "closed/in", "skip"] {
            fs::write(root.join(name), "x").unwrap();
        }
        let _socket = std::os::unix::net::UnixListener::bind(root.join("socket")).unwrap();
        let mut writer = Writer::new(Vec::new(), Owners::Root);
        let choose =
            |inner: &Path| Choice { take: inner != Path::new("skip"), descend: !inner.ends_with("closed") };
        writer.add_contents(root, Path::new("top"), &choose).unwrap();
        let bytes = writer.finish().unwrap();
        let mut archive = tar::Archive::new(&bytes[..]);
        let entries = archive.entries().unwrap().map(|entry| {
            let entry = entry.unwrap();
            assert_eq!((entry.header().uid().unwrap(), entry.header().gid().unwrap()), (0, 0));
            entry.path().unwrap().into_owned()
        });
        let expected = ["top/a", "top/a/b", "top/a/b/in", "top/closed"].map(PathBuf::from);
        assert_eq!(entries.collect::<Vec<_>>(), expected);
    }
}
