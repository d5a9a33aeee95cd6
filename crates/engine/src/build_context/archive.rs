//! Tar archives of a build's source, made while they are sent.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use bytes::{Bytes, BytesMut};
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::stream;
use tar::{Builder, EntryType, Header};
use tokio::sync::mpsc;

use super::ignore_file::IgnoreFile;
use crate::error::{Error, ErrorKind, Result};
use crate::stream::ByteStream;

/// A file that is put into the context beside those of the folder.
pub(super) struct Extra {
    pub(super) name: String,
    pub(super) text: Vec<u8>,
}

/// Whose the files of an archive are.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Owners {
    /// Root's: who owns the files here means nothing inside an image.
    Root,
    /// Those that own them here.
    Kept,
}

/// How much is sent at a time.
const CHUNK: usize = 64 * 1024;

/// An archive that holds only a Dockerfile.
pub(super) fn of_dockerfile(text: &[u8]) -> Result<ByteStream> {
    let mut builder = Builder::new(Vec::new());
    add_text(&mut builder, "Dockerfile", text)?;
    let archive = builder.into_inner().map_err(|error| Error::new(ErrorKind::IOError, error.to_string()))?;
    Ok(crate::stream::once(archive))
}

/// An archive of a folder, read while it is sent.
pub(super) fn of_folder(
    folder: PathBuf,
    ignored: IgnoreFile,
    extra: Vec<Extra>,
    gzip: bool,
    owners: Owners,
) -> ByteStream {
    let (sender, receiver) = mpsc::channel(4);
    tokio::task::spawn_blocking(move || {
        let sink = ChannelWriter { sender: sender.clone(), buffer: BytesMut::new() };
        let result = if gzip {
            write(GzEncoder::new(sink, Compression::default()), &folder, &ignored, extra, owners)
                .and_then(|encoder| encoder.finish().map_err(|error| Error::file(&folder, &error)))
        } else {
            write(sink, &folder, &ignored, extra, owners)
        };
        let result = result.and_then(|mut sink| sink.flush().map_err(|error| Error::file(&folder, &error)));
        if let Err(error) = result {
            // Nobody listens any more when the request has ended: then nobody needs the error either.
            let _ = sender.blocking_send(Err(error));
        }
    });
    Box::pin(stream::unfold(receiver, |mut receiver| async move {
        let chunk = receiver.recv().await?;
        Some((chunk, receiver))
    }))
}

fn write<W: Write>(
    sink: W,
    folder: &Path,
    ignored: &IgnoreFile,
    extra: Vec<Extra>,
    owners: Owners,
) -> Result<W> {
    let mut builder = Builder::new(sink);
    add_folder(&mut builder, folder, Path::new(""), ignored, owners)?;
    // Behind the folder, since of two entries with one name the engine takes the last.
    for Extra { name, text } in extra {
        add_text(&mut builder, &name, &text)?;
    }
    builder.into_inner().map_err(|error| Error::file(folder, &error))
}

fn add_folder<W: Write>(
    builder: &mut Builder<W>,
    root: &Path,
    below: &Path,
    ignored: &IgnoreFile,
    owners: Owners,
) -> Result<()> {
    let folder = if below.as_os_str().is_empty() { root.to_owned() } else { root.join(below) };
    let failed = |error: io::Error| Error::file(&folder, &error);
    let mut names = fs::read_dir(&folder)
        .map_err(failed)?
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect::<io::Result<Vec<_>>>()
        .map_err(failed)?;
    names.sort();
    for name in names {
        let inner = below.join(name);
        let path = root.join(&inner);
        let metadata = fs::symlink_metadata(&path).map_err(|error| Error::file(&path, &error))?;
        if !ignored.wants(root, &inner) {
            continue;
        }
        add(builder, &path, &inner, &metadata, owners).map_err(|error| Error::file(&path, &error))?;
        if metadata.is_dir() {
            add_folder(builder, root, &inner, ignored, owners)?;
        }
    }
    Ok(())
}

fn add<W: Write>(
    builder: &mut Builder<W>,
    path: &Path,
    inner: &Path,
    metadata: &fs::Metadata,
    owners: Owners,
) -> io::Result<()> {
    let mut header = Header::new_gnu();
    header.set_metadata(metadata);
    if owners == Owners::Root {
        header.set_uid(0);
        header.set_gid(0);
    }
    if metadata.is_symlink() {
        header.set_size(0);
        return builder.append_link(&mut header, inner, fs::read_link(path)?);
    }
    if metadata.is_dir() {
        header.set_size(0);
        return builder.append_data(&mut header, inner, io::empty());
    }
    if !metadata.is_file() {
        // Sockets and the like cannot be part of an image.
        return Ok(());
    }
    header.set_entry_type(EntryType::Regular);
    header.set_size(metadata.len());
    builder.append_data(&mut header, inner, Exactly { source: File::open(path)?, left: metadata.len() })
}

fn add_text<W: Write>(builder: &mut Builder<W>, name: &str, text: &[u8]) -> Result<()> {
    let mut header = Header::new_gnu();
    header.set_size(text.len() as u64);
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    builder.append_data(&mut header, name, text).map_err(|error| Error::file(Path::new(name), &error))
}

/// Reads as many bytes as were promised, or fails: a file that shrinks would garble the archive.
struct Exactly {
    source: File,
    left: u64,
}

impl Read for Exactly {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let count = self.source.read(&mut buffer[..most])?;
        if count == 0 && most > 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file shrank while it was read"));
        }
        self.left -= count as u64;
        Ok(count)
    }
}

/// Hands what is written to the request, a chunk at a time.
struct ChannelWriter {
    sender: mpsc::Sender<Result<Bytes>>,
    buffer: BytesMut,
}

impl Write for ChannelWriter {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(data);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let ended = |_| io::Error::new(io::ErrorKind::BrokenPipe, "the request ended");
        self.sender.blocking_send(Ok(self.buffer.split().freeze())).map_err(ended)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    async fn read(archive: ByteStream) -> BTreeMap<String, (u32, Vec<u8>)> {
        let bytes = crate::stream::collect(archive).await.unwrap();
        let mut archive = tar::Archive::new(&bytes[..]);
        let entries = archive.entries().unwrap().map(|entry| {
            let mut entry = entry.unwrap();
            let mut text = Vec::new();
            entry.read_to_end(&mut text).unwrap();
            (
                entry.path().unwrap().to_string_lossy().into_owned(),
                (entry.header().mode().unwrap() & 0o777, text),
            )
        });
        entries.collect()
    }

    #[tokio::test]
    async fn holds_the_folder_without_what_is_ignored() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("src/deep")).unwrap();
        let long = format!("src/deep/{}", "n".repeat(180));
        for (name, text) in [("Dockerfile", "FROM x"), ("src/a", "A"), ("skip.log", "S"), (&long, "L")] {
            fs::write(root.join(name), text).unwrap();
        }
        fs::write(root.join(".dockerignore"), "*.log\nDockerfile\n").unwrap();
        std::os::unix::fs::symlink("src/a", root.join("link")).unwrap();

        let ignored =
            IgnoreFile::read(root, &root.join("Dockerfile")).await.unwrap().keep(["Dockerfile".to_owned()]);
        let extra = Extra { name: ".dockerfile.1".to_owned(), text: b"FROM y".to_vec() };
        let entries = read(of_folder(root.to_owned(), ignored, vec![extra], false, Owners::Root)).await;
        let names: Vec<_> = entries.keys().map(|name| name.trim_end_matches('/')).collect();
        assert_eq!(
            names,
            [".dockerfile.1", ".dockerignore", "Dockerfile", "link", "src", "src/a", "src/deep", &long]
        );
        assert_eq!(entries["src/a"].1, b"A");
    }

    #[tokio::test]
    async fn a_folder_that_is_gone_is_an_error_with_its_path() {
        let archive = of_folder(
            PathBuf::from("/nonexistent/folder"),
            IgnoreFile::default(),
            Vec::new(),
            false,
            Owners::Root,
        );
        let error = crate::stream::collect(archive).await.unwrap_err();
        assert!(error.to_string().starts_with("/nonexistent/folder: "), "{error}");
    }
}
