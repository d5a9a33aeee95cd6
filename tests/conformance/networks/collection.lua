local client = require("docker").from_env()
local network = client.networks:create("moondock-case-networks", {
    driver = "bridge",
    options = {["com.docker.network.driver.mtu"] = "1400"},
    ipam = {pool_configs = {{subnet = "10.214.1.0/24", iprange = "10.214.1.128/25", gateway = "10.214.1.254"}}},
    internal = true,
    labels = {test = "networks"},
    attachable = true,
})
print(("%s %d %s"):format(network.name, #network.id, network.short_id == network.id:sub(1, 12)))
print(tostring(network) == ("<Network: %s>"):format(network.short_id))
local attrs = network.attrs
local pool = attrs.IPAM.Config[1]
print(("%s %s %s"):format(pool.Subnet, pool.IPRange, pool.Gateway))
print(("%s %s %s %s"):format(attrs.Internal, attrs.Attachable, attrs.EnableIPv6, attrs.Labels.test))
print(attrs.Options["com.docker.network.driver.mtu"])

print(client.networks:get("moondock-case-networks") == network)
print(client.networks:get(network.id, {scope = "local"}) == network)
local function count(how) return #client.networks:list(how) end
local named, either = count{names = "moondock-case-networks"}, count{names = {"moondock-case-networks", "none"}}
print(("%d %d %d"):format(named, either, count{ids = {network.id}}))
local labelled, others = count{filters = {label = "test=networks"}}, count{filters = {label = "test=networks", driver = "host"}}
print(("%d %d"):format(labelled, others))
print(client.networks:list({"moondock-case-networks"}, nil, {type = "custom"})[1] == network)
print(count() >= 4)

local function fails(...)
    local ok, err = pcall(...)
    print(("%s %s %s"):format(ok, err.kind, err.status_code))
    return err
end
fails(client.networks.create, client.networks, "moondock-case-networks", {check_duplicate = true})
fails(client.networks.get, client.networks, "moondock-case-networks", {scope = "swarm"})
fails(client.networks.get, client.networks, "moondock-case-none")
fails(client.networks.list, client.networks, {filters = {nonsense = true}})
local err = fails(client.networks.create, client.networks, "moondock-case-none", {ipam = {pool_config = {}}})
print(err.message)
err = fails(client.networks.create, client.networks, {driver = "bridge"})
print(err.message)

network:remove()
fails(network.reload, network)
