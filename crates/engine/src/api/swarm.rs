//! The swarm that an engine is part of.
//!
//! ```
//! # moondock_tests::example!(alone |client| {
//! use moondock_engine::api::swarm::{self, InitSwarmParams};
//! use moondock_engine::types::SwarmSpec;
//!
//! let spec = SwarmSpec::default().snapshot_interval(5000).autolock_managers(true);
//! let params = InitSwarmParams::default().advertise_addr("127.0.0.1").swarm_spec(spec);
//! client.api().json(swarm::init(&params)?).await?;
//! let attrs = client.api().json(swarm::inspect()).await?;
//! assert_eq!(attrs["Spec"]["Raft"]["SnapshotInterval"], 5000);
//! let unlock = client.api().json(swarm::unlock_key()).await?;
//! assert!(unlock["UnlockKey"].is_string());
//! # });
//! ```

use serde_json::{Map, Value, json};

use crate::error::Result;
use crate::params;
use crate::request::{Request, endpoints};
use crate::types::{Part, SwarmSpec, invalid, wire};

endpoints! {
    INSPECT = "SwarmInspect" GET "/swarm";
    INIT = "SwarmInit" POST "/swarm/init";
    JOIN = "SwarmJoin" POST "/swarm/join";
    LEAVE = "SwarmLeave" POST "/swarm/leave";
    UPDATE = "SwarmUpdate" POST "/swarm/update";
    UNLOCK_KEY = "SwarmUnlockkey" GET "/swarm/unlockkey";
    UNLOCK = "SwarmUnlock" POST "/swarm/unlock";
}

/// The networks of a swarm that is told their size only.
const ADDRESS_POOL: &str = "10.0.0.0/8";
/// The size of a swarm's networks that is told where they lie only.
const SUBNET_SIZE: i64 = 24;

/// Asks for all about the swarm (docker-py: `inspect_swarm`).
pub fn inspect() -> Request {
    Request::new(&INSPECT)
}

params! {
    /// How to begin a swarm (docker-py: `init_swarm`).
    pub struct InitSwarmParams {
        /// The address that other nodes reach this one at: `ADDRESS[:PORT]` or `INTERFACE[:PORT]`.
        advertise_addr: Option<String>,
        /// The address to listen at for other managers.
        listen_addr: String = "0.0.0.0:2377".to_owned(),
        /// Begin anew even if the engine is part of a swarm.
        force_new_cluster: bool = false,
        /// What the swarm is set to.
        swarm_spec: Option<Part<SwarmSpec>>,
        /// Where the swarm's networks lie, for example `["10.20.0.0/16"]`.
        default_addr_pool: Option<Vec<String>>,
        /// How many bits of the address name each of these networks.
        subnet_size: Option<i64>,
        /// The address or interface for the data between containers.
        data_path_addr: Option<String>,
        /// The port for the data between containers; 4789 without one.
        data_path_port: Option<i64>,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

/// Begins a swarm. The answer is this node's id.
///
/// # Errors
///
/// When the specification has a wrong form.
pub fn init(params: &InitSwarmParams) -> Result<Request> {
    let mut pool = params.default_addr_pool.clone();
    let mut size = params.subnet_size;
    if pool.is_some() || size.is_some() {
        pool.get_or_insert_with(|| vec![ADDRESS_POOL.to_owned()]);
        size.get_or_insert(SUBNET_SIZE);
    }
    let body = json!({
        "AdvertiseAddr": params.advertise_addr,
        "ListenAddr": params.listen_addr,
        "DefaultAddrPool": pool,
        "SubnetSize": size,
        "ForceNewCluster": params.force_new_cluster,
        "Spec": wire(params.swarm_spec.as_ref())?,
        "DataPathAddr": params.data_path_addr,
        "DataPathPort": params.data_path_port,
    });
    Ok(Request::new(&INIT).json(body).extra(params.extra.as_ref()))
}

params! {
    /// How to join a swarm (docker-py: `join_swarm`).
    pub struct SwarmJoinParams {
        /// Addresses of managers of the swarm.
        remote_addrs: Option<Vec<String>> => required,
        /// The token that lets a worker or a manager in.
        join_token: String => required,
        /// The address to listen at for other managers.
        listen_addr: String = "0.0.0.0:2377".to_owned(),
        /// The address that other nodes reach this one at: `ADDRESS[:PORT]` or `INTERFACE[:PORT]`.
        advertise_addr: Option<String>,
        /// The address or interface for the data between containers.
        data_path_addr: Option<String>,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

/// Joins a swarm.
pub fn join(params: &SwarmJoinParams) -> Request {
    let body = json!({
        "RemoteAddrs": params.remote_addrs,
        "ListenAddr": params.listen_addr,
        "JoinToken": params.join_token,
        "AdvertiseAddr": params.advertise_addr,
        "DataPathAddr": params.data_path_addr,
    });
    Request::new(&JOIN).json(body).extra(params.extra.as_ref())
}

params! {
    /// How to leave a swarm (docker-py: `leave_swarm`).
    pub struct SwarmLeaveParams {
        /// Leave it even as a manager; that the engine is part of none is no error then.
        force: bool = false,
    }
}

/// Leaves the swarm.
pub fn leave(params: &SwarmLeaveParams) -> Request {
    Request::new(&LEAVE).query("force", params.force)
}

params! {
    /// How to change a swarm (docker-py: `update_swarm`).
    pub struct UpdateSwarmParams {
        /// What the swarm is set to; what is left out goes back to its default.
        swarm_spec: Option<Part<SwarmSpec>>,
        /// Make a new token for workers.
        rotate_worker_token: bool = false,
        /// Make a new token for managers.
        rotate_manager_token: bool = false,
        /// Make a new key that unlocks managers.
        rotate_manager_unlock_key: bool = false,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>,
    }
}

/// Changes the swarm. The version is the swarm's that is changed: its `Version.Index`.
///
/// # Errors
///
/// When the specification has a wrong form.
pub fn update(version: u64, params: &UpdateSwarmParams) -> Result<Request> {
    let spec = wire(params.swarm_spec.as_ref())?.unwrap_or_else(|| json!({}));
    Ok(Request::new(&UPDATE)
        .query("rotateWorkerToken", params.rotate_worker_token)
        .query("rotateManagerToken", params.rotate_manager_token)
        .query("version", version)
        .query_opt("rotateManagerUnlockKey", params.rotate_manager_unlock_key.then_some(true))
        .json(spec)
        .extra(params.extra.as_ref()))
}

/// Asks for the key that unlocks this manager (docker-py: `get_unlock_key`).
pub fn unlock_key() -> Request {
    Request::new(&UNLOCK_KEY)
}

/// Unlocks this manager (docker-py: `unlock_swarm`). The key is text, or the answer to [`unlock_key`].
///
/// # Errors
///
/// When the key is neither.
pub fn unlock(key: &Value) -> Result<Request> {
    let body = match key {
        Value::String(key) => json!({"UnlockKey": key}),
        Value::Object(answer) if answer.contains_key("UnlockKey") => key.clone(),
        _ => return Err(invalid("the key is neither text nor a map with `UnlockKey`")),
    };
    Ok(Request::new(&UNLOCK).json(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_and_a_size_go_together() {
        let plain = json!({"ListenAddr": "0.0.0.0:2377", "ForceNewCluster": false});
        let with = |pool: &str, size: i64| {
            let mut body = plain.clone();
            body["DefaultAddrPool"] = json!([pool]);
            body["SubnetSize"] = size.into();
            body
        };
        let params = InitSwarmParams::default;
        for (params, body) in [
            (params(), plain.clone()),
            (params().subnet_size(26), with("10.0.0.0/8", 26)),
            (params().default_addr_pool(vec!["10.9.0.0/16".to_owned()]), with("10.9.0.0/16", 24)),
        ] {
            assert_eq!(init(&params).unwrap().shown(), ("POST /swarm/init".to_owned(), body));
        }
    }

    #[test]
    fn an_update_is_of_a_version() {
        let params = UpdateSwarmParams::default().swarm_spec(SwarmSpec::default().name("default"));
        let (target, body) = update(9, &params.rotate_manager_unlock_key(true)).unwrap().shown();
        assert_eq!(
            target,
            "POST /swarm/update?rotateWorkerToken=false&rotateManagerToken=false&version=9&rotateManagerUnlockKey=true"
        );
        assert_eq!(body, json!({"Name": "default"}));
        let (target, body) = update(9, &UpdateSwarmParams::default()).unwrap().shown();
        assert_eq!((target.contains("UnlockKey"), body), (false, json!({})));
    }

    #[test]
    fn a_key_is_text_or_the_engines_answer() {
        let answer = json!({"UnlockKey": "SWMKEY-1"});
        assert_eq!(
            unlock(&"SWMKEY-1".into()).unwrap().shown(),
            ("POST /swarm/unlock".to_owned(), answer.clone())
        );
        assert_eq!(unlock(&answer).unwrap().shown().1, answer);
        for key in [json!(1), json!({"Key": "x"})] {
            assert!(unlock(&key).is_err(), "{key}");
        }
    }

    #[test]
    fn joins_by_a_token() {
        let managers = vec!["10.0.0.1:2377".to_owned()];
        let params = SwarmJoinParams::default().remote_addrs(managers).join_token("SWMTKN-1");
        assert_eq!(
            join(&params).shown(),
            (
                "POST /swarm/join".to_owned(),
                json!({"RemoteAddrs": ["10.0.0.1:2377"], "ListenAddr": "0.0.0.0:2377", "JoinToken": "SWMTKN-1"})
            )
        );
    }
}
