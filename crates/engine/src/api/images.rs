//! Images.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::api::images::{self, ImageHistoryParams, ImageListParams};
//!
//! let params = ImageListParams::default().name("moondock/busybox:1");
//! let found = client.api().json(images::list(&params)).await?;
//! let id = found[0]["Id"].as_str().unwrap_or_default();
//! let history = client.api().json(images::history(id, &ImageHistoryParams::default())).await?;
//! assert!(history[0]["CreatedBy"].is_string());
//! # });
//! ```

mod archive;
mod build;
mod builder;
mod transfer;

pub use archive::{
    ImageImportParams, ImageLoadParams, ImageSaveParams, import_archive, import_image, import_url, load,
    save, save_all,
};
pub use build::{BuildParams, build};
pub use builder::{BuildOutput, Builder};
pub use transfer::{PullParams, PushParams, pull, push};

use crate::error::{Error, ErrorKind, Result};
use crate::params;
use crate::request::{Patience, Request, endpoints};
use crate::types::{Filters, Platform, Platforms};

endpoints! {
    LIST = "ImageList" GET "/images/json";
    INSPECT = "ImageInspect" GET "/images/{name}/json";
    HISTORY = "ImageHistory" GET "/images/{name}/history";
    ATTESTATIONS = "ImageAttestations" GET "/images/{name}/attestations" since (1, 55);
    SEARCH = "ImageSearch" GET "/images/search";
    CREATE = "ImageCreate" POST "/images/create";
    BUILD = "ImageBuild" POST "/build";
    REMOVE = "ImageDelete" DELETE "/images/{name}";
    TAG = "ImageTag" POST "/images/{name}/tag";
    PUSH = "ImagePush" POST "/images/{name}/push";
    SAVE = "ImageGet" GET "/images/{name}/get";
    SAVE_ALL = "ImageGetAll" GET "/images/get";
    LOAD = "ImageLoad" POST "/images/load";
    PRUNE = "ImagePrune" POST "/images/prune";
}

params! {
    /// Which images to list.
    pub struct ImageListParams {
        /// Only images whose name matches, for example `busybox` or `my/*`.
        name: Option<String>,
        /// Also intermediate images.
        all: bool = false,
        /// Only images that match, for example `{dangling: true, label: "x=y"}`.
        filters: Option<Filters>,
        /// Also tell how much of its size an image shares with others, as `SharedSize`.
        #[since(1, 42)]
        shared_size: bool = false,
        /// Also tell of the parts of images for several platforms, as `Manifests`.
        #[since(1, 47)]
        manifests: bool = false,
        /// Also tell who made each of the `manifests`.
        #[since(1, 54)]
        identity: bool = false,
    }
}

/// Lists images.
pub fn list(params: &ImageListParams) -> Request {
    let mut filters = params.filters.clone();
    if let Some(name) = params.name.as_deref().filter(|name| !name.is_empty()) {
        filters = Some(filters.unwrap_or_default().with("reference", name));
    }
    let filters = filters.filter(|filters| !filters.0.is_empty());
    Request::new(&LIST)
        .flag("only_ids", false)
        .flag("all", params.all)
        .query_opt("filters", filters.as_ref().map(Filters::to_query))
        .query_opt("shared-size", params.shared_size.then_some(true))
        .query_opt("manifests", params.manifests.then_some(true))
        .query_opt("identity", params.identity.then_some(true))
        .needs_of(params)
}

params! {
    /// What to tell of an image.
    pub struct ImageInspectParams {
        /// Also tell of the parts of an image for several platforms, as `Manifests`.
        #[since(1, 48)]
        manifests: bool = false,
        /// The platform whose part is meant, for example `linux/arm64`; not with `manifests`.
        #[since(1, 49)]
        platform: Option<Platform>,
    }
}

/// Asks for all about an image.
pub fn inspect(name: &str, params: &ImageInspectParams) -> Request {
    Request::new(&INSPECT)
        .path("name", name)
        .query_opt("manifests", params.manifests.then_some(true))
        .platforms("platform", &params.platform)
        .needs_of(params)
}

params! {
    /// Which history of an image.
    pub struct ImageHistoryParams {
        /// The platform whose part is meant, for example `linux/arm64`.
        #[since(1, 48)]
        platform: Option<Platform>,
    }
}

/// Asks for the layers of an image, the newest first.
pub fn history(name: &str, params: &ImageHistoryParams) -> Request {
    Request::new(&HISTORY).path("name", name).platforms("platform", &params.platform).needs_of(params)
}

params! {
    /// Which attestations of an image.
    pub struct AttestationsParams {
        /// The platform whose part is meant, for example `linux/arm64`; the engine's own without one.
        platform: Option<Platform>,
        /// Only those of these types, for example `https://slsa.dev/provenance/v1`.
        types: Option<Vec<String>>,
        /// Also give the statements themselves.
        statement: bool = false,
    }
}

/// Asks for the statements on how an image was made (no counterpart in docker-py).
pub fn attestations(name: &str, params: &AttestationsParams) -> Request {
    let request = Request::new(&ATTESTATIONS).path("name", name).platforms("platform", &params.platform);
    let types = params.types.iter().flatten();
    types
        .fold(request, |request, kind| request.query("type", kind))
        .query_opt("statement", params.statement.then_some(true))
}

params! {
    /// How to search.
    pub struct SearchParams {
        /// How many images at most.
        limit: Option<i64>,
        /// Only images that match, for example `{"is-official": true, "stars": 3}`.
        filters: Option<Filters>,
    }
}

/// Searches Docker Hub.
pub fn search(term: &str, params: &SearchParams) -> Request {
    Request::new(&SEARCH)
        .query("term", term)
        .query_opt("limit", params.limit)
        .query_opt("filters", params.filters.as_ref().map(Filters::to_query))
}

params! {
    /// How to remove an image.
    pub struct ImageRemoveParams {
        /// Remove it even when stopped containers use it or other tags name it.
        force: bool = false,
        /// Keep its untagged parents.
        noprune: bool = false,
        /// Remove only what is for these platforms, for example `linux/arm64`.
        #[since(1, 50)]
        platforms: Option<Platforms>,
    }
}

/// Removes an image.
pub fn remove(name: &str, params: &ImageRemoveParams) -> Request {
    Request::new(&REMOVE)
        .path("name", name)
        .query("force", params.force)
        .query("noprune", params.noprune)
        .platforms("platforms", params.platforms.iter().flat_map(Platforms::as_slice))
        .needs_of(params)
}

params! {
    /// The name that an image gets.
    pub struct TagParams {
        /// The repository, for example `registry:5000/app`.
        repository: String => required,
        /// The tag; the engine takes `latest` without one.
        tag: Option<String>,
        /// Ignored by engines today; docker-py has it.
        force: bool = false,
    }
}

/// Gives an image another name.
pub fn tag(name: &str, params: &TagParams) -> Request {
    Request::new(&TAG)
        .path("name", name)
        .query_opt("tag", params.tag.as_deref())
        .query("repo", &params.repository)
        .flag("force", params.force)
}

params! {
    /// Which unused images to remove.
    pub struct ImagePruneParams {
        /// Only images that match, for example `{dangling: false, label: "x", until: "24h"}`.
        filters: Option<Filters>,
    }
}

/// Removes unused images.
pub fn prune(params: &ImagePruneParams) -> Request {
    let filters = params.filters.as_ref().map(Filters::to_query);
    Request::new(&PRUNE).query_opt("filters", filters).patience(Patience::Forever)
}

/// A number of seconds as a duration.
///
/// # Errors
///
/// When it is negative or too large.
pub(crate) fn seconds_of(name: &str, seconds: f64) -> Result<std::time::Duration> {
    std::time::Duration::try_from_secs_f64(seconds).map_err(|_| {
        Error::new(ErrorKind::InvalidArgument, format!("{name}: {seconds} is no number of seconds to wait"))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::version::ApiVersion;

    fn target(mut request: Request) -> String {
        let path = request.target().unwrap();
        format!("{} {path}", request.endpoint.method)
    }

    #[test]
    fn without_options_the_requests_are_docker_pys() {
        assert_eq!(target(list(&ImageListParams::default())), "GET /images/json?only_ids=0&all=0");
        assert_eq!(target(inspect("a:b", &ImageInspectParams::default())), "GET /images/a:b/json");
        assert_eq!(target(history("a", &ImageHistoryParams::default())), "GET /images/a/history");
        assert_eq!(
            target(remove("a", &ImageRemoveParams::default())),
            "DELETE /images/a?force=false&noprune=false"
        );
        let params = SearchParams::default().limit(3);
        assert_eq!(target(search("a b", &params)), "GET /images/search?term=a+b&limit=3");
    }

    #[test]
    fn platforms_are_json_and_need_their_version() {
        let request = inspect("a", &ImageInspectParams::default().platform("linux/arm64"));
        assert_eq!(request.needs, [("platform", ApiVersion::new(1, 49))]);
        let query = "platform=%7B%22os%22%3A%22linux%22%2C%22architecture%22%3A%22arm64%22%7D";
        assert_eq!(target(request), format!("GET /images/a/json?{query}"));

        let several = serde_json::from_value(json!({"platforms": ["linux/arm64", "linux/arm64"]})).unwrap();
        let request = remove("a", &several);
        assert_eq!(request.needs, [("platforms", ApiVersion::new(1, 50))]);
        assert_eq!(target(request).matches("&platforms=%7B").count(), 2);

        let request = inspect("a", &ImageInspectParams::default().platform("a/b/c/d"));
        assert_eq!({ request }.target().unwrap_err().kind(), ErrorKind::InvalidArgument);
    }

    #[test]
    fn newer_options_of_lists_need_their_version() {
        let params = ImageListParams::default().shared_size(true).manifests(true).identity(true);
        let request = list(&params);
        let needs: Vec<_> = request.needs.iter().map(|(name, version)| (*name, version.minor)).collect();
        assert_eq!(needs, [("shared_size", 42), ("manifests", 47), ("identity", 54)]);
        assert!(target(request).ends_with("&shared-size=true&manifests=true&identity=true"));
    }

    #[test]
    fn attestations_take_several_types() {
        let params = AttestationsParams {
            types: Some(vec!["a".to_owned(), "b".to_owned()]),
            ..AttestationsParams::default().statement(true)
        };
        let request = attestations("x", &params);
        assert_eq!(request.endpoint.since, ApiVersion::new(1, 55));
        assert_eq!(target(request), "GET /images/x/attestations?type=a&type=b&statement=true");
    }
}
