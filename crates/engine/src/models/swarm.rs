//! The swarm that an engine is part of.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::object::{short, version};
use super::{Attrs, DockerClient, SwarmJoinParams, SwarmLeaveParams, id_of};
use crate::api::swarm::{self, InitSwarmParams, UpdateSwarmParams};
use crate::error::{Error, ErrorKind, Result};
use crate::params;
use crate::types::SwarmSpec;

params! {
    /// How to begin a swarm, with all that it can be set to.
    pub struct SwarmInitParams {
        /// The address that other nodes reach this one at: `ADDRESS[:PORT]` or `INTERFACE[:PORT]`.
        advertise_addr: Option<String>,
        /// The address to listen at for other managers.
        listen_addr: String = "0.0.0.0:2377".to_owned(),
        /// Begin anew even if the engine is part of a swarm.
        force_new_cluster: bool = false,
        /// Where the swarm's networks lie, for example `["10.20.0.0/16"]`.
        default_addr_pool: Option<Vec<String>>,
        /// How many bits of the address name each of these networks.
        subnet_size: Option<i64>,
        /// The address or interface for the data between containers.
        data_path_addr: Option<String>,
        /// The port for the data between containers; 4789 without one.
        data_path_port: Option<i64>,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>;
        /// What the swarm is set to.
        ..spec: SwarmSpec,
    }
}

params! {
    /// How to change a swarm. What is left out of its settings goes back to its default.
    pub struct SwarmUpdateParams {
        /// Make a new token for workers.
        rotate_worker_token: bool = false,
        /// Make a new token for managers.
        rotate_manager_token: bool = false,
        /// Make a new key that unlocks managers.
        rotate_manager_unlock_key: bool = false,
        /// Further fields of the request's body, in the Engine API's own names.
        extra: Option<Map<String, Value>>;
        /// What the swarm is set to.
        ..spec: SwarmSpec,
    }
}

/// How long a certificate is valid if an update does not say, in nanoseconds: 90 days. Engines refuse an update
/// without it.
const CERTIFICATE_EXPIRY: i64 = 90 * 24 * 3_600_000_000_000;

/// The swarm that an engine is part of (docker-py: `client.swarm`). Clones share their attributes.
///
/// ```
/// # moondock_tests::example!(alone |client| {
/// use moondock_engine::models::{SwarmInitParams, SwarmLeaveParams};
///
/// let swarm = client.swarm().await?;
/// swarm.init(&SwarmInitParams::default().advertise_addr("127.0.0.1")).await?;
/// assert!(swarm.attrs()["JoinTokens"]["Worker"].as_str().is_some_and(|token| token.starts_with("SWMTKN-")));
/// swarm.leave(&SwarmLeaveParams::default().force(true)).await?;
/// # });
/// ```
#[derive(Clone, Debug)]
pub struct Swarm {
    client: DockerClient,
    attrs: Attrs,
}

impl Swarm {
    /// Loads the swarm. That the engine manages none is no error here.
    pub(super) async fn load(client: DockerClient) -> Result<Self> {
        let swarm = Self { client, attrs: Value::Object(Map::new()).into() };
        match swarm.reload().await {
            Err(error) if is_of_none(&error) => Ok(swarm),
            result => result.map(|()| swarm),
        }
    }

    /// The client that it came from.
    pub fn client(&self) -> &DockerClient {
        &self.client
    }

    /// The raw attributes as the engine gave them last; none if it manages no swarm.
    pub fn attrs(&self) -> Arc<Value> {
        self.attrs.get()
    }

    /// The id; empty if the engine manages no swarm.
    pub fn id(&self) -> String {
        id_of(&self.attrs.get()).to_owned()
    }

    /// The first twelve characters of the id.
    pub fn short_id(&self) -> String {
        short(&self.id())
    }

    /// The version, which an update names. Once the engine has a newer one, an update is an error until
    /// [`reload`](Self::reload).
    pub fn version(&self) -> u64 {
        version(&self.attrs.get())
    }

    /// Gets the attributes anew.
    ///
    /// # Errors
    ///
    /// When the engine manages no swarm.
    pub async fn reload(&self) -> Result<()> {
        self.attrs.set(&self.client.api().json_as(swarm::inspect()).await?);
        Ok(())
    }

    /// Begins a swarm and gives this node's id.
    ///
    /// # Errors
    ///
    /// When the engine is part of a swarm, or `advertise_addr` is missing and it has several addresses.
    pub async fn init(&self, params: &SwarmInitParams) -> Result<String> {
        let init = InitSwarmParams {
            advertise_addr: params.advertise_addr.clone(),
            listen_addr: params.listen_addr.clone(),
            force_new_cluster: params.force_new_cluster,
            swarm_spec: Some(params.spec.clone().into()),
            default_addr_pool: params.default_addr_pool.clone(),
            subnet_size: params.subnet_size,
            data_path_addr: params.data_path_addr.clone(),
            data_path_port: params.data_path_port,
            extra: params.extra.clone(),
        };
        let node = self.client.api().json(swarm::init(&init)?).await?;
        self.reload().await?;
        Ok(node.as_str().unwrap_or_default().to_owned())
    }

    /// Joins a swarm.
    ///
    /// # Errors
    ///
    /// When the engine is part of a swarm, no manager is reached, or the token is none.
    pub async fn join(&self, params: &SwarmJoinParams) -> Result<()> {
        self.client.api().empty(swarm::join(params)).await
    }

    /// Leaves the swarm.
    ///
    /// # Errors
    ///
    /// When the engine manages it or is part of none, and `force` is not set.
    pub async fn leave(&self, params: &SwarmLeaveParams) -> Result<()> {
        match self.client.api().empty(swarm::leave(params)).await {
            Err(error) if params.force && is_of_none(&error) => Ok(()),
            result => result,
        }
    }

    /// The key that unlocks this manager after a restart: `{"UnlockKey": "SWMKEY-..."}`, empty if managers are not
    /// locked.
    ///
    /// # Errors
    ///
    /// When the engine manages no swarm.
    pub async fn get_unlock_key(&self) -> Result<Value> {
        self.client.api().json(swarm::unlock_key()).await
    }

    /// Unlocks this manager. The key is text, or what [`get_unlock_key`](Self::get_unlock_key) gave.
    ///
    /// # Errors
    ///
    /// When the key is wrong or nothing is locked.
    pub async fn unlock(&self, key: impl Into<Value>) -> Result<()> {
        self.client.api().empty(swarm::unlock(&key.into())?).await
    }

    /// Changes the swarm. What `spec` leaves out goes back to its default, the locking of managers too.
    ///
    /// # Errors
    ///
    /// When the swarm has changed since it was loaded.
    pub async fn update(&self, params: &SwarmUpdateParams) -> Result<()> {
        let mut spec = params.spec.clone();
        spec.node_cert_expiry.get_or_insert(CERTIFICATE_EXPIRY);
        let update = UpdateSwarmParams {
            swarm_spec: Some(spec.into()),
            rotate_worker_token: params.rotate_worker_token,
            rotate_manager_token: params.rotate_manager_token,
            rotate_manager_unlock_key: params.rotate_manager_unlock_key,
            extra: params.extra.clone(),
        };
        self.client.api().empty(swarm::update(self.version(), &update)?).await
    }
}

/// Whether an error says that the engine is part of no swarm, or manages none.
fn is_of_none(error: &Error) -> bool {
    error.kind() == ErrorKind::APIError && matches!(error.status_code(), Some(406 | 503))
}
