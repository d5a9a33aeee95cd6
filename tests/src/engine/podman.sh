# A part of inside.sh: starts podman's service of Docker's API in the background.
mkdir -p "$folder/data" "$folder/temporary" /etc/containers /var/lib/containers

# What podman would otherwise share with the machine's, or leave behind there: what runs, locks, networks, settings,
# data, and what it unpacks.
for own in /run /dev/shm /etc/containers; do
    mount -t tmpfs tmpfs "$own"
done
mount --bind "$folder/data" /var/lib/containers
mount --bind "$folder/temporary" /var/tmp

# Neither systemd nor its journal is here.
cat >/etc/containers/containers.conf <<END
[containers]
log_driver = "k8s-file"
init_path = "/usr/bin/catatonit"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "runc"
[network]
network_backend = "netavark"
END
echo '{"default": [{"type": "insecureAcceptAnything"}]}' >/etc/containers/policy.json
# As dockerd does, it trusts a registry on its own loopback.
cat >/etc/containers/registries.conf <<END
unqualified-search-registries = ["docker.io"]
[[registry]]
location = "127.0.0.1"
insecure = true
END

# No option tells podman where its control groups go: below a root of its own.
(
    while read -r _ hierarchy kind _; do
        case $kind in cgroup | cgroup2) mkdir -p "$hierarchy/$cgroup" ;; *) continue ;; esac
        # In the first version a set begins empty, and takes nobody.
        for set in cpuset.cpus cpuset.mems; do
            [ "$kind" = cgroup2 ] || [ ! -e "$hierarchy/$set" ] || cat "$hierarchy/$set" >"$hierarchy/$cgroup/$set"
        done
        echo 0 >"$hierarchy/$cgroup/cgroup.procs"
    done </proc/mounts
    exec unshare --cgroup sh "$folder/podman_service.sh" "$folder" "$@"
) 3<&- &
