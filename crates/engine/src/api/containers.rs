//! Containers.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::api::containers::{self, ContainerRemoveParams, CreateParams};
//!
//! let params = CreateParams::default().command("top").mem_limit("64m").name("api-containers");
//! let created = client.api().json(containers::create("busybox", &params)?).await?;
//! let id = created["Id"].as_str().unwrap_or_default();
//! client.api().empty(containers::start(id)).await?;
//! let attrs = client.api().json(containers::inspect(id)).await?;
//! assert_eq!((&attrs["State"]["Status"], &attrs["HostConfig"]["Memory"]), (&"running".into(), &(64 << 20).into()));
//! client.api().empty(containers::remove(id, &ContainerRemoveParams::default().force(true))).await?;
//! # });
//! ```

mod archive;
mod attach;
mod create;
mod host_config;
mod list;
mod update;

use serde_json::Value;

use crate::params;
use crate::request::{Patience, Request, endpoints};
use crate::types::{Filters, Scalar, Signal, Timestamp};

use super::system::timed;
use crate::error::{Error, ErrorKind};
use std::time::Duration;

pub use archive::{
    ExportParams, GetArchiveParams, PutArchiveParams, archive_info, export, get_archive, put_archive,
};
pub use attach::{AttachParams, AttachSocketParams, ResizeParams, attach, attach_socket, resize};
use create::versions;
pub use create::{
    ConnectionOptions, ContainerOptions, CreateContainerParams, CreateParams, create, create_container,
};
pub use host_config::{HostConfig, HostOptions, create_host_config};
pub use list::{ContainerListParams, ContainerSummaryParams, list, shortened, summaries};
pub use update::{UpdateParams, update};

endpoints! {
    LIST = "ContainerList" GET "/containers/json";
    CREATE = "ContainerCreate" POST "/containers/create";
    INSPECT = "ContainerInspect" GET "/containers/{id}/json";
    TOP = "ContainerTop" GET "/containers/{id}/top";
    LOGS = "ContainerLogs" GET "/containers/{id}/logs";
    CHANGES = "ContainerChanges" GET "/containers/{id}/changes";
    STATS = "ContainerStats" GET "/containers/{id}/stats";
    START = "ContainerStart" POST "/containers/{id}/start";
    STOP = "ContainerStop" POST "/containers/{id}/stop";
    RESTART = "ContainerRestart" POST "/containers/{id}/restart";
    KILL = "ContainerKill" POST "/containers/{id}/kill";
    RENAME = "ContainerRename" POST "/containers/{id}/rename";
    PAUSE = "ContainerPause" POST "/containers/{id}/pause";
    UNPAUSE = "ContainerUnpause" POST "/containers/{id}/unpause";
    ATTACH = "ContainerAttach" POST "/containers/{id}/attach";
    ATTACH_WEBSOCKET = "ContainerAttachWebsocket" GET "/containers/{id}/attach/ws";
    RESIZE = "ContainerResize" POST "/containers/{id}/resize";
    UPDATE = "ContainerUpdate" POST "/containers/{id}/update";
    EXPORT = "ContainerExport" GET "/containers/{id}/export";
    ARCHIVE = "ContainerArchive" GET "/containers/{id}/archive";
    ARCHIVE_INFO = "ContainerArchiveInfo" HEAD "/containers/{id}/archive";
    PUT_ARCHIVE = "PutContainerArchive" PUT "/containers/{id}/archive";
    WAIT = "ContainerWait" POST "/containers/{id}/wait";
    REMOVE = "ContainerDelete" DELETE "/containers/{id}";
    PRUNE = "ContainerPrune" POST "/containers/prune";
    COMMIT = "ImageCommit" POST "/commit";
}

/// Asks for all about a container.
pub fn inspect(id: &str) -> Request {
    Request::new(&INSPECT).path("id", id)
}

params! {
    /// What to tell of a container.
    pub struct ContainerInspectParams {
        /// Also the sizes of its files, which the engine has to add up: `SizeRw` and `SizeRootFs`.
        size: bool = false,
    }
}

/// Asks for all about a container, perhaps with its size.
pub fn inspect_with(id: &str, params: &ContainerInspectParams) -> Request {
    let request = inspect(id);
    if params.size { request.query("size", true).patience(Patience::Forever) } else { request }
}

/// Where a port of a container is published, by what the engine tells of the container (docker-py: `port`): a list of
/// `{HostIp, HostPort}`, or null. A port without a protocol is looked for as tcp, udp and sctp.
pub fn port(container: &Value, private_port: &Scalar) -> Value {
    let published = container.pointer("/NetworkSettings/Ports");
    let find = |port: &str| published.and_then(|ports| ports.get(port)).cloned().unwrap_or_default();
    let port = private_port.to_string();
    if port.contains('/') {
        return find(&port);
    }
    let found = ["tcp", "udp", "sctp"].map(|protocol| find(&format!("{port}/{protocol}")));
    let given = |list: &Value| list.as_array().is_some_and(|list| !list.is_empty());
    found.into_iter().find(given).unwrap_or_default()
}

params! {
    /// How to list a container's processes.
    pub struct TopParams {
        /// Arguments for `ps`, for example `aux`.
        ps_args: Option<String>,
    }
}

/// Lists a container's processes.
pub fn top(id: &str, params: &TopParams) -> Request {
    Request::new(&TOP).path("id", id).query_opt("ps_args", params.ps_args.as_deref())
}

params! {
    /// Which of a container's logs to give.
    pub struct LogsParams {
        /// What it wrote to its standard output.
        stdout: bool = true,
        /// What it wrote to its standard error.
        stderr: bool = true,
        /// Give a stream, piece by piece as it comes, instead of all at once.
        stream: bool = false,
        /// Put the time before each line.
        timestamps: bool = false,
        /// Only so many lines of the end; `all` for all.
        tail: Option<Scalar>,
        /// Only what was written since this time: seconds since 1970, RFC 3339, or a duration before now such as `10m`.
        since: Option<Timestamp>,
        /// Go on with what is written from now on; on by default with `stream`.
        follow: Option<bool>,
        /// Only what was written before this time.
        until: Option<Timestamp>,
        /// Put the details before each line that the log driver was told to keep, such as labels.
        details: bool = false,
    }
}

/// Asks for a container's logs.
pub fn logs(id: &str, params: &LogsParams) -> Request {
    let follow = params.follow.unwrap_or(params.stream);
    let tail = match params.tail {
        Some(Scalar::Int(lines)) if lines >= 0 => lines.to_string(),
        _ => "all".to_owned(),
    };
    let request = Request::new(&LOGS)
        .path("id", id)
        .flag("stderr", params.stderr)
        .flag("stdout", params.stdout)
        .flag("timestamps", params.timestamps)
        .flag("follow", follow)
        .query("tail", tail)
        .query_opt("details", params.details.then_some(1))
        .patience(Patience::Forever);
    timed(timed(request, "since", params.since.as_ref()), "until", params.until.as_ref())
}

/// Asks what changed in a container's file system.
pub fn diff(id: &str) -> Request {
    Request::new(&CHANGES).path("id", id)
}

params! {
    /// How to give a container's statistics.
    pub struct StatsParams {
        /// Ignored: statistics always arrive decoded. docker-py has it.
        decode: Option<bool>,
        /// Give a stream with one record a second instead of a single record.
        stream: bool = true,
        /// Without `stream`: give a record at once, without the previous one that rates are computed from.
        one_shot: Option<bool>,
    }
}

/// Asks for a container's statistics.
pub fn stats(id: &str, params: &StatsParams) -> Request {
    let request = Request::new(&STATS)
        .path("id", id)
        .query("stream", params.stream)
        .query_opt("one-shot", params.one_shot);
    if params.stream && params.one_shot == Some(true) {
        return request
            .fail(Error::new(ErrorKind::InvalidArgument, "`one_shot` goes with `stream = false` only"));
    }
    request
}

/// Starts a container.
pub fn start(id: &str) -> Request {
    Request::new(&START).path("id", id)
}

params! {
    /// How to start a container.
    pub struct StartParams {
        /// The keys that detach from it, such as `ctrl-p,ctrl-q`. Unlike those of an attachment they are never taken
        /// from docker's configuration file: the docker CLI does not send them with a start.
        detach_keys: Option<String>,
    }
}

/// Starts a container in a way of one's own.
pub fn start_with(id: &str, params: &StartParams) -> Request {
    start(id).query_opt("detachKeys", params.detach_keys.as_deref().filter(|keys| !keys.is_empty()))
}

params! {
    /// How to stop a container.
    pub struct StopParams {
        /// How many seconds to wait for the container before it is killed; the container's own setting, else 10.
        timeout: Option<i64>,
        /// The signal to stop it with, instead of its own.
        #[since(1, 42)]
        signal: Option<Signal>,
    }
}

/// Stops a container.
pub fn stop(id: &str, params: &StopParams) -> Request {
    Request::new(&STOP)
        .path("id", id)
        .query_opt("t", params.timeout)
        .query_opt("signal", params.signal.as_ref())
        .patience(grace(params.timeout.unwrap_or(10)))
        .needs_of(params)
}

params! {
    /// How to restart a container.
    pub struct RestartParams {
        /// How many seconds to wait for the container before it is killed.
        timeout: i64 = 10,
        /// The signal to stop it with, instead of its own.
        #[since(1, 42)]
        signal: Option<Signal>,
    }
}

/// Restarts a container.
pub fn restart(id: &str, params: &RestartParams) -> Request {
    Request::new(&RESTART)
        .path("id", id)
        .query("t", params.timeout)
        .query_opt("signal", params.signal.as_ref())
        .patience(grace(params.timeout))
        .needs_of(params)
}

/// The patience with an engine that itself waits so many seconds; without end if that does.
fn grace(seconds: i64) -> Patience {
    u64::try_from(seconds).map_or(Patience::Forever, |seconds| Patience::Longer(Duration::from_secs(seconds)))
}

params! {
    /// What to send to a container.
    pub struct KillParams {
        /// The signal's name or number; `SIGKILL` without one.
        signal: Option<Signal>,
    }
}

/// Sends a signal to a container.
pub fn kill(id: &str, params: &KillParams) -> Request {
    Request::new(&KILL).path("id", id).query_opt("signal", params.signal.as_ref())
}

/// Renames a container.
pub fn rename(id: &str, name: &str) -> Request {
    Request::new(&RENAME).path("id", id).query("name", name)
}

/// Pauses a container's processes.
pub fn pause(id: &str) -> Request {
    Request::new(&PAUSE).path("id", id)
}

/// Lets a container's processes go on.
pub fn unpause(id: &str) -> Request {
    Request::new(&UNPAUSE).path("id", id)
}

params! {
    /// What to wait for.
    pub struct WaitParams {
        /// How many seconds to wait at most; without end by default.
        timeout: Option<f64>,
        /// `not-running` (the default), `next-exit` or `removed`.
        condition: Option<String>,
    }
}

/// Waits for a container. The headers come at once, the body when the wait is over.
pub fn wait(id: &str, params: &WaitParams) -> Request {
    Request::new(&WAIT)
        .path("id", id)
        .query_opt("condition", params.condition.as_deref())
        .patience(Patience::Forever)
}

params! {
    /// How to remove a container.
    pub struct ContainerRemoveParams {
        /// Remove its anonymous volumes too.
        v: bool = false,
        /// Remove the link of this name, not the container.
        link: bool = false,
        /// Kill it first if it runs.
        force: bool = false,
    }
}

/// Removes a container.
pub fn remove(id: &str, params: &ContainerRemoveParams) -> Request {
    Request::new(&REMOVE)
        .path("id", id)
        .query("v", params.v)
        .query("link", params.link)
        .query("force", params.force)
}

params! {
    /// Which stopped containers to remove.
    pub struct ContainerPruneParams {
        /// Only those that match, for example `{label: "x=y", until: "24h"}`.
        filters: Option<Filters>,
    }
}

/// Removes stopped containers.
pub fn prune(params: &ContainerPruneParams) -> Request {
    let filters = params.filters.as_ref().filter(|filters| !filters.0.is_empty());
    Request::new(&PRUNE).query_opt("filters", filters.map(Filters::to_query)).patience(Patience::Forever)
}

params! {
    /// How to make an image of a container.
    pub struct CommitParams {
        /// The image's repository.
        repository: Option<String>,
        /// The image's tag.
        tag: Option<String>,
        /// A message for the image's history.
        message: Option<String>,
        /// The author.
        author: Option<String>,
        /// Pause the container meanwhile.
        pause: bool = true,
        /// Dockerfile instructions to apply: one text with a line each, or a list.
        changes: Option<crate::types::Lines>,
        /// A configuration that replaces the container's, in the Engine API's own names.
        conf: Option<serde_json::Map<String, Value>>,
    }
}

/// Makes an image of a container.
pub fn commit(id: &str, params: &CommitParams) -> Request {
    let mut request = Request::new(&COMMIT)
        .query("container", id)
        .query_opt("repo", params.repository.as_deref())
        .query_opt("tag", params.tag.as_deref())
        .query_opt("comment", params.message.as_deref())
        .query_opt("author", params.author.as_deref())
        .query("pause", params.pause)
        .patience(Patience::Forever);
    for change in params.changes.iter().flat_map(crate::types::Lines::as_slice) {
        request = request.query("changes", change);
    }
    versions(request.json(Value::Object(params.conf.clone().unwrap_or_default())))
}
