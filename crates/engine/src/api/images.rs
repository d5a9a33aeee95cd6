//! Images.

use http::header;
use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind, Result};
use crate::params;
use crate::request::{Patience, Request, endpoints};
use crate::stream::ByteStream;
use crate::types::{Filters, Pairs, Size, is_tag};

endpoints! {
    LIST = "ImageList" GET "/images/json";
    INSPECT = "ImageInspect" GET "/images/{name}/json";
    CREATE = "ImageCreate" POST "/images/create";
    BUILD = "ImageBuild" POST "/build";
    REMOVE = "ImageDelete" DELETE "/images/{name}";
    TAG = "ImageTag" POST "/images/{name}/tag";
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
}

/// Asks for all about an image.
pub fn inspect(name: &str) -> Request {
    Request::new(&INSPECT).path("name", name)
}

params! {
    /// What to pull, and how.
    pub struct PullParams {
        /// The tag or digest; without one, that of the repository's name, else `latest`.
        tag: Option<String>,
        /// Pull every tag.
        all_tags: bool = false,
        /// Credentials: `username` and `password`, or `identitytoken`.
        auth_config: Option<Map<String, Value>>,
        /// The platform, for example `linux/arm64`.
        platform: Option<String>,
    }
}

/// Pulls an image. The repository is without a tag here.
pub fn pull(repository: &str, tag: Option<&str>, params: &PullParams) -> Request {
    Request::new(&CREATE)
        .query_opt("tag", tag)
        .query("fromImage", repository)
        .query_opt("platform", params.platform.as_deref())
        .registry_auth(params.auth_config.as_ref())
        .patience(Patience::Forever)
}

params! {
    /// How to remove an image.
    pub struct ImageRemoveParams {
        /// Remove it even when stopped containers use it or other tags name it.
        force: bool = false,
        /// Keep its untagged parents.
        noprune: bool = false,
    }
}

/// Removes an image.
pub fn remove(name: &str, params: &ImageRemoveParams) -> Request {
    Request::new(&REMOVE).path("name", name).query("force", params.force).query("noprune", params.noprune)
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

/// Loads the images of an archive that `docker save` made.
pub fn load(archive: ByteStream) -> Request {
    Request::new(&LOAD).stream(archive).patience(Patience::Forever)
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

params! {
    /// What to build, and how.
    pub struct BuildParams {
        /// The folder to build from, or the URL of a git repository or archive for the engine to fetch.
        path: Option<String>,
        /// The image's name, `repository[:tag]`.
        tag: Option<String>,
        /// Send only the image's id instead of the progress.
        quiet: bool = false,
        /// Do not use the cache.
        nocache: bool = false,
        /// Remove intermediate containers.
        rm: bool = false,
        /// The deadline for the engine's first answer, in seconds.
        timeout: Option<f64>,
        /// The source is a whole build context as a tar archive, not a Dockerfile.
        custom_context: bool = false,
        /// How the source is compressed, for example `gzip`.
        encoding: Option<String>,
        /// Pull newer versions of the base images.
        pull: bool = false,
        /// Remove intermediate containers after a failure too.
        forcerm: bool = false,
        /// The Dockerfile's path, below `path` unless it is absolute.
        dockerfile: Option<String>,
        /// Limits of the build containers: `memory`, `memswap`, `cpushares`, `cpusetcpus`.
        container_limits: Option<Map<String, Value>>,
        /// Ignored: progress always arrives decoded. docker-py has it.
        decode: bool = false,
        /// Build arguments.
        buildargs: Option<Map<String, Value>>,
        /// Compress the context.
        gzip: bool = false,
        /// The size of `/dev/shm`.
        shmsize: Option<Size>,
        /// Labels of the image.
        labels: Option<Map<String, Value>>,
        /// Images to take cached layers from.
        cache_from: Option<Vec<String>>,
        /// The stage to build.
        target: Option<String>,
        /// The network of the build containers.
        network_mode: Option<String>,
        /// Make one layer of all new ones.
        squash: Option<bool>,
        /// More hosts for `/etc/hosts`, as a map from name to address or a list of `name:address`.
        extra_hosts: Option<Pairs>,
        /// The platform, for example `linux/arm64`.
        platform: Option<String>,
        /// The isolation of Windows containers.
        isolation: Option<String>,
        /// Take proxies from docker's configuration file.
        use_config_proxy: bool = true,
    }
}

const LIMITS: [&str; 4] = ["memory", "memswap", "cpushares", "cpusetcpus"];

/// Builds an image. `remote` is what the engine fetches itself; otherwise `context` is a tar archive.
///
/// # Errors
///
/// When the tag or a limit cannot be one.
pub fn build(
    params: &BuildParams,
    remote: Option<&str>,
    dockerfile: Option<&str>,
    context: Option<ByteStream>,
) -> Result<Request> {
    if let Some(tag) = params.tag.as_deref().filter(|tag| !is_tag(tag)) {
        return Err(Error::new(
            ErrorKind::InvalidArgument,
            format!(
                "`{tag}` is no name for an image; one looks like `app`, `app:1.0` or `host:5000/team/app:1.0`"
            ),
        ));
    }
    let mut request = Request::new(&BUILD)
        .query_opt("t", params.tag.as_deref())
        .query_opt("remote", remote)
        .query("q", params.quiet)
        .query("nocache", params.nocache)
        .query("rm", params.rm)
        .query("forcerm", params.forcerm)
        .query("pull", params.pull)
        .query_opt("dockerfile", dockerfile);
    for (name, value) in params.container_limits.iter().flatten() {
        if !LIMITS.contains(&name.as_str()) {
            return Err(Error::new(
                ErrorKind::InvalidArgument,
                format!("container_limits has no `{name}`; it takes {}", LIMITS.join(", ")),
            ));
        }
        request = request.query(name, crate::types::plain(value));
    }
    let json = |map: &Map<String, Value>| Value::Object(map.clone()).to_string();
    request = request
        .query_opt("buildargs", params.buildargs.as_ref().filter(|map| !map.is_empty()).map(json))
        .query_opt(
            "shmsize",
            params.shmsize.as_ref().map(Size::bytes).transpose()?.filter(|bytes| *bytes != 0),
        )
        .query_opt("labels", params.labels.as_ref().filter(|map| !map.is_empty()).map(json))
        .query_opt(
            "cachefrom",
            params.cache_from.as_ref().filter(|list| !list.is_empty()).map(|list| Value::from(list.clone())),
        )
        .query_opt("target", params.target.as_deref())
        .query_opt("networkmode", params.network_mode.as_deref())
        .query_opt("squash", params.squash.filter(|on| *on));
    for host in params.extra_hosts.iter().flat_map(|hosts| hosts.joined(':')) {
        request = request.query("extrahosts", host);
    }
    request = request
        .query_opt("platform", params.platform.as_deref())
        .query_opt("isolation", params.isolation.as_deref())
        .patience(match params.timeout {
            Some(seconds) => Patience::Exactly(seconds_of("timeout", seconds)?),
            None => Patience::Forever,
        });
    if let Some(context) = context {
        request = request.header(header::CONTENT_TYPE, "application/tar").stream(context);
        let gzip = params.gzip.then_some("gzip");
        if let Some(encoding) = gzip.or(params.encoding.as_deref()) {
            request = request.header(header::CONTENT_ENCODING, encoding);
        }
    }
    Ok(request)
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
