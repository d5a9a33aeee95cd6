//! The table of reasons.

use super::Reason;
use crate::surface::What::{Added, Default, Missing};

/// What is still being made. It needs no reason; what has one all the same keeps it.
pub const PENDING: &[&str] = &[
    "APIClient.*",
    "Container.attach",
    "Container.attach_socket",
    "Container.export",
    "Container.get_archive",
    "Container.put_archive",
    "Container.resize",
    "Container.update",
    "DockerClient.api",
    "DockerClient.close",
    "DockerClient.login",
    "DockerClient.plugins",
    "Image.history",
    "Image.save",
    "Images.get_registry_data",
    "Images.prune_builds",
    "Images.push",
    "Images.search",
    "Plugin.*",
    "Plugins.*",
    "RegistryData.*",
    "docker.APIClient",
    "docker.Context*",
    "docker.DockerClient(credstore_env)",
    "docker.DockerClient(tls)",
    "docker.TLSConfig",
    "docker.__version__",
    "docker.context.*",
    "docker.errors.*",
    "docker.from_context",
    "docker.from_env(environment)",
    "docker.from_env(use_context)",
    "docker.tls.*",
    "docker.types.*",
    "docker.utils.*",
];

/// Every reason.
pub const REASONS: &[Reason] = &[
    Reason {
        what: Missing,
        places: &[
            "Model.attrs",
            "Model.id",
            "Model.reload",
            "Model.short_id",
            "Collection.create",
            "Collection.get",
            "Collection.list",
        ],
        why: "The base classes of docker-py's own code. What they have stands in each class.",
    },
    Reason {
        what: Missing,
        places: &["*.client", "*.collection", "*.model"],
        why: "How docker-py's objects find each other. A script has its client in a variable.",
    },
    Reason {
        what: Missing,
        places: &["*.id_attribute"],
        why: "Which of the raw attributes is the id. `id` gives it.",
    },
    Reason {
        what: Missing,
        places: &["*.prepare_model"],
        why: "Makes an object of raw attributes that the caller has. Here objects come from the engine: `get`.",
    },
    Reason {
        what: Missing,
        places: &["Images.create", "Nodes.create"],
        why: "Inherited from the base class; in docker-py they always raise `NotImplementedError`.",
    },
    Reason {
        what: Missing,
        places: &["DockerClient.from_env", "DockerClient.from_context"],
        why: "Class methods. `docker.from_env` and `docker.from_context` are the same.",
    },
    Reason {
        what: Missing,
        places: &["DockerClient.version(api_version)"],
        why: "Asks without a version in the path. Here every path has one, and the answer is the same.",
    },
    Reason {
        what: Missing,
        places: &["docker.DockerClient(user_agent)"],
        why: "`HttpHeaders` in docker's `config.json` names the program, as for the docker CLI.",
    },
    Reason {
        what: Missing,
        places: &["*(num_pools)", "*(max_pool_size)"],
        why: "How many connections are kept. Here as many are open as calls need, and over ssh at most ten.",
    },
    Reason {
        what: Missing,
        places: &["*(use_ssh_client)"],
        why: "An engine behind ssh is always reached by the program `ssh`, which knows the user's keys and hosts.",
    },
    Reason {
        what: Missing,
        places: &["Error.response"],
        why: "Python's answer as an object. `status_code` and `explanation` have what it says.",
    },
    Reason {
        what: Missing,
        places: &["Error.msg", "Error.name", "Error.param"],
        why: "`message` of every error says all of it.",
    },
    Reason {
        what: Missing,
        places: &["Error.is_a(DeprecatedMethod)"],
        why: "What docker-py only keeps to say that it is gone is not here.",
    },
    Reason {
        what: Missing,
        places: &["Error.is_a(MissingContextParameter)"],
        why: "A missing argument is an `InvalidArgument` in every call.",
    },
    Reason {
        what: Default,
        places: &["*.logs(tail)"],
        why: "`\"all\"` in docker-py, nothing here. Nothing stands for all of it.",
    },
    Reason {
        what: Default,
        places: &["Service.logs(since)"],
        why: "0 in docker-py, nothing here. Nothing stands for the beginning.",
    },
    Reason {
        what: Added,
        places: &["*(extra)"],
        why: "Fields of the engine's own that no parameter has. A newer engine's option needs no newer Moondock.",
    },
    Reason {
        what: Added,
        places: &[
            "Containers.*(annotations)",
            "Containers.*(console_size)",
            "Container.exec_run(console_size)",
            "Container.*(signal)",
            "Image*.remove(platforms)",
            "Images.list(shared_size)",
            "Images.list(manifests)",
            "Images.list(identity)",
            "Network.connect(gw_priority)",
            "Networks.create(enable_ipv4)",
            "Service*.*(oom_score_adj)",
            "Volumes.create(cluster_volume_spec)",
        ],
        why: "Engines have it from API 1.42 on or later; on an older one it is refused before anything is sent.",
    },
    Reason {
        what: Added,
        places: &[
            "Container.logs(details)",
            "Networks.create(config_only)",
            "Networks.create(config_from)",
            "Secrets.create(templating)",
            "Service*.*(ulimits)",
            "Service.update(registry_auth_from)",
            "Service.update(rollback)",
        ],
        why: "Engines have it, and docker-py leaves it out.",
    },
    Reason {
        what: Added,
        places: &["Containers.*(networks)"],
        why: "Several networks from the start (API 1.44), by names alone or with their settings.",
    },
    Reason {
        what: Added,
        places: &["Containers.*(stop_timeout)", "Container.exec_run(detach_keys)", "Service.logs(is_tty)"],
        why: "In docker-py only `APIClient` has it.",
    },
    Reason {
        what: Added,
        places: &["Service*.*(auth_config)"],
        why: "Credentials that do not stand in `config.json`.",
    },
    Reason {
        what: Added,
        places: &["Images.build(builder)", "Images.build(outputs)"],
        why: "Builds with BuildKit, which docker-py does not have.",
    },
    Reason {
        what: Added,
        places: &["Error.kind", "Error.is_a", "Error.message", "Error.method", "Error.location"],
        why: "What an exception in Python tells by its class, its text and its traceback.",
    },
    Reason {
        what: Added,
        places: &[
            "Error.is_a(Cancelled)",
            "Error.is_a(ConnectionError)",
            "Error.is_a(IOError)",
            "Error.is_a(Timeout)",
        ],
        why: "docker-py lets exceptions of Python's and of its HTTP library through.",
    },
    Reason { what: Added, places: &["Stream.lines"], why: "Lines instead of pieces as they came." },
    Reason {
        what: Added,
        places: &["Socket.*"],
        why: "docker-py gives a socket of Python's, which differs with the transport.",
    },
    Reason { what: Added, places: &["Registration.*"], why: "What `moondock.on`, `every` and `watch` give." },
];
