//! docs/engines.md: what the engines that tests run on cannot do.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use moondock_engine::models::{
    BuildPruneParams, CreateParams, ExecRunParams, ImageHistoryParams, ImageInspectParams, ImageListParams,
    ImageLoadParams, ImageRemoveParams, ImageSaveParams, NetworkConnectParams, NetworkCreateParams,
    PushParams, RestartParams, StopParams, UpdateParams, VolumeCreateParams,
};
use moondock_engine::types::{ContainerSpec, EndpointConfig, Healthcheck, Mount, Privileges, Resources};
use moondock_engine::{ApiVersion, ParamList, Params, api};
use moondock_tests::engine::Edition;
use moondock_tests::engine::abilities::ABILITIES;

/// The document's place, from the repository's root.
const PATH: &str = "docs/engines.md";

const INTRODUCTION: &str = include_str!("engines.md");

/// The parameters of calls and of parts of bodies that not every API version knows.
const OPTIONS: [(&str, ParamList); 22] = [
    ("Containers.create", CreateParams::LIST),
    ("Container.update", UpdateParams::LIST),
    ("Container.stop", StopParams::LIST),
    ("Container.restart", RestartParams::LIST),
    ("Container.exec_run", ExecRunParams::LIST),
    ("Images.list", ImageListParams::LIST),
    ("Images.get", ImageInspectParams::LIST),
    ("Images.push", PushParams::LIST),
    ("Images.remove", ImageRemoveParams::LIST),
    ("Images.load", ImageLoadParams::LIST),
    ("Images.save", ImageSaveParams::LIST),
    ("Images.prune_builds", BuildPruneParams::LIST),
    ("Image.history", ImageHistoryParams::LIST),
    ("Networks.create", NetworkCreateParams::LIST),
    ("Network.connect", NetworkConnectParams::LIST),
    ("Volumes.create", VolumeCreateParams::LIST),
    ("Mount", Mount::LIST),
    ("Healthcheck", Healthcheck::LIST),
    ("EndpointConfig", EndpointConfig::LIST),
    ("Services.create", ContainerSpec::LIST),
    ("Services.create: privileges", Privileges::LIST),
    ("Services.create: resources", Resources::LIST),
];

/// What needs a version by its value, which no description tells.
const VALUES: [(u32, &str); 6] = [
    (42, "`Volumes.prune`: the filter `all`"),
    (42, "`Mount`: the type `cluster`"),
    (44, "`Containers.create`: a device request of the driver `cdi`"),
    (44, "`Containers.create`: more than one of `networks`"),
    (48, "`Mount`: the type `image`"),
    (52, "`Images.save`, `Images.load`: more than one `platform`"),
];

/// What an engine has no longer from a version on.
const GONE: [(u32, &str); 2] =
    [(42, "`Containers.create`: `kernel_memory`"), (52, "`Containers.create`: `mac_address`")];

/// The document.
pub(crate) fn file() -> (String, String) {
    let mut text = INTRODUCTION.to_owned();
    text.push_str("\n| engine | API | to test on it |\n| --- | --- | --- |\n");
    for edition in Edition::ALL {
        let (title, api, name) = (edition.title(), edition.api(), edition.name());
        let _ = writeln!(text, "| {title} | 1.{api} | `cargo xtask test --engine {name}` |");
    }
    for edition in Edition::ALL {
        let lacks = ABILITIES.iter().filter_map(|ability| Some((ability.what, ability.lack(edition)?)));
        let lines: Vec<_> = lacks.map(|(what, lack)| format!("| {what} | {} |\n", lack.instead)).collect();
        let _ = write!(text, "\n## {}\n\n", edition.title());
        if lines.is_empty() {
            text.push_str("Nothing beyond what needs a newer API version.\n");
        } else {
            let _ = write!(text, "| it cannot | instead |\n| --- | --- |\n{}", lines.concat());
        }
    }
    text.push_str(
        "\n## What needs a newer API version\n\nMoondock refuses it before it sends anything, with an \
         `InvalidVersion` that names the option and both versions.\n\n| API | what | engines that have it \
         |\n| --- | --- | --- |\n",
    );
    for (version, what) in newer() {
        let has = Edition::ALL.into_iter().filter(|edition| edition.api() >= version).map(Edition::name);
        let has: Vec<_> = has.collect();
        let has = if has.is_empty() { "none of these".to_owned() } else { has.join(", ") };
        let _ = writeln!(text, "| 1.{version} | {} | {has} |", what.join("; "));
    }
    text.push_str("\n## What a newer API version has no longer\n\nIt is refused in the same way.\n\n| from API | what |\n| --- | --- |\n");
    for (version, what) in GONE {
        let _ = writeln!(text, "| 1.{version} | {what} |");
    }
    (PATH.to_owned(), text)
}

/// What needs a version that not every engine has.
fn newer() -> BTreeMap<u32, Vec<String>> {
    let mut newer: BTreeMap<_, Vec<String>> = BTreeMap::new();
    let minor =
        |version: ApiVersion| version.to_string().rsplit('.').next().and_then(|text| text.parse().ok());
    for endpoint in api::endpoints().filter(|endpoint| endpoint.since > ApiVersion::OLDEST) {
        let what = format!("`{} {}`", endpoint.method, endpoint.path);
        newer.entry(minor(endpoint.since).unwrap_or(0)).or_default().push(what);
    }
    for (call, list) in OPTIONS {
        let mut of_call: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for param in list.all() {
            if let Some(version) = param.since.and_then(minor) {
                of_call.entry(version).or_default().push(format!("`{}`", param.name));
            }
        }
        for (version, names) in of_call {
            newer.entry(version).or_default().push(format!("`{call}`: {}", names.join(", ")));
        }
    }
    for (version, what) in VALUES {
        newer.entry(version).or_default().push(what.to_owned());
    }
    newer
}
