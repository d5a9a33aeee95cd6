//! What an image is imported from.

use std::path::PathBuf;

use bytes::Bytes;

use crate::stream::{ByteStream, once};

/// What an image is imported from (docker-py: the `src` or `image` of `import_image`).
pub enum ImportSource {
    /// An archive of the image's files on this machine (docker-py: `import_image_from_file`).
    File(PathBuf),
    /// Such an archive (docker-py: `import_image_from_data`, `import_image_from_stream`).
    Archive(ByteStream),
    /// Such an archive that the engine fetches (docker-py: `import_image_from_url`).
    Url(String),
    /// Another image, which engines take as a pull (docker-py: `import_image_from_image`).
    Image(String),
}

impl ImportSource {
    /// What docker-py's `import_image` makes of a text: a file if there is one of this name, else a URL.
    pub fn from_text(text: &str) -> Self {
        let path = PathBuf::from(text);
        if path.is_file() { Self::File(path) } else { Self::Url(text.to_owned()) }
    }
}

impl From<ByteStream> for ImportSource {
    fn from(archive: ByteStream) -> Self {
        Self::Archive(archive)
    }
}

impl From<Bytes> for ImportSource {
    fn from(archive: Bytes) -> Self {
        Self::Archive(once(archive))
    }
}
