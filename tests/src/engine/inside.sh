# The first process in an engine's own namespaces: sh inside.sh FOLDER CGROUP TREE
# [DOCKERD ARGUMENTS]. TREE is the root of the system that has the engine's programs: / for the machine's own.
#
# Ends, and with it everything in the namespaces, when dockerd does or when a line comes on stdin.
folder=$1
cgroup=$2
tree=$3
shift 3
exec 3<&0 </dev/null

if [ "$tree" != / ]; then
    # What is written goes to the engine's own folder; the tree stays as it is, for other engines.
    mkdir -p "$folder/upper" "$folder/work" "$folder/root"
    mount -t overlay overlay -o "lowerdir=$tree,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
    for shared in dev proc sys tmp; do
        mount --rbind "/$shared" "$folder/root/$shared"
    done
    cd "$folder/root"
    pivot_root . mnt
    cd /
    umount -l /mnt
    export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
fi

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
