//! Volumes.
//!
//! ```
//! # moondock_tests::example!(|client| {
//! use moondock_engine::api::volumes::{self, VolumeCreateParams, VolumeRemoveParams};
//!
//! let created = client.api().json(volumes::create(&VolumeCreateParams::default().name("api-volumes"))).await?;
//! assert_eq!(created["Driver"], "local");
//! client.api().empty(volumes::remove("api-volumes", &VolumeRemoveParams::default())).await?;
//! # });
//! ```

use serde_json::{Map, Value, json};

use super::newer::{Newer, version};
use crate::params;
use crate::request::{Patience, Request, endpoints};
use crate::types::Filters;
use crate::version::ApiVersion;

endpoints! {
    LIST = "VolumeList" GET "/volumes";
    CREATE = "VolumeCreate" POST "/volumes/create";
    INSPECT = "VolumeInspect" GET "/volumes/{name}";
    UPDATE = "VolumeUpdate" PUT "/volumes/{name}" since (1, 42);
    REMOVE = "VolumeDelete" DELETE "/volumes/{name}";
    PRUNE = "VolumePrune" POST "/volumes/prune";
}

params! {
    /// Which volumes to list.
    pub struct VolumeListParams {
        /// Only those that match, for example `{dangling: true, driver: "local", label: "x=y", name: "data"}`.
        filters: Option<Filters>,
    }
}

/// Lists volumes (docker-py: `volumes`).
pub fn list(params: &VolumeListParams) -> Request {
    super::filtered(Request::new(&LIST), params.filters.as_ref())
}

params! {
    /// How to create a volume.
    pub struct VolumeCreateParams {
        /// The name; the engine makes one up without it.
        name: Option<String>,
        /// The driver; the engine takes `local` without one.
        driver: Option<String>,
        /// Options of the driver.
        driver_opts: Option<Map<String, Value>>,
        /// Labels.
        labels: Option<Map<String, Value>>,
        /// Make it a volume of the swarm, in the Engine API's own names: `{Group, AccessMode, ...}`.
        #[since(1, 42)]
        cluster_volume_spec: Option<Map<String, Value>>,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

/// Options of a volume that a later version brought.
const NEWER: [Newer; 1] = [("/ClusterVolumeSpec", "cluster_volume_spec", version(42))];

/// Creates a volume (docker-py: `create_volume`). One of that name that is there already is given instead.
pub fn create(params: &VolumeCreateParams) -> Request {
    let body = json!({
        "Name": params.name,
        "Driver": params.driver,
        "DriverOpts": params.driver_opts,
        "Labels": params.labels,
        "ClusterVolumeSpec": params.cluster_volume_spec,
    });
    Request::new(&CREATE).json(body).extra(params.extra.as_ref()).needs_of_body(&NEWER)
}

/// Asks for all about a volume (docker-py: `inspect_volume`).
pub fn inspect(name: &str) -> Request {
    Request::new(&INSPECT).path("name", name)
}

params! {
    /// How to change a volume of a swarm.
    pub struct VolumeUpdateParams {
        /// The version that is changed: `ClusterVolume.Version.Index` of the volume's attributes.
        version: i64 => required,
        /// The whole new specification, in the Engine API's own names; only `Availability` may differ.
        spec: Option<Map<String, Value>>,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

/// Changes a volume of a swarm. Engines find it by `ClusterVolume.ID` of its attributes, not by its name.
pub fn update(name: &str, params: &VolumeUpdateParams) -> Request {
    Request::new(&UPDATE)
        .path("name", name)
        .query("version", params.version)
        .json(json!({"Spec": params.spec}))
        .extra(params.extra.as_ref())
}

params! {
    /// How to remove a volume.
    pub struct VolumeRemoveParams {
        /// Remove it even if its driver no longer has it.
        force: bool = false,
    }
}

/// Removes a volume (docker-py: `remove_volume`).
pub fn remove(name: &str, params: &VolumeRemoveParams) -> Request {
    Request::new(&REMOVE).path("name", name).query_opt("force", params.force.then_some(true))
}

params! {
    /// Which unused volumes to remove. Since API 1.42 only those without a name of their own, unless the filter `all`
    /// is set.
    pub struct VolumePruneParams {
        /// Only those that match, for example `{label: "x=y", all: true}`.
        filters: Option<Filters>,
    }
}

/// Removes unused volumes (docker-py: `prune_volumes`).
pub fn prune(params: &VolumePruneParams) -> Request {
    let request = super::filtered(Request::new(&PRUNE), params.filters.as_ref()).patience(Patience::Forever);
    match &params.filters {
        Some(filters) if filters.0.contains_key("all") => {
            request.needs("the filter `all`", ApiVersion::new(1, 42))
        }
        _ => request,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::newer::checks_all;
    use crate::params::Params;

    fn map(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn lists_and_inspects() {
        assert_eq!(list(&VolumeListParams::default()).shown().0, "GET /volumes");
        let params = VolumeListParams::default().filters(Filters::default().with("dangling", false));
        assert_eq!(list(&params).shown().0, r#"GET /volumes?filters={"dangling":["false"]}"#);
        assert_eq!(inspect("a").shown().0, "GET /volumes/a");
    }

    #[test]
    fn creates_with_what_is_given() {
        let (line, body) = create(&VolumeCreateParams::default()).shown();
        assert_eq!((line.as_str(), body), ("POST /volumes/create", json!({})));
        let params = VolumeCreateParams::default()
            .name("a")
            .driver("local")
            .driver_opts(map(&json!({"type": "tmpfs"})))
            .labels(map(&json!({})))
            .cluster_volume_spec(map(&json!({"Group": "g"})))
            .extra(map(&json!({"ClusterVolumeSpec": {"New": 1}})));
        let request = create(&params);
        let needs = [("cluster_volume_spec", ApiVersion::new(1, 42))];
        assert_eq!(request.needs, needs);
        let raw = VolumeCreateParams::default().extra(map(&json!({"ClusterVolumeSpec": {}})));
        assert_eq!(create(&raw).needs, needs);
        let body = json!({
            "Name": "a", "Driver": "local", "DriverOpts": {"type": "tmpfs"}, "Labels": {},
            "ClusterVolumeSpec": {"Group": "g", "New": 1},
        });
        assert_eq!(request.shown().1, body);
    }

    #[test]
    fn every_newer_parameter_is_checked() {
        checks_all(&NEWER, &[VolumeCreateParams::LIST]);
    }

    #[test]
    fn changes_and_removes() {
        let params = VolumeUpdateParams::default().version(7).spec(map(&json!({"Availability": "drain"})));
        let request = update("a", &params);
        assert_eq!(request.endpoint.since, ApiVersion::new(1, 42));
        let (line, body) = request.shown();
        assert_eq!(line, "PUT /volumes/a?version=7");
        assert_eq!(body, json!({"Spec": {"Availability": "drain"}}));
        assert_eq!(remove("a", &VolumeRemoveParams::default()).shown().0, "DELETE /volumes/a");
        let forced = remove("a", &VolumeRemoveParams::default().force(true));
        assert_eq!(forced.shown().0, "DELETE /volumes/a?force=true");
    }

    #[test]
    fn prunes_named_volumes_only_where_that_is_known() {
        let filters = |name, value: Value| {
            prune(&VolumePruneParams::default().filters(Filters::default().with(name, value)))
        };
        assert_eq!(prune(&VolumePruneParams::default()).shown().0, "POST /volumes/prune");
        assert_eq!(filters("label", "a".into()).needs, []);
        let request = filters("all", true.into());
        assert_eq!(request.needs, [("the filter `all`", ApiVersion::new(1, 42))]);
        assert_eq!(request.shown().0, r#"POST /volumes/prune?filters={"all":["true"]}"#);
    }
}
