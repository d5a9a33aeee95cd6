# The first process in an engine's own namespaces: sh inside.sh FOLDER CGROUP [DOCKERD ARGUMENTS].
#
# Ends, and with it everything in the namespaces, when dockerd does or when a line comes on stdin.
folder=$1
cgroup=$2
shift 2
exec 3<&0 </dev/null

# What dockerd and containerd would otherwise share with an engine of the machine, or leave behind there.
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /opt
mkdir -p /etc/docker
mount -t tmpfs tmpfs /etc/docker
ip link set lo up

dockerd --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/docker.pid" \
    --host "unix://$folder/docker.sock" --cgroup-parent "/$cgroup" --exec-opt native.cgroupdriver=cgroupfs \
    "$@" 3<&- &
dockerd=$!
# Spares the first process of the namespace, which is this one.
(read -r order <&3; kill -KILL -1) &
wait "$dockerd"
echo "$?" >"$folder/died"
