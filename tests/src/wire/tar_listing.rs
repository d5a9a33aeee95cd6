//! What a tar archive holds.

use std::io;

use tar::EntryType;

use super::recorded::Entry;

/// Lists an archive's entries, sorted by name; none when it is not an archive.
pub(super) fn list(archive: &[u8]) -> Option<Vec<Entry>> {
    // The library takes less than a header for an empty archive.
    if archive.len() < 512 {
        return None;
    }
    let mut entries = read(archive).ok()?;
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    Some(entries)
}

fn read(archive: &[u8]) -> io::Result<Vec<Entry>> {
    tar::Archive::new(archive)
        .entries()?
        .map(|entry| {
            let entry = entry?;
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            Ok(Entry {
                name: text(&entry.path_bytes()).trim_end_matches('/').to_owned(),
                kind: match entry.header().entry_type() {
                    EntryType::Regular => "file",
                    EntryType::Link => "hard link",
                    EntryType::Symlink => "symlink",
                    EntryType::Directory => "directory",
                    _ => "other",
                }
                .to_owned(),
                mode: format!("{:o}", entry.header().mode()? & 0o7777),
                size: Some(entry.size()),
                link: entry.link_name_bytes().map(|link| text(&link)),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_entries_with_long_names() {
        let mut builder = tar::Builder::new(Vec::new());
        let long = format!("{}/file", "folder".repeat(30));
        for (path, kind, content) in
            [(long.as_str(), EntryType::Regular, &b"hello"[..]), ("a/", EntryType::Directory, b"")]
        {
            let mut header = tar::Header::new_gnu();
            header.set_entry_type(kind);
            header.set_mode(0o100_755);
            header.set_size(content.len() as u64);
            builder.append_data(&mut header, path, content).unwrap();
        }
        let entries = list(&builder.into_inner().unwrap()).unwrap();
        let told: Vec<_> =
            entries.iter().map(|entry| (entry.name.as_str(), entry.kind.as_str(), entry.size)).collect();
        assert_eq!(told, [("a", "directory", Some(0)), (long.as_str(), "file", Some(5))]);
        assert_eq!(entries[0].mode, "755");
    }

    #[test]
    fn other_bytes_are_no_archive() {
        assert!(list(b"hello").is_none());
        assert!(list(&[b'x'; 2048]).is_none());
    }
}
