//! A container.

mod attach;
mod copy;
mod files;
mod health;

use serde_json::{Map, Value};

use super::object::object;
use super::{
    CommitParams, ContainerInspectParams, ContainerRemoveParams, Exec, ExecCreateParams, ExecResult,
    ExecRunParams, Image, KillParams, LogsParams, RestartParams, StartParams, StatsParams, StopParams,
    TopParams, UpdateParams, WaitParams, exec, frames, id_of, is_multiplexed,
};
use crate::api::containers;
use crate::api::images::seconds_of;
use crate::client::Answer;
use crate::error::{Error, Result};
use crate::stream::{ByteStream, Frames, JsonLines};
use crate::types::Scalar;
pub use copy::{CopyFromParams, CopySource, CopyToParams};
pub use health::WaitHealthyParams;

object! {
    /// A container (docker-py: `docker.models.containers.Container`). Clones share their attributes.
    Container, containers::inspect
}

fn map(value: Value) -> Option<Map<String, Value>> {
    if let Value::Object(map) = value { Some(map) } else { None }
}

impl Container {
    /// The name without its slash.
    pub fn name(&self) -> String {
        // Podman's lists have both, and leave the first empty.
        let name = self.attrs.text("/Name");
        let name = if name.is_empty() { self.attrs.text("/Names/0") } else { name };
        name.trim_start_matches('/').to_owned()
    }

    /// The status, for example `running` or `exited`.
    pub fn status(&self) -> String {
        let status = self.attrs.text("/State/Status");
        if status.is_empty() { self.attrs.text("/State") } else { status }
    }

    /// The health, for example `healthy`; `unknown` without a health check.
    pub fn health(&self) -> String {
        let health = self.attrs.text("/State/Health/Status");
        if health.is_empty() { "unknown".to_owned() } else { health }
    }

    /// The labels.
    pub fn labels(&self) -> Map<String, Value> {
        map(self.attrs.at("/Config/Labels")).or_else(|| map(self.attrs.at("/Labels"))).unwrap_or_default()
    }

    /// The ports: from `80/tcp` to a list of `{HostIp, HostPort}`, or null when unpublished.
    pub fn ports(&self) -> Map<String, Value> {
        map(self.attrs.at("/NetworkSettings/Ports")).unwrap_or_default()
    }

    /// The image that it was made from.
    ///
    /// # Errors
    ///
    /// When the image is gone.
    pub async fn image(&self) -> Result<Image> {
        let id = self.attrs.text("/ImageID");
        let id = if id.is_empty() { self.attrs.text("/Image") } else { id };
        self.client.images().get(&id).await
    }

    /// What the engine tells of it now; the attributes stay as they are.
    ///
    /// # Errors
    ///
    /// When the container is gone.
    pub async fn inspect(&self, params: &ContainerInspectParams) -> Result<Value> {
        self.client.api().json(containers::inspect_with(&self.id, params)).await
    }

    /// Where a port of it is published now: a list of `{HostIp, HostPort}`, or null. A port without a protocol is looked
    /// for as tcp, udp and sctp.
    ///
    /// # Errors
    ///
    /// When the container is gone.
    pub async fn port(&self, private_port: &Scalar) -> Result<Value> {
        let attrs = self.client.api().json(containers::inspect(&self.id)).await?;
        Ok(containers::port(&attrs, private_port))
    }

    /// Starts it. That it runs already is no error.
    ///
    /// # Errors
    ///
    /// When the engine cannot start it.
    pub async fn start(&self) -> Result<()> {
        self.start_with(&StartParams::default()).await
    }

    /// Starts it in a way of one's own. That it runs already is no error.
    ///
    /// # Errors
    ///
    /// When the engine cannot start it.
    pub async fn start_with(&self, params: &StartParams) -> Result<()> {
        self.client.api().empty(containers::start_with(&self.id, params)).await
    }

    /// Stops it. That it does not run is no error.
    ///
    /// # Errors
    ///
    /// When the container is gone.
    pub async fn stop(&self, params: &StopParams) -> Result<()> {
        self.client.api().empty(containers::stop(&self.id, params)).await
    }

    /// Restarts it.
    ///
    /// # Errors
    ///
    /// When the engine cannot start it.
    pub async fn restart(&self, params: &RestartParams) -> Result<()> {
        self.client.api().empty(containers::restart(&self.id, params)).await
    }

    /// Sends it a signal, by default `SIGKILL`.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub async fn kill(&self, params: &KillParams) -> Result<()> {
        self.client.api().empty(containers::kill(&self.id, params)).await
    }

    /// Pauses its processes.
    ///
    /// # Errors
    ///
    /// When it does not run or is paused.
    pub async fn pause(&self) -> Result<()> {
        self.client.api().empty(containers::pause(&self.id)).await
    }

    /// Lets its processes go on.
    ///
    /// # Errors
    ///
    /// When it is not paused.
    pub async fn unpause(&self) -> Result<()> {
        self.client.api().empty(containers::unpause(&self.id)).await
    }

    /// Removes it.
    ///
    /// # Errors
    ///
    /// When it runs and `force` is not set.
    pub async fn remove(&self, params: &ContainerRemoveParams) -> Result<()> {
        self.client.api().empty(containers::remove(&self.id, params)).await
    }

    /// Renames it.
    ///
    /// # Errors
    ///
    /// When the name is taken or cannot be one.
    pub async fn rename(&self, name: &str) -> Result<()> {
        self.client.api().empty(containers::rename(&self.id, name)).await
    }

    /// Changes its limits and gives the engine's answer: `{"Warnings": ...}`.
    ///
    /// # Errors
    ///
    /// When a size is none, or the engine refuses a limit.
    pub async fn update(&self, params: &UpdateParams) -> Result<Value> {
        self.client.api().json(containers::update(&self.id, params)?).await
    }

    /// Waits until it ends and gives the engine's answer: `{"StatusCode": 0}`.
    ///
    /// # Errors
    ///
    /// [`Timeout`](crate::ErrorKind::Timeout) when `timeout` seconds are over.
    pub async fn wait(&self, params: &WaitParams) -> Result<Value> {
        let work =
            async { self.client.api().send(containers::wait(&self.id, params)).await?.json_at_last().await };
        match params.timeout {
            None => work.await,
            Some(seconds) => {
                let limit = seconds_of("timeout", seconds)?;
                let result = tokio::time::timeout(limit, work).await;
                result.unwrap_or_else(|_| Err(Error::timeout("end of the container", limit)))
            }
        }
    }

    /// Its logs as a stream of frames; with `follow` unset, up to now.
    ///
    /// # Errors
    ///
    /// When its log driver cannot be read.
    pub async fn logs(&self, params: &LogsParams) -> Result<Frames> {
        let answer = self.client.api().send(containers::logs(&self.id, params)).await?;
        self.frames(answer).await
    }

    /// Takes an answer apart into frames.
    pub(super) async fn frames(&self, answer: Answer) -> Result<Frames> {
        frames(&self.client, answer, self.has_terminal()).await
    }

    async fn has_terminal(&self) -> Result<bool> {
        if self.attrs.get().get("Config").is_none() {
            self.reload().await?;
        }
        Ok(self.attrs.get().pointer("/Config/Tty").and_then(Value::as_bool).unwrap_or(false))
    }

    /// Runs a command in it.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub async fn exec_run(&self, params: &ExecRunParams) -> Result<ExecResult> {
        exec::run(&self.client, &self.id, params, None).await
    }

    /// Runs a command in it and gives this to its standard input while its output is read.
    ///
    /// # Errors
    ///
    /// When it does not run; with `detach` or `socket`, which leave nobody who could give it; the input's own.
    pub async fn exec_run_with_input(&self, params: &ExecRunParams, input: ByteStream) -> Result<ExecResult> {
        exec::run(&self.client, &self.id, params, Some(input)).await
    }

    /// Prepares a command in it (docker-py: `APIClient.exec_create`).
    ///
    /// # Errors
    ///
    /// When it does not run, or the command cannot be split into words.
    pub async fn exec_create(&self, params: &ExecCreateParams) -> Result<Exec> {
        Exec::create(&self.client, &self.id, params).await
    }

    /// Lists its processes: `{"Titles": [...], "Processes": [[...], ...]}`.
    ///
    /// # Errors
    ///
    /// When it does not run.
    pub async fn top(&self, params: &TopParams) -> Result<Value> {
        self.client.api().json(containers::top(&self.id, params)).await
    }

    /// What changed in its file system: a list of `{"Path", "Kind"}`, kind 0 changed, 1 added, 2 deleted.
    ///
    /// # Errors
    ///
    /// When the container is gone.
    pub async fn diff(&self) -> Result<Value> {
        let changes = self.client.api().json(containers::diff(&self.id)).await?;
        Ok(if changes.is_null() { Value::Array(Vec::new()) } else { changes })
    }

    /// Its statistics as a stream, one record a second.
    ///
    /// # Errors
    ///
    /// When the container is gone.
    pub async fn stats(&self, params: &StatsParams) -> Result<JsonLines> {
        self.client.api().json_lines(containers::stats(&self.id, params)).await
    }

    /// One record of its statistics.
    ///
    /// # Errors
    ///
    /// When the container is gone.
    pub async fn stats_once(&self, params: &StatsParams) -> Result<Value> {
        self.client.api().json(containers::stats(&self.id, &params.clone().stream(false))).await
    }

    /// Makes an image of it.
    ///
    /// # Errors
    ///
    /// When the name cannot be an image's.
    pub async fn commit(&self, params: &CommitParams) -> Result<Image> {
        let created = self.client.api().json(containers::commit(&self.id, params)).await?;
        self.client.images().get(id_of(&created)).await
    }
}
