//! The abilities that some engine lacks.

use super::{Ability, Edition, Lack, NO_END};

/// Declares abilities: a name, what can be done, and for each engine that cannot what it does instead and the sign of
/// that in a test's failure.
macro_rules! abilities {
    ($($name:ident: $what:literal { $($edition:ident: $instead:literal, $sign:expr;)+ })+) => {
        $(
            #[doc = concat!("To ", $what, ".")]
            pub const $name: Ability = Ability {
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
