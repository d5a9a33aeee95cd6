# The first process in an engine's own namespaces: sh inside.sh FOLDER CGROUP SYSTEM [ARGUMENTS]. SYSTEM is `machine` for
# its dockerd, `podman`, or the root of another system with a dockerd.
#
# Ends, and with it everything in the namespaces, when the engine does or when a line comes on stdin.
folder=$1
cgroup=$2
system=$3
shift 3
exec 3<&0 </dev/null
ip link set lo up

# Each starts its engine in the background.
case $system in
podman) . "$folder/podman.sh" ;;
*) . "$folder/dockerd.sh" ;;
esac
engine=$!
# Spares the first process of the namespace, which is this one.
(read -r order <&3; kill -KILL -1) &
wait "$engine"
echo "$?" >"$folder/died"
