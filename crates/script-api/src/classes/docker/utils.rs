//! The module `docker.utils`: docker-py's functions on values.

use std::cmp::Ordering;

use moondock_engine::types::{
    Command, Filters, Pairs, Size, convert_port_bindings, convert_volume_binds, is_tag, parse_devices,
    parse_env_file, parse_repository_tag,
};
use moondock_engine::{ApiVersion, Host, Kind, params};
use serde_json::{Map, Value as Json};

use crate::describe::{Method, Module, function};
use crate::error::Result;
use crate::value::Value;

params! {
    /// A repository.
    struct RepositoryParams {
        /// The repository, perhaps with a tag or a digest.
        repo_name: String => required,
    }
}

params! {
    /// A size.
    struct SizeParams {
        /// The size: a number of bytes, or text such as `512m`.
        s: Option<Size> => required,
    }
}

params! {
    /// A file of variables.
    struct EnvFileParams {
        /// The file's path.
        env_file: String => required,
    }
}

params! {
    /// Devices.
    struct DevicesParams {
        /// Each `HOST[:CONTAINER[:PERMISSIONS]]`, or a map in the engine's own names.
        devices: Vec<Json> => required,
    }
}

params! {
    /// An address.
    struct AddressParams {
        /// The address, for example `tcp://127.0.0.1:2375`; the default socket without one.
        addr: Option<String>,
    }
}

params! {
    /// A command.
    struct CommandParams {
        /// The command in one line.
        command: Option<Command> => required,
    }
}

params! {
    /// Two API versions.
    struct VersionsParams {
        /// One, for example `1.9`.
        v1: String => required,
        /// The other, for example `1.41`.
        v2: String => required,
    }
}

params! {
    /// Filters.
    struct FiltersParams {
        /// From a filter's name to a value or a list of values.
        filters: Option<Filters> => required,
    }
}

params! {
    /// Ports.
    struct PortsParams {
        /// From the container's port to where it is published, as `run` takes it.
        port_bindings: Option<Map<String, Json>> => required,
    }
}

params! {
    /// Volumes.
    struct BindsParams {
        /// From a path of the host or a volume's name to `{bind, mode}`, or a list of `SOURCE:TARGET[:MODE]`.
        binds: Option<Pairs> => required,
    }
}

params! {
    /// Variables.
    struct EnvironmentParams {
        /// From a variable's name to its value; nothing takes the value from the engine's environment.
        environment: Option<Pairs> => required,
    }
}

params! {
    /// Hosts.
    struct HostsParams {
        /// From a host's name to its address.
        extra_hosts: Option<Pairs> => required,
        /// Whether they are for a task of a service, which has them the other way around.
        task: bool = false,
    }
}

params! {
    /// Links.
    struct LinksParams {
        /// From a container's name to its alias.
        links: Option<Pairs> => required,
    }
}

params! {
    /// A text.
    struct TagParams {
        /// The text.
        tag: String => required,
    }
}

fn compare(versions: &VersionsParams) -> Result<Ordering> {
    Ok(versions.v1.parse::<ApiVersion>()?.cmp(&versions.v2.parse()?))
}

fn hosts(hosts: &Pairs, task: bool) -> Json {
    let all = hosts.joined(':');
    if !task {
        return all.into();
    }
    let swap = |host: String| match host.split_once(':') {
        Some((name, address)) => format!("{address} {name}"),
        None => host,
    };
    all.into_iter().map(swap).collect::<Vec<_>>().into()
}

const FUNCTIONS: &[Method] = &[
    function!(Read, "parse_repository_tag", RepositoryParams => Kind::Tuple(&[Kind::Str, Kind::Optional(&Kind::Str)]),
    "Takes a name apart: the repository, and the tag or digest if it has one.",
    |params, _| {
        let (repository, tag) = parse_repository_tag(&params.repo_name);
        Ok(Value::Tuple(vec![repository.into(), tag.map(str::to_owned).into()]))
    }),
    function!(Read, "match_tag", TagParams => Kind::Bool,
        "Whether a text can name an image that is built.", |params, _| Ok(is_tag(&params.tag))),
    function!(Read, "parse_bytes", SizeParams => Kind::Int,
        "A size in bytes.", |params, _| Ok(params.s.map(|size| size.bytes()).transpose()?)),
    function!(Host, "parse_env_file", EnvFileParams => Kind::Map(&Kind::Str),
        "Reads a file with a `NAME=value` on each line; lines that begin with `#` are comments.",
        |params, _| Ok(parse_env_file(&params.env_file)?.labels())),
    function!(Read, "parse_devices", DevicesParams => Kind::List(&Kind::Any),
        "Devices in the engine's own names.", |params, _| Ok(Json::from(parse_devices(&params.devices)?))),
    function!(Read, "parse_host", AddressParams => Kind::Str,
        "Checks an engine's address, and gives it in full.",
        |params, _| Ok(params.addr.unwrap_or_default().parse::<Host>()?.to_string())),
    function!(Read, "split_command", CommandParams => Kind::List(&Kind::Str),
        "Splits a line into words as a shell does.",
        |params, _| Ok(params.command.map(|command| command.words().map(Json::from)).transpose()?)),
    function!(Read, "compare_version", VersionsParams => Kind::Int,
        "Compares API versions: 1 if the second is newer, -1 if the first is, else 0.",
        |params, _| Ok(-(compare(&params)? as i64))),
    function!(Read, "version_lt", VersionsParams => Kind::Bool,
        "Whether the first API version is older than the second.", |params, _| Ok(compare(&params)?.is_lt())),
    function!(Read, "version_gte", VersionsParams => Kind::Bool,
        "Whether the first API version is the second or newer.", |params, _| Ok(compare(&params)?.is_ge())),
    function!(Read, "convert_filters", FiltersParams => Kind::Str,
        "Filters as the engine takes them: JSON with a list of texts for each.",
        |params, _| Ok(params.filters.unwrap_or_default().to_query())),
    function!(Read, "convert_port_bindings", PortsParams => Kind::Map(&Kind::Any),
        "The engine's `PortBindings`.",
        |params, _| Ok(Json::from(convert_port_bindings(&params.port_bindings.unwrap_or_default())?))),
    function!(Read, "convert_volume_binds", BindsParams => Kind::List(&Kind::Str),
        "The engine's `Binds`.",
        |params, _| Ok(params.binds.map(|binds| convert_volume_binds(&binds).map(Json::from)).transpose()?)),
    function!(Read, "format_environment", EnvironmentParams => Kind::List(&Kind::Str),
        "Variables as a list of `NAME=value`.",
        |params, _| Ok(params.environment.map(|variables| Json::from(variables.environment())))),
    function!(Read, "format_extra_hosts", HostsParams => Kind::List(&Kind::Str),
        "Hosts as a list of `name:address`, or of `address name` for a task.",
        |params, _| Ok(params.extra_hosts.map(|all| hosts(&all, params.task)))),
    function!(Read, "normalize_links", LinksParams => Kind::List(&Kind::Str),
        "Links as a list of `container:alias`.",
        |params, _| Ok(params.links.map(|links| Json::from(links.joined(':'))))),
];

pub(in crate::classes) static MODULE: Module = Module {
    name: "docker.utils",
    doc: "Functions on values, as docker-py's `docker.utils` has them; none asks an engine.",
    functions: FUNCTIONS,
    constants: &[],
};
