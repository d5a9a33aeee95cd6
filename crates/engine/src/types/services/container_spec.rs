//! The container of a service's task.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{ConfigReference, Privileges, SecretReference};
use crate::error::Result;
use crate::params;
use crate::params::{Kind, ParamType};
use crate::types::fields::Fields;
use crate::types::part::{Part, PartType, wire, wires};
use crate::types::{Command, Maps, Mount, Pairs, Scalar, healthcheck, mount, plain, ulimit};

params! {
    /// The container of a service's task (docker-py: `docker.types.ContainerSpec`).
    pub struct ContainerSpec {
        /// The image.
        image: Option<String> => required,
        /// The command, in place of the image's entry point: a line or its words.
        command: Option<Command>,
        /// The command's arguments.
        args: Option<Vec<String>>,
        /// The host name.
        hostname: Option<String>,
        /// Environment variables, as a map or as a list of `NAME=value`.
        env: Option<Pairs>,
        /// The working folder.
        workdir: Option<String>,
        /// The user to run as, by name or id.
        user: Option<Scalar>,
        /// Labels of the container.
        labels: Option<Pairs>,
        /// Mounts: each `source:target[:ro|rw]`, or `{target, source, type, read_only, ...}`.
        mounts: Option<Vec<MountForm>>,
        /// How long the container may take to stop before it is killed, in nanoseconds.
        stop_grace_period: Option<i64>,
        /// Secrets that it sees as files.
        secrets: Option<Vec<Part<SecretReference>>>,
        /// With a terminal.
        tty: Option<bool>,
        /// More groups that the process runs as, by name or id.
        groups: Option<Vec<Scalar>>,
        /// Keep the standard input open.
        open_stdin: Option<bool>,
        /// With a root file system that is read only.
        read_only: Option<bool>,
        /// The signal that stops the container.
        stop_signal: Option<String>,
        /// A check of the container's health: `{test, interval, timeout, retries, start_period}`, times in
        /// nanoseconds.
        healthcheck: Option<Map<String, Value>>,
        /// More hosts for `/etc/hosts`, as a map from name to address or a list of `address name`.
        hosts: Option<Pairs>,
        /// How names are resolved.
        dns_config: Option<Part<DNSConfig>>,
        /// Configs that it sees as files.
        configs: Option<Vec<Part<ConfigReference>>>,
        /// Security options.
        privileges: Option<Part<Privileges>>,
        /// The isolation of a Windows container.
        isolation: Option<String>,
        /// Run an init process that forwards signals and reaps processes.
        init: Option<bool>,
        /// Capabilities to add.
        cap_add: Option<Vec<String>>,
        /// Capabilities to drop.
        cap_drop: Option<Vec<String>>,
        /// Kernel parameters.
        sysctls: Option<Map<String, Value>>,
        /// Limits: a list of `{name, soft, hard}`. docker-py does not have it.
        ulimits: Option<Maps>,
        /// How readily the container is killed when memory runs out.
        #[since(1, 46)]
        oom_score_adj: Option<i64>,
    }
}

impl PartType for ContainerSpec {
    const NAME: &'static str = "ContainerSpec";

    fn to_wire(&self) -> Result<Value> {
        let texts = |list: &Option<Vec<Scalar>>| {
            list.as_ref().map(|list| list.iter().map(Scalar::to_string).collect::<Vec<_>>())
        };
        let sysctls = self.sysctls.as_ref().map(|sysctls| {
            sysctls.iter().map(|(name, value)| (name.clone(), plain(value).into())).collect::<Map<_, _>>()
        });
        let mounts =
            self.mounts.as_ref().map(|list| list.iter().map(MountForm::to_wire).collect::<Result<Vec<_>>>());
        let ulimits = self.ulimits.as_ref().map(|list| list.0.iter().map(ulimit).collect::<Result<Vec<_>>>());
        Ok(Fields::default()
            .set("Image", self.image.clone())
            .set("Command", self.command.as_ref().map(Command::words).transpose()?)
            .set("Args", self.args.clone())
            .given("Hostname", self.hostname.clone())
            .given("Env", self.env.as_ref().map(Pairs::environment))
            .given("Dir", self.workdir.clone())
            .given("User", self.user.as_ref().map(Scalar::to_string))
            .given("Groups", texts(&self.groups))
            .given("StopSignal", self.stop_signal.clone())
            .given("StopGracePeriod", self.stop_grace_period)
            .given("Labels", self.labels.as_ref().map(Pairs::labels))
            .given("Hosts", self.hosts.as_ref().map(hosts))
            .given("Mounts", mounts.transpose()?)
            .given("Secrets", wires(self.secrets.as_ref())?)
            .given("Configs", wires(self.configs.as_ref())?)
            .given("DNSConfig", wire(self.dns_config.as_ref())?)
            .given("Privileges", wire(self.privileges.as_ref())?)
            .given("Healthcheck", self.healthcheck.as_ref().map(healthcheck).transpose()?)
            .given("TTY", self.tty)
            .given("OpenStdin", self.open_stdin)
            .given("ReadOnly", self.read_only)
            .given("Isolation", self.isolation.clone())
            .given("Init", self.init)
            .given("CapabilityAdd", self.cap_add.clone())
            .given("CapabilityDrop", self.cap_drop.clone())
            .given("Sysctls", sysctls)
            .given("Ulimits", ulimits.transpose()?)
            .given("OomScoreAdj", self.oom_score_adj)
            .into())
    }
}

/// Lines of a hosts file: the address first.
fn hosts(hosts: &Pairs) -> Vec<String> {
    match hosts {
        Pairs::List(list) => list.clone(),
        Pairs::Map(map) => {
            let mut names: Vec<_> = map.iter().collect();
            names.sort_by_key(|(name, _)| *name);
            names.into_iter().map(|(name, address)| format!("{} {name}", plain(address))).collect()
        }
    }
}

/// A mount of a service: text such as `source:/target:ro`, or its options.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum MountForm {
    /// `[source:]target[:ro|rw]`.
    Text(String),
    /// `{target, source, type, read_only, ...}`.
    Options(Map<String, Value>),
}

impl MountForm {
    fn to_wire(&self) -> Result<Value> {
        match self {
            Self::Text(text) => mount(&text.parse::<Mount>()?.into()),
            Self::Options(options) => mount(options),
        }
    }
}

impl ParamType for MountForm {
    const KIND: Kind = Kind::Union(&[Kind::Str, Kind::Map(&Kind::Any)]);
}

impl From<&str> for MountForm {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Mount> for MountForm {
    fn from(mount: Mount) -> Self {
        Self::Options(mount.into())
    }
}

params! {
    /// How a service's containers resolve names (docker-py: `docker.types.DNSConfig`).
    pub struct DNSConfig {
        /// The addresses of name servers.
        nameservers: Option<Vec<String>>,
        /// Search domains.
        search: Option<Vec<String>>,
        /// Options for `resolv.conf`, for example `ndots:3`.
        options: Option<Vec<String>>,
    }
}

impl PartType for DNSConfig {
    const NAME: &'static str = "DNSConfig";

    fn to_wire(&self) -> Result<Value> {
        Ok(json!({"Nameservers": self.nameservers, "Search": self.search, "Options": self.options}))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(value: Value) -> Result<Value> {
        serde_json::from_value::<Part<ContainerSpec>>(value).unwrap().to_wire()
    }

    #[test]
    fn takes_docker_pys_forms() {
        let made = wire(json!({
            "image": "busybox",
            "command": "sh -c 'a b'",
            "env": {"A": 1},
            "user": 7,
            "groups": [1, "x"],
            "labels": ["seen"],
            "hosts": {"b": "10.0.0.2", "a": "10.0.0.1"},
            "mounts": ["v:/v", "/h:/h:ro", "/t", {"target": "/m", "type": "tmpfs"}],
            "healthcheck": {"test": "true"},
            "dns_config": {"search": ["x"]},
            "sysctls": {"net.core.somaxconn": 1024},
            "ulimits": [{"name": "nofile", "soft": 1}],
            "cap_add": ["NET_ADMIN"],
            "tty": false,
        }))
        .unwrap();
        assert_eq!(
            made,
            json!({
                "Image": "busybox",
                "Command": ["sh", "-c", "a b"],
                "Args": null,
                "Env": ["A=1"],
                "User": "7",
                "Groups": ["1", "x"],
                "Labels": {"seen": ""},
                "Hosts": ["10.0.0.1 a", "10.0.0.2 b"],
                "Mounts": [
                    {"Target": "/v", "Source": "v", "Type": "volume", "ReadOnly": false},
                    {"Target": "/h", "Source": "/h", "Type": "bind", "ReadOnly": true},
                    {"Target": "/t", "Source": null, "Type": "volume", "ReadOnly": false},
                    mount(json!({"target": "/m", "type": "tmpfs"}).as_object().unwrap()).unwrap(),
                ],
                "Healthcheck": healthcheck(json!({"test": "true"}).as_object().unwrap()).unwrap(),
                "DNSConfig": {"Nameservers": null, "Search": ["x"], "Options": null},
                "Sysctls": {"net.core.somaxconn": "1024"},
                "Ulimits": [{"Name": "nofile", "Soft": 1, "Hard": null}],
                "CapabilityAdd": ["NET_ADMIN"],
                "TTY": false,
            })
        );
    }

    #[test]
    fn refuses_what_is_no_mount() {
        for mounts in [json!(["a:/b:ro:z"]), json!([{"source": "a"}])] {
            assert!(wire(json!({"image": "a", "mounts": mounts})).is_err(), "{mounts}");
        }
    }
}
