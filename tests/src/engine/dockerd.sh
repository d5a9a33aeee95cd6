# A part of inside.sh: starts dockerd in the background.
if [ "$system" != machine ]; then
    # What is written goes to the engine's own folder; the tree stays as it is, for other engines.
    mkdir -p "$folder/upper" "$folder/work" "$folder/root"
    mount -t overlay overlay -o "lowerdir=$system,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
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

dockerd --data-root "$folder/data" --exec-root "$folder/exec" --pidfile "$folder/docker.pid" \
    --host "unix://$folder/docker.sock" --cgroup-parent "/$cgroup" --exec-opt native.cgroupdriver=cgroupfs \
    "$@" 3<&- &
