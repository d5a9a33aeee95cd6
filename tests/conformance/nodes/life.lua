local client = require("docker").from_env()
client.swarm:leave{force = true}
local id = client.swarm:init{advertise_addr = "127.0.0.1"}
local node = client.nodes:list()[1]
print(("%s %s %s"):format(client.nodes, node, node.id == id))
print(("%s %d"):format(client.nodes:get(id) == node, #client.nodes:list{filters = {role = "worker"}}))
local stale = client.nodes:get(id)
print(node:update{Role = "manager", Availability = "active", Labels = {disk = "ssd"}})
node:reload()
print(("%s %s"):format(node.attrs.Spec.Labels.disk, node.version > stale.version))
local function fails(f, ...)
    local ok, err = pcall(f, ...)
    print(("%s %s %s"):format(ok, err.kind, err.message:match("out of sequence") or err.status_code))
end
fails(stale.update, stale, {node_spec = {Role = "manager", Availability = "pause"}})
fails(node.remove, node, {force = true})
fails(client.nodes.get, client.nodes, "gone")
client.swarm:leave{force = true}
fails(client.nodes.list, client.nodes)
