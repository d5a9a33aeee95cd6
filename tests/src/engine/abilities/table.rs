//! The abilities that some engine lacks.

use super::{Ability, Edition, Lack, NO_END};

/// Declares abilities: a name, what can be done, and for each engine that cannot what it does instead and the sign of
/// that in a test's failure.
macro_rules! abilities {
    ($($name:ident: $what:literal { $($edition:ident: $instead:literal, $sign:expr;)+ })+) => {
        $(
            #[doc = concat!("To ", $what, ".")]
            pub const $name: Ability = Ability {
                name: stringify!($name),
                what: $what,
                lacking: &[$(Lack { edition: Edition::$edition, instead: $instead, sign: $sign }),+],
            };
        )+

        /// All of them.
        pub const ABILITIES: &[Ability] = &[$($name),+];
    };
}

abilities! {
    PUT_TO_NOWHERE: "refuse an archive or a copy for a folder that is missing" {
        Podman: "It makes the folder.", "on an `Ok` value";
    }
    COMPRESSED_ARCHIVES: "compress an archive that it gives (`encode_stream`)" {
        Podman: "The archive is not compressed.", "right: [31, 139]";
    }
    LINKS_AS_LINKS: "give a symbolic link as a link" {
        Podman: "It gives what the link leads to.", "on an `Ok` value";
    }
    WEB_SOCKET: "attach to a container by a web socket" {
        Podman: "`attach_socket` with `ws` is not found (404).", "404 Not Found";
    }
    LOGS_BY_ATTACH: "give what a container has written before by attaching (`logs`)" {
        Podman: "The lengths of the stream's frames are wrong, which is a `StreamParseError`; `Container.logs` gives the same and works.", "is not multiplexed";
    }
    DETACH_KEYS: "detach from a container's terminal by keys" {
        Podman: "The connection stays open.", NO_END;
    }
    HEALTH_CHECKS: "check the health of containers by itself" {
        Podman: "It leaves that to systemd's timers: without systemd a container stays `starting`.", NO_END;
    }
    IGNORED_BUT_DEEP: "build with a `.dockerignore` that takes a pattern such as `!**/name` back" {
        Podman: "It reads the file itself and leaves out what the pattern takes back.", "\"other/very/deep.txt\"]";
    }
    IGNORE_FILE_BESIDE: "leave `.dockerignore` out of an image if the Dockerfile has an ignore file of its own" {
        Podman: "`.dockerignore` gets into the image.", "left: [\".dockerignore\"";
    }
    BUILD_HOSTS: "build with `extra_hosts`" {
        Podman: "It answers 400, for it expects JSON there.", "400 Bad Request";
    }
    BUILDKIT: "build with BuildKit (`builder`, `outputs`)" {
        Podman: "It builds with its own builder.", "another builder than BuildKit has built";
    }
    BUILD_CACHE: "prune the builder's cache" {
        Podman: "`Images.prune_builds` is not found (404).", "404 Not Found";
    }
    BUILD_SESSIONS: "open a session for a build" {
        Podman: "It is not found (404).", "404 Not Found";
    }
    UPDATE: "change the limits of a container" {
        Podman: "`Container.update` is not found (404).", "404 Not Found";
    }
    LOG_DETAILS: "give the details of logs (`details`)" {
        Podman: "The lines come without.", "left: [104, 101, 108, 108, 111, 10]";
    }
    EXEC_INPUT_LEFT_OVER: "run a command that ends before its input" {
        Podman: "The output ends with podman's own words, `Error: write unixpacket`.", "left: (Some(2), [52, 10, 69, 114, 114, 111, 114";
    }
    CLIENT_ERRORS: "tell a mistake of the caller, such as a bad filter or an exec in a container that does not run, from one of its own" {
        Podman: "It answers 500 where Docker answers 400 or 409.", "500 Internal Server Error";
    }
    SHORT_NAMES: "name images as short as they were named" {
        Podman: "`busybox:latest` is told as `docker.io/library/busybox:latest`.", "docker.io/";
    }
    TAG_IN_REPOSITORY: "tag an image by a repository that has the tag in it" {
        Podman: "It answers 500; `tag` by itself works.", "invalid reference format";
    }
    IMPORT_TAG: "import an image under a tag (`tag`)" {
        Podman: "The image is tagged `latest`.", "imported:latest";
    }
    RAW_SOCKETS: "ping out of a container that nobody gave `NET_RAW`" {
        Podman: "It is denied, for podman's containers begin with fewer capabilities.", "permission denied";
    }
    NETWORK_SETTINGS: "keep all that a network was made with: `iprange`, `aux_addresses`, `attachable`, options by Docker's names" {
        Podman: "It does without them, and tells none.", "right: \"10.213.1.128/25\"";
    }
    NETWORK_CONFIGURATIONS: "have networks that are configurations of others (`config_only`, `config_from`)" {
        Podman: "It makes a network.", "left: Bool(false)";
    }
    ENDPOINT_SETTINGS: "tell the address that an endpoint was asked to have" {
        Podman: "`IPAMConfig` is null; the address itself is told.", "left: Null";
    }
    USED_NETWORKS: "keep a network that containers use from being removed" {
        Podman: "It removes the network that is named by its id, which `Network.remove` does.", "on an `Ok` value";
    }
    REFUSED_CONNECTS: "refuse to connect a container to a network, and leave it at that" {
        Podman: "While the container is there, every look at a network answers 500.", "network inspection mismatch";
    }
    LINKS: "link containers (`links`)" {
        Podman: "The name is not known; names and aliases in a network are.", "bad address";
    }
    PLAIN_LOGIN: "log in to a registry without TLS" {
        Podman: "It answers 500; pushes and pulls get there where podman's `registries.conf` lets them.", "server gave HTTP response to HTTPS client";
    }
    PUSH_PROGRESS: "tell the progress of a push by layers, and the digest as `aux`" {
        Podman: "It tells the digest in a line at the end.", "The push refers to repository";
    }
    ALL_TAGS: "pull all tags of an image at once" {
        Podman: "It pulls `latest`, or fails if there is none.", "manifest unknown";
    }
    REGISTRY_DATA: "tell what a registry has of an image" {
        Podman: "`Images.get_registry_data` is not found (404).", "404 Not Found";
    }
    NETWORKS_OF_HOST: "list the networks `host` and `none`" {
        Podman: "They are modes of containers alone, `network_mode`.", "[\"bridge\"";
    }
    NETWORK_SCOPES: "look for a network in one `scope` alone" {
        Podman: "It looks everywhere.", "on an `Ok` value";
    }
    NETWORK_TYPES: "look for the networks of one `type`, in a list" {
        Podman: "It answers 500, for it has no such filter.", "invalid filter \"type\"";
    }
    VOLUME_SIZES: "make a volume of a size on any file system" {
        Podman: "It answers 500 where the file system has no project quota, even for a `tmpfs`.", "Project Quota";
    }
    VOLUME_FILTERS: "list the volumes that match every one of several filters" {
        Podman: "It lists those that match one of them.", "\"moondock-volumes-b\"";
    }
    ALL_SETTINGS: "tell all settings that a container was made with" {
        Podman: "It tells some in a form of its own (`Binds`, `Tmpfs`, `Ulimits`, `Mounts`, `StopSignal`) and others not at all (`ExposedPorts`, `Domainname`, `Sysctls`, `DeviceCgroupRules`, `MaskedPaths`).", "ExposedPorts";
    }
    TOP_ARGUMENTS: "take arguments of `ps` for what runs in a container (`ps_args`)" {
        Podman: "`Container.top` knows podman's own names of columns alone.", "printed:";
    }
    DISK_USAGE: "tell the size of all layers (`LayersSize`)" {
        Podman: "It is 0; and `DockerClient.df` answers 500 while containers are being removed.", "printed:";
    }
    DESTROY_EVENTS: "tell by the event `destroy` that a container is gone" {
        Podman: "The event is `remove`.", NO_END;
    }
    SWARMS: "be part of a swarm: nodes, services, tasks, configs and networks of a swarm" {
        Podman: "They are not found (404).", "404 Not Found";
    }
    PLUGINS: "have plugins" {
        Podman: "They are not found (404).", "404 Not Found";
    }
    TLS: "serve its API by TLS" {
        Podman: "Its service listens on a unix socket, or on TCP without TLS.", "unknown flag";
    }
}
