//! Building images.

use http::header;
use serde_json::{Map, Value};

use super::builder::{self, BuildOutput, Builder};
use super::{BUILD, seconds_of};
use crate::error::{Error, ErrorKind, Result};
use crate::params;
use crate::request::{Patience, Request};
use crate::stream::ByteStream;
use crate::types::{Pairs, Part, Size, is_tag};

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
        /// `classic`, which the engine takes without one, or `buildkit`: the API's `version`, which docker-py lacks.
        builder: Option<Builder>,
        /// What BuildKit makes, for example `[{type: "moby", attrs: {compression: "zstd"}}]`; docker-py lacks it.
        outputs: Option<Vec<Part<BuildOutput>>>,
    }
}

const LIMITS: [&str; 4] = ["memory", "memswap", "cpushares", "cpusetcpus"];

/// Builds an image. `remote` is what the engine fetches itself; otherwise `context` is a tar archive.
///
/// # Errors
///
/// When the tag or a limit cannot be one, or an output is not for the builder.
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
        .query_opt("version", params.builder.map(Builder::version))
        .query_opt("outputs", builder::outputs(params)?)
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
