//! Where the engine is, how to reach it, and how long to wait.

mod environment;

use std::path::PathBuf;
use std::time::Duration;

use http::HeaderValue;

use crate::host::Host;
use crate::tls::Tls;
use crate::version::ApiVersion;

/// How long a client waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// To open a connection.
    pub connect: Duration,
    /// For the headers of an answer, and between two pieces of a request or of an answer that is read whole.
    /// `None` waits without end.
    pub idle: Option<Duration>,
    /// Between two pieces of a stream that the engine keeps open, such as logs, events or an attached container; both
    /// directions count. `None` waits without end, for a container may be silent for long.
    pub stream: Option<Duration>,
    /// For a whole call that reads its answer at once; `None` sets no limit.
    pub total: Option<Duration>,
}

impl Default for Timeouts {
    fn default() -> Self {
        let minute = Duration::from_secs(60);
        Self { connect: minute, idle: Some(minute), stream: None, total: None }
    }
}

/// How `ssh` is run for an engine at `ssh://`.
///
/// Without a terminal it cannot ask anything (`BatchMode=yes`): a key that needs a password needs an agent, and the
/// machine's own key must be known. Connections share one, as by ssh's `ControlMaster`, unless the user's
/// configuration of ssh has set that up for the machine itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SshSettings {
    /// The program.
    pub program: PathBuf,
    /// Arguments that come before all others, for example `-i` and the path of a key.
    pub options: Vec<String>,
    /// How many connections there may be at a time. One more waits until another ends, at most as long as
    /// [`Timeouts::connect`]. An ssh server lets ten share one, and that many log in at a time, unless it is told
    /// otherwise.
    pub connections: usize,
}

impl Default for SshSettings {
    fn default() -> Self {
        Self { program: PathBuf::from("ssh"), options: Vec::new(), connections: 10 }
    }
}

/// Where and how to reach an engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The engine's address.
    pub host: Host,
    /// How to speak TLS. Without it `tcp://` is not encrypted, and `https://` trusts whom the system trusts; other
    /// addresses have no use for it.
    pub tls: Option<Tls>,
    /// How to run `ssh` for an address that needs it.
    pub ssh: SshSettings,
    /// The API version to speak; `None` negotiates it with the engine.
    pub version: Option<ApiVersion>,
    /// How long to wait.
    pub timeouts: Timeouts,
    /// The folder with docker's `config.json`; `None` takes `DOCKER_CONFIG`, else `~/.docker`.
    pub config_folder: Option<PathBuf>,
    /// Environment variables for credential helpers, beside those of this process (docker-py: `credstore_env`).
    pub credstore_env: Vec<(String, String)>,
    /// What the client calls itself, in place of its name and version (docker-py: `user_agent`).
    pub user_agent: Option<HeaderValue>,
    /// How many connections are kept open while no call uses them; `None` keeps all (docker-py: `max_pool_size`).
    pub idle_connections: Option<usize>,
}

impl Settings {
    /// Settings for an address, with everything else at its default.
    pub fn new(host: Host) -> Self {
        Self {
            host,
            tls: None,
            ssh: SshSettings::default(),
            version: None,
            timeouts: Timeouts::default(),
            config_folder: None,
            credstore_env: Vec::new(),
            user_agent: None,
            idle_connections: None,
        }
    }
}
