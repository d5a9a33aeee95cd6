//! What a swarm is set to (docker-py: `docker.types.swarm`).

use serde_json::{Map, Value, json};

use super::DriverConfig;
use super::fields::Fields;
use super::part::{Part, PartType, wire, wires};
use crate::error::Result;
use crate::models::{SwarmInitParams, SwarmUpdateParams};
use crate::params;
use crate::types::Pairs;

params! {
    /// What a swarm is set to (docker-py: `docker.types.SwarmSpec`, `create_swarm_spec`).
    pub struct SwarmSpec as swarm_setters {
        /// How many old tasks are kept for each replica or node.
        task_history_retention_limit: Option<i64>,
        /// How many log entries lie between two snapshots.
        snapshot_interval: Option<i64>,
        /// How many old snapshots are kept.
        keep_old_snapshots: Option<i64>,
        /// How many log entries are kept for slow followers after a snapshot.
        log_entries_for_slow_followers: Option<i64>,
        /// How many ticks lie between two heartbeats.
        heartbeat_tick: Option<i64>,
        /// After how many ticks without a leader one is elected.
        election_tick: Option<i64>,
        /// The time between two heartbeats of an agent in nanoseconds.
        dispatcher_heartbeat_period: Option<i64>,
        /// How long a node's certificate is valid, in nanoseconds.
        node_cert_expiry: Option<i64>,
        /// Outside certificate authorities.
        external_cas: Option<Vec<Part<SwarmExternalCA>>>,
        /// The name, which engines want to be `default`.
        name: Option<String>,
        /// Labels.
        labels: Option<Pairs>,
        /// The certificate that signs the nodes' certificates, in PEM.
        signing_ca_cert: Option<String>,
        /// The key that signs the nodes' certificates, in PEM.
        signing_ca_key: Option<String>,
        /// A counter; a new value makes a new certificate and key if none are given.
        ca_force_rotate: Option<i64>,
        /// Lock the managers' data with a key.
        autolock_managers: Option<bool>,
        /// The log driver of tasks that name none.
        log_driver: Option<Part<DriverConfig>>,
        /// One outside certificate authority, in place of `external_cas`.
        external_ca: Option<Part<SwarmExternalCA>>,
    }
}

swarm_setters!(SwarmInitParams, spec);
swarm_setters!(SwarmUpdateParams, spec);

impl PartType for SwarmSpec {
    const NAME: &'static str = "SwarmSpec";

    fn to_wire(&self) -> Result<Value> {
        let history = json!({"TaskHistoryRetentionLimit": self.task_history_retention_limit});
        let raft = [
            ("SnapshotInterval", self.snapshot_interval),
            ("KeepOldSnapshots", self.keep_old_snapshots),
            ("LogEntriesForSlowFollowers", self.log_entries_for_slow_followers),
            ("HeartbeatTick", self.heartbeat_tick),
            ("ElectionTick", self.election_tick),
        ];
        let has_raft = raft.iter().any(|(_, value)| value.is_some_and(|value| value != 0));
        let raft: Map<_, _> = raft.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        let period = self.dispatcher_heartbeat_period.filter(|period| *period != 0);
        let authorities = match wire(self.external_ca.as_ref())? {
            Some(one) => Some(json!([one])),
            None => wires(self.external_cas.as_ref())?,
        };
        let ca = Fields::default()
            .given("NodeCertExpiry", self.node_cert_expiry)
            .filled("ExternalCAs", authorities)
            .filled("SigningCAKey", self.signing_ca_key.clone())
            .filled("SigningCACert", self.signing_ca_cert.clone())
            .given("ForceRotate", self.ca_force_rotate);
        let lock = self.autolock_managers.map(|lock| json!({"AutoLockManagers": lock}));
        let driver = wire(self.log_driver.as_ref())?.map(|driver| json!({"LogDriver": driver}));
        Ok(Fields::default()
            .given("Orchestration", self.task_history_retention_limit.map(|_| history))
            .given("Raft", has_raft.then_some(raft))
            .given("Dispatcher", period.map(|period| json!({"HeartbeatPeriod": period})))
            .filled("CAConfig", Some(ca))
            .given("EncryptionConfig", lock)
            .given("TaskDefaults", driver)
            .given("Name", self.name.clone())
            .given("Labels", self.labels.as_ref().map(Pairs::labels))
            .into())
    }
}

params! {
    /// A certificate authority outside of the swarm (docker-py: `docker.types.SwarmExternalCA`).
    pub struct SwarmExternalCA {
        /// Where to send requests for certificates.
        url: String => required,
        /// The protocol: `cfssl`.
        protocol: Option<String>,
        /// Options of the protocol.
        options: Option<Map<String, Value>>,
        /// The authority's certificate in PEM; the swarm's own without one.
        ca_cert: Option<String>,
    }
}

impl PartType for SwarmExternalCA {
    const NAME: &'static str = "SwarmExternalCA";

    fn to_wire(&self) -> Result<Value> {
        Ok(
            json!({"URL": self.url, "Protocol": self.protocol, "Options": self.options, "CACert": self.ca_cert}),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_given() {
        assert_eq!(Part::from(SwarmSpec::default()).to_wire().unwrap(), json!({}));
        let spec = SwarmSpec::default()
            .task_history_retention_limit(0)
            .snapshot_interval(5000)
            .keep_old_snapshots(0)
            .node_cert_expiry(7)
            .autolock_managers(false)
            .external_ca(SwarmExternalCA::default().url("https://ca").protocol("cfssl"))
            .log_driver(DriverConfig::default().name("local"))
            .labels([("a", "b")]);
        assert_eq!(
            Part::from(spec).to_wire().unwrap(),
            json!({
                "Orchestration": {"TaskHistoryRetentionLimit": 0},
                "Raft": {
                    "SnapshotInterval": 5000, "KeepOldSnapshots": 0, "LogEntriesForSlowFollowers": null,
                    "HeartbeatTick": null, "ElectionTick": null,
                },
                "CAConfig": {
                    "NodeCertExpiry": 7,
                    "ExternalCAs": [{"URL": "https://ca", "Protocol": "cfssl", "Options": null, "CACert": null}],
                },
                "EncryptionConfig": {"AutoLockManagers": false},
                "TaskDefaults": {"LogDriver": {"Name": "local"}},
                "Labels": {"a": "b"},
            })
        );
    }
}
