//! The objects of docker-py's `docker.models`, with their logic.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::models::{ContainerRemoveParams, RunOutput, RunParams, StopParams};
//!
//! let params = RunParams::default().command("top").detach(true);
//! let RunOutput::Detached(container) = client.containers().run("busybox", params).await? else {
//!     unreachable!("`detach` gives the container");
//! };
//! container.reload().await?;
//! assert_eq!(container.status(), "running");
//! container.stop(&StopParams::default().timeout(0)).await?;
//! container.remove(&ContainerRemoveParams::default()).await?;
//! # });
//! ```
//!
//! A command in a container that runs:
//!
//! ```
//! # moondock_tests::example!(|client, container| {
//! use moondock_engine::models::{ExecOutput, ExecRunParams, TopParams};
//!
//! let result = container.exec_run(&ExecRunParams::default().cmd("sh -c 'echo $HOME'")).await?;
//! assert_eq!(result.exit_code, Some(0));
//! assert!(matches!(result.output, ExecOutput::Collected(output) if output == b"/root\n"));
//! let processes = container.top(&TopParams::default()).await?;
//! assert_eq!(processes["Processes"][0].as_array().and_then(|process| process.last()), Some(&"sleep 600".into()));
//! # });
//! ```
//!
//! An image's names and its archive:
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::models::{ImageRemoveParams, SaveParams, TagParams};
//! use moondock_engine::stream::collect;
//!
//! let image = client.images().get("busybox").await?;
//! image.tag(&TagParams::default().repository("example/image").tag("1")).await?;
//! let archive = collect(image.save(&SaveParams::default()).await?).await?;
//! assert!(!archive.is_empty());
//! client.images().remove("example/image:1", &ImageRemoveParams::default()).await?;
//! # });
//! ```
//!
//! A network, and a container in it:
//!
//! ```
//! # moondock_tests::example!(|client, container| {
//! use moondock_engine::models::{NetworkConnectParams, NetworkCreateParams, NetworkDisconnectParams};
//!
//! let network = client.networks().create("example-network", &NetworkCreateParams::default()).await?;
//! network.connect(container.id(), &NetworkConnectParams::default().aliases(["db".to_owned()])).await?;
//! network.reload().await?;
//! assert_eq!(network.containers().await?[0].id(), container.id());
//! network.disconnect(container.id(), &NetworkDisconnectParams::default()).await?;
//! network.remove().await?;
//! # });
//! ```

mod attrs;
mod config;
mod configs;
mod container;
mod containers;
mod docker_client;
mod event;
mod exec;
mod image;
mod images;
mod import_source;
mod network;
mod networks;
mod node;
mod nodes;
mod object;
mod plugin;
mod plugins;
mod progress;
mod registry_data;
mod run;
mod secret;
mod secrets;
mod service;
mod service_params;
mod services;
mod swarm;
mod volume;
mod volumes;

pub use config::Config;
pub use configs::Configs;
pub use container::{Container, CopyFromParams, CopySource, CopyToParams, WaitHealthyParams};
pub use containers::Containers;
pub use docker_client::DockerClient;
pub use event::Event;
pub use exec::{Exec, ExecOutput, ExecResult, ExecRunParams};
pub use image::{Image, Named, SaveParams};
pub use images::{Built, Images, PushOutput};
pub use import_source::ImportSource;
pub use network::Network;
pub use networks::Networks;
pub use node::Node;
pub use nodes::Nodes;
pub use plugin::Plugin;
pub use plugins::{PluginCreateParams, PluginInstallParams, Plugins};
pub use progress::Progress;
pub use registry_data::RegistryData;
pub use run::{RunOutput, RunParams};
pub use secret::Secret;
pub use secrets::Secrets;
pub use service::Service;
pub use service_params::{ForceUpdate, ServiceCreateParams, ServiceUpdateParams};
pub use services::Services;
pub use swarm::{Swarm, SwarmInitParams, SwarmUpdateParams};
pub use volume::Volume;
pub use volumes::Volumes;

pub use crate::api::build_cache::BuildPruneParams;
pub use crate::api::configs::{ConfigCreateParams, ConfigListParams};
pub use crate::api::containers::{
    AttachParams, AttachSocketParams, CommitParams, ContainerInspectParams, ContainerListParams,
    ContainerPruneParams, ContainerRemoveParams, ContainerSummaryParams, CreateParams, ExportParams,
    GetArchiveParams, KillParams, LogsParams, PutArchiveParams, ResizeParams, RestartParams, StartParams,
    StatsParams, StopParams, TopParams, UpdateParams, WaitParams,
};
pub use crate::api::exec::{ExecCreateParams, ExecOutputOptions, ExecStartParams};
pub use crate::api::images::{
    AttestationsParams, BuildOutput, BuildParams, Builder, ImageHistoryParams, ImageImportParams,
    ImageInspectParams, ImageListParams, ImageLoadParams, ImagePruneParams, ImageRemoveParams,
    ImageSaveParams, PullParams, PushParams, SearchParams, TagParams,
};
pub use crate::api::networks::{
    NetworkConnectParams, NetworkCreateParams, NetworkDisconnectParams, NetworkInspectParams,
    NetworkListParams, NetworkPruneParams,
};
pub use crate::api::nodes::{NodeListParams, NodeRemoveParams};
pub use crate::api::plugins::{
    PluginDisableParams, PluginEnableParams, PluginListParams, PluginPrivilegesParams, PluginPullParams,
    PluginPushParams, PluginRemoveParams, PluginUpgradeParams,
};
pub use crate::api::registry::DistributionParams;
pub use crate::api::secrets::{SecretCreateParams, SecretListParams};
pub use crate::api::services::{
    CreateServiceParams, ServiceInspectParams, ServiceListParams, ServiceLogsParams, UpdateServiceParams,
};
pub use crate::api::swarm::{SwarmJoinParams, SwarmLeaveParams};
pub use crate::api::system::EventsParams;
pub use crate::api::tasks::TaskListParams;
pub use crate::api::volumes::{
    VolumeCreateParams, VolumeListParams, VolumePruneParams, VolumeRemoveParams, VolumeUpdateParams,
};
pub use crate::auth::LoginParams;

use std::future::Future;

use futures_util::{StreamExt, TryStreamExt, stream};
use serde_json::Value;

use crate::client::Answer;
use crate::error::Result;
use crate::request::Request;
use crate::stream::Frames;
use crate::version::ApiVersion;
use attrs::Attrs;

/// How many inspections a list makes at once.
const AT_ONCE: usize = 16;

/// Gets objects by their ids, several at once and in their order. One that went away meanwhile is left out.
async fn get_each<T, F>(ids: impl Iterator<Item = String>, get: impl Fn(String) -> F) -> Result<Vec<T>>
where
    F: Future<Output = Result<T>>,
{
    let gets = ids.map(|id| {
        let get = get(id);
        async move {
            match get.await {
                Ok(object) => Ok(Some(object)),
                Err(error) if error.kind().is_a("NotFound") => Ok(None),
                Err(error) => Err(error),
            }
        }
    });
    // Collected first: a stream over a borrowed list could not cross threads.
    let gets: Vec<_> = gets.collect();
    stream::iter(gets).buffered(AT_ONCE).try_filter_map(|found| async { Ok(found) }).try_collect().await
}

/// Carries out a prune. What was deleted is a list even if it is nothing, which the engine tells as null.
async fn pruned(client: &DockerClient, request: Request, deleted: &str) -> Result<Value> {
    let mut answer = client.api().json(request).await?;
    if let Some(deleted) = answer.get_mut(deleted).filter(|deleted| deleted.is_null()) {
        *deleted = Value::Array(Vec::new());
    }
    Ok(answer)
}

/// A list as it is to be given; null is an empty one.
fn listed(list: Value) -> Value {
    if list.is_null() { Value::Array(Vec::new()) } else { list }
}

/// The items of a list; null is an empty one.
fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// An object's `Id`.
fn id_of(attrs: &Value) -> &str {
    attrs.get("Id").or_else(|| attrs.get("ID")).and_then(Value::as_str).unwrap_or_default()
}

/// The attributes of what was just created, with its name, as docker-py has them.
fn named(mut created: Value, name: &str) -> Value {
    if let Some(attrs) = created.as_object_mut() {
        attrs.insert("Spec".to_owned(), serde_json::json!({ "Name": name }));
    }
    created
}

/// The content type of a stream without frames, which a terminal writes.
const RAW_STREAM: &str = "application/vnd.docker.raw-stream";
/// The content type of a stream of frames.
const MULTIPLEXED_STREAM: &str = "application/vnd.docker.multiplexed-stream";

/// Takes an answer apart into frames.
async fn frames(
    client: &DockerClient,
    answer: Answer,
    has_terminal: impl Future<Output = Result<bool>>,
) -> Result<Frames> {
    // Boxed, for what it may have to ask makes it large.
    let multiplexed = Box::pin(is_multiplexed(client, answer.content_type(), has_terminal)).await?;
    Ok(if multiplexed { Frames::multiplexed(answer.stream()) } else { Frames::raw(answer.stream()) })
}

/// Whether a stream of this content type has frames. Before API 1.42, whose engines call every stream raw, and with
/// another content type, only the setting of what wrote it tells.
async fn is_multiplexed(
    client: &DockerClient,
    content_type: &str,
    has_terminal: impl Future<Output = Result<bool>>,
) -> Result<bool> {
    let types_differ = client.api().api_version().await? >= ApiVersion::new(1, 42);
    match content_type {
        RAW_STREAM if types_differ => Ok(false),
        MULTIPLEXED_STREAM => Ok(true),
        _ => Ok(!has_terminal.await?),
    }
}
