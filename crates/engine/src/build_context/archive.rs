//! Tar archives of a build's source, made while they are sent.

use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::ignore_file::IgnoreFile;
pub(super) use crate::archive::Owners;
use crate::archive::{Choice, Writer, written};
use crate::error::{Error, Result};
use crate::stream::ByteStream;

/// A file that is put into the context beside those of the folder.
pub(super) struct Extra {
    pub(super) name: String,
    pub(super) text: Vec<u8>,
}

/// An archive that holds only a Dockerfile.
pub(super) fn of_dockerfile(text: &[u8]) -> Result<ByteStream> {
    let mut writer = Writer::new(Vec::new(), Owners::Root);
    add_text(&mut writer, "Dockerfile", text)?;
    Ok(crate::stream::once(writer.finish()?))
}

/// An archive of a folder, read while it is sent.
pub(super) fn of_folder(
    folder: PathBuf,
    ignored: IgnoreFile,
    extra: Vec<Extra>,
    gzip: bool,
    owners: Owners,
) -> ByteStream {
    written(move |sink| {
        if !gzip {
            return write(sink, &folder, &ignored, extra, owners);
        }
        write(GzEncoder::new(sink, Compression::default()), &folder, &ignored, extra, owners)
            .and_then(|encoder| encoder.finish().map_err(|error| Error::file(&folder, &error)))
    })
}

fn write<W: Write>(
    sink: W,
    folder: &Path,
    ignored: &IgnoreFile,
    extra: Vec<Extra>,
    owners: Owners,
) -> Result<W> {
    let mut writer = Writer::new(sink, owners);
    writer.add_contents(folder, Path::new(""), &|inner| {
        let wanted = ignored.wants(folder, inner);
        Choice { take: wanted, descend: wanted }
    })?;
    // Behind the folder, since of two entries with one name the engine takes the last.
    for Extra { name, text } in extra {
        add_text(&mut writer, &name, &text)?;
    }
    writer.finish()
}

fn add_text<W: Write>(writer: &mut Writer<W>, name: &str, text: &[u8]) -> Result<()> {
    writer.add_bytes(Path::new(name), text, 0o644, 0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::io::Read;

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
