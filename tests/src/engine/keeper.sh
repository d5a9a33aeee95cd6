# Keeps one throwaway engine: sh keeper.sh FOLDER CGROUP SYSTEM [ARGUMENTS OF THE ENGINE].
#
# Obeys the orders on its stdin, one a line. When they end, which is also what happens when the process that gives
# them dies, it removes everything of the engine and then itself.
folder=$1
cgroup=$2
system=$3
shift 3
engine=

start() {
    rm -rf "$folder/exec" "$folder/docker.pid" "$folder/docker.sock" "$folder/leash"
    mkfifo "$folder/leash"
    # Open for both directions, or opening would wait for the other side.
    exec 3<>"$folder/leash"
    # Each dies with its parent, so that even a killed keeper leaves nothing running.
    setpriv --pdeathsig KILL \
        unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private \
        sh "$folder/inside.sh" "$folder" "$cgroup" "$system" "$@" <&3 3<&- &
    engine=$!
    echo "$engine" >"$folder/namespaces"
}

end() {
    if [ -n "$engine" ]; then
        echo end >&3
        # Ends only when the last process of the namespace has.
        wait "$engine"
        engine=
    fi
}

remove() {
    end
    tries=0
    # A cgroup stays busy for a moment after its last process has died.
    while [ $tries -lt 50 ]; do
        find /sys/fs/cgroup -depth -type d \( -name "$cgroup" -o -path "*/$cgroup/*" \) -exec rmdir {} + && break
        sleep 0.1
        tries=$((tries + 1))
    done 2>/dev/null
    # Last, for this is what others wait for.
    rm -rf "$folder"
    exit 0
}

trap remove INT TERM HUP

while read -r order; do
    case $order in
    start) start "$@" ;;
    kill)
        end
        : >"$folder/killed"
        ;;
    stop) break ;;
    esac
done
remove
