//! A service of a swarm.

use serde_json::{Map, Value};

use super::object::{object, versioned};
use super::{
    ForceUpdate, ServiceInspectParams, ServiceLogsParams, ServiceUpdateParams, TaskListParams,
    UpdateServiceParams,
};
use crate::api::services;
use crate::error::Result;
use crate::stream::Frames;
use crate::types::{Part, ServiceMode, invalid};

object! {
    /// A service of a swarm (docker-py: `docker.models.services.Service`). Clones share their attributes.
    Service, |id| services::inspect(id, &ServiceInspectParams::default())
}

versioned!(Service);

impl Service {
    /// The name.
    pub fn name(&self) -> String {
        self.attrs.text("/Spec/Name")
    }

    /// Removes it and its tasks.
    ///
    /// # Errors
    ///
    /// When it is gone.
    pub async fn remove(&self) -> Result<()> {
        self.client.api().empty(services::remove(&self.id)).await
    }

    /// Its tasks, as the engine describes them.
    ///
    /// # Errors
    ///
    /// When the engine refuses a filter.
    pub async fn tasks(&self, params: &TaskListParams) -> Result<Value> {
        let filters = params.filters.clone().unwrap_or_default().with("service", self.id());
        self.client.services().tasks(&TaskListParams::default().filters(filters)).await
    }

    /// Updates it and gives the engine's `{"Warnings": [...]}`. What is left out stays as it is, unless
    /// `fetch_current_spec` is off. The attributes are those before until [`reload`](Self::reload).
    ///
    /// # Errors
    ///
    /// When it has changed since it was loaded, or an argument is wrong.
    pub async fn update(&self, params: &ServiceUpdateParams) -> Result<Value> {
        let params = params.request(&self.attrs.get())?;
        self.client.services().update_service(&self.id, self.version(), &params).await
    }

    /// Sets how many tasks there are, or how many times a job has to complete.
    ///
    /// # Errors
    ///
    /// When it has a task on every node, or has changed since it was loaded.
    pub async fn scale(&self, replicas: i64) -> Result<Value> {
        let params = UpdateServiceParams::default().mode(scaled(&self.attrs.get(), replicas)?);
        self.client
            .services()
            .update_service(&self.id, self.version(), &params.fetch_current_spec(true))
            .await
    }

    /// Replaces its tasks though nothing is new.
    ///
    /// # Errors
    ///
    /// When it has changed since it was loaded.
    pub async fn force_update(&self) -> Result<Value> {
        self.update(&ServiceUpdateParams::default().force_update(ForceUpdate::Again(true))).await
    }

    /// Its logs as a stream of frames; without `follow`, up to now. `stdout` or `stderr` is needed.
    ///
    /// # Errors
    ///
    /// When its log driver cannot be read, or neither `stdout` nor `stderr` is asked for.
    pub async fn logs(&self, params: &ServiceLogsParams) -> Result<Frames> {
        let attrs = self.attrs.get();
        let tty = attrs.pointer("/Spec/TaskTemplate/ContainerSpec/TTY").and_then(Value::as_bool);
        let mut params = params.clone();
        params.is_tty.get_or_insert(tty.unwrap_or_default());
        self.client.services().logs(&self.id, &params).await
    }
}

/// The mode of a service with another number of tasks.
fn scaled(attrs: &Value, replicas: i64) -> Result<Part<ServiceMode>> {
    let mode = attrs.pointer("/Spec/Mode");
    let job = mode.and_then(|mode| mode.get("ReplicatedJob"));
    if let Some(job) = job.and_then(Value::as_object) {
        let mut job = job.clone();
        job.insert("TotalCompletions".to_owned(), replicas.into());
        return Ok(Part::Raw(Map::from_iter([("ReplicatedJob".to_owned(), Value::Object(job))])));
    }
    if mode.is_some_and(|mode| mode.get("Global").or_else(|| mode.get("GlobalJob")).is_some()) {
        return Err(invalid("a global service has a task on every node and cannot be scaled"));
    }
    Ok(ServiceMode::default().mode("replicated").replicas(replicas).into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_has_replicas_is_scaled() {
        let wire = |mode: Value| scaled(&json!({"Spec": {"Mode": mode}}), 3).and_then(|mode| mode.to_wire());
        let replicated = wire(json!({"Replicated": {"Replicas": 1}})).unwrap();
        assert_eq!(replicated, json!({"replicated": {"Replicas": 3}}));
        let job = wire(json!({"ReplicatedJob": {"MaxConcurrent": 2, "TotalCompletions": 1}})).unwrap();
        assert_eq!(job, json!({"ReplicatedJob": {"MaxConcurrent": 2, "TotalCompletions": 3}}));
        for mode in ["Global", "GlobalJob"] {
            assert!(wire(json!({ mode: {} })).is_err(), "{mode}");
        }
    }
}
