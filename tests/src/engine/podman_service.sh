# Podman's service in a namespace of control groups: sh podman_service.sh FOLDER [ARGUMENTS].
folder=$1
shift

# Mounted anew, the root of a hierarchy is the namespace's.
grep cgroup /proc/mounts >"$folder/hierarchies"
while read -r _ hierarchy kind _; do
    controllers=${hierarchy##*/}
    [ "$controllers" != systemd ] || controllers=none,name=systemd
    case $kind in
    cgroup) umount "$hierarchy" && mount -t cgroup -o "$controllers" cgroup "$hierarchy" ;;
    cgroup2)
        umount "$hierarchy" && mount -t cgroup2 cgroup2 "$hierarchy"
        # A group with processes of its own hands no controller on.
        mkdir "$hierarchy/service"
        echo 0 >"$hierarchy/service/cgroup.procs"
        ;;
    esac
done <"$folder/hierarchies"

exec podman system service --time=0 "$@" "unix://$folder/docker.sock"
