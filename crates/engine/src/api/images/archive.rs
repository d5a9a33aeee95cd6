//! Images as archives: saved, loaded and imported.

use http::header;

use super::{CREATE, LOAD, SAVE, SAVE_ALL};
use crate::params;
use crate::request::{Patience, Request};
use crate::stream::ByteStream;
use crate::types::{Lines, Platforms};
use crate::version::ApiVersion;

params! {
    /// What to save of an image.
    pub struct ImageSaveParams {
        /// The platforms whose parts to save, for example `linux/arm64`; all without any, and several from API 1.52
        /// on.
        #[since(1, 48)]
        platform: Option<Platforms>,
    }
}

/// Gets an image as an archive that `docker load` takes (docker-py: `get_image`).
pub fn save(name: &str, params: &ImageSaveParams) -> Request {
    saving(Request::new(&SAVE).path("name", name), params)
}

/// Gets several images as one archive (no counterpart in docker-py).
pub fn save_all(names: &[&str], params: &ImageSaveParams) -> Request {
    let request = names.iter().fold(Request::new(&SAVE_ALL), |request, name| request.query("names", name));
    saving(request, params)
}

fn saving(request: Request, params: &ImageSaveParams) -> Request {
    parts(request, params.platform.as_ref()).needs_of(params).patience(Patience::Forever)
}

/// Adds the platforms whose parts are meant.
fn parts(request: Request, platforms: Option<&Platforms>) -> Request {
    let platforms = platforms.map(Platforms::as_slice).unwrap_or_default();
    let request = request.platforms("platform", platforms);
    if platforms.len() > 1 { request.needs("platform (several)", ApiVersion::new(1, 52)) } else { request }
}

params! {
    /// How to load images.
    pub struct ImageLoadParams {
        /// Leave the progress out; the engine does unless it is told not to.
        quiet: Option<bool>,
        /// The platforms whose parts to load, for example `linux/arm64`; all without any, and several from API 1.52
        /// on.
        #[since(1, 48)]
        platform: Option<Platforms>,
    }
}

/// Loads the images of an archive that `docker save` made (docker-py: `load_image`).
pub fn load(archive: ByteStream, params: &ImageLoadParams) -> Request {
    let request = Request::new(&LOAD).query_opt("quiet", params.quiet);
    parts(request, params.platform.as_ref()).needs_of(params).stream(archive).patience(Patience::Forever)
}

params! {
    /// What becomes of an import.
    pub struct ImageImportParams {
        /// The image's repository.
        repository: Option<String>,
        /// The image's tag.
        tag: Option<String>,
        /// What to change in the image's configuration, in the words of a Dockerfile, for example `CMD ["sh"]`.
        changes: Option<Lines>,
        /// The image's comment.
        message: Option<String>,
        /// The image's platform, for example `linux/arm64`.
        platform: Option<String>,
    }
}

fn import(from: (&str, &str), params: &ImageImportParams) -> Request {
    let request = Request::new(&CREATE)
        .query_opt("repo", params.repository.as_deref())
        .query_opt("tag", params.tag.as_deref())
        .query(from.0, from.1)
        .query_opt("message", params.message.as_deref())
        .query_opt("platform", params.platform.as_deref())
        .patience(Patience::Forever);
    let changes = params.changes.iter().flat_map(Lines::as_slice);
    changes.fold(request, |request, change| request.query("changes", change))
}

/// Makes an image of an archive of its files (docker-py: `import_image_from_data`, `import_image_from_stream`).
pub fn import_archive(archive: ByteStream, params: &ImageImportParams) -> Request {
    import(("fromSrc", "-"), params).header(header::CONTENT_TYPE, "application/tar").stream(archive)
}

/// Makes an image of an archive of its files that the engine fetches (docker-py: `import_image_from_url`).
pub fn import_url(url: &str, params: &ImageImportParams) -> Request {
    import(("fromSrc", url), params)
}

/// Makes an image of another one (docker-py: `import_image_from_image`). Engines take it as a pull, of the tag given.
pub fn import_image(image: &str, params: &ImageImportParams) -> Request {
    import(("fromImage", image), params)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn imports_are_docker_pys() {
        let params: ImageImportParams =
            serde_json::from_value(json!({"repository": "r", "tag": "t", "changes": ["CMD a", "USER b"]}))
                .unwrap();
        let archive = crate::stream::once("tar");
        let mut request = import_archive(archive, &params);
        let query = "changes=CMD+a&changes=USER+b";
        assert_eq!(request.target().unwrap(), format!("/images/create?repo=r&tag=t&fromSrc=-&{query}"));
        assert_eq!(request.headers[header::CONTENT_TYPE], "application/tar");
        let none = ImageImportParams::default();
        let mut request = import_url("http://host/a.tar", &none);
        assert_eq!(request.target().unwrap(), "/images/create?fromSrc=http%3A%2F%2Fhost%2Fa.tar");
        assert_eq!(import_image("a", &none).target().unwrap(), "/images/create?fromImage=a");
    }

    #[test]
    fn several_platforms_are_newer_than_one() {
        let one = ImageSaveParams::default().platform("linux/arm64");
        let request = save("a", &one);
        assert_eq!(request.needs, [("platform", ApiVersion::new(1, 48))]);
        let several: ImageLoadParams =
            serde_json::from_value(json!({"quiet": true, "platform": ["linux/arm64", "linux/amd64"]}))
                .unwrap();
        let mut request = load(crate::stream::once("tar"), &several);
        assert!(request.needs.contains(&("platform (several)", ApiVersion::new(1, 52))));
        assert!(request.target().unwrap().starts_with("/images/load?quiet=true&platform=%7B"));
    }

    #[test]
    fn several_images_make_one_archive() {
        let mut request = save_all(&["a:1", "b"], &ImageSaveParams::default());
        assert_eq!(request.target().unwrap(), "/images/get?names=a%3A1&names=b");
    }
}
