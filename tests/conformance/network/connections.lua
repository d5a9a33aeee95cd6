local client = require("docker").from_env()
local network = client.networks:create("moondock-case-network", {
    ipam = {pool_configs = {{subnet = "10.214.2.0/24"}}},
})
local function idle(name)
    return client.containers:run("busybox", "sleep 600", {name = name, detach = true})
end
local store, shop = idle("moondock-case-store"), idle("moondock-case-shop")
network:connect(store, {ipv4_address = "10.214.2.77", aliases = {"db", "store"}, link_local_ips = {"169.254.214.2"}})
network:connect("moondock-case-shop", {links = {["moondock-case-store"] = "linked"}})
for _, name in ipairs{"moondock-case-store", "db", "linked"} do
    local pinged = shop:exec_run{"ping", "-c", "1", "-W", "10", name}
    print(("%d %s"):format(pinged.exit_code, pinged.output:match("%(([%d.]+)%)")))
end
store:reload()
local endpoint = store.attrs.NetworkSettings.Networks["moondock-case-network"]
print(("%s %s"):format(endpoint.IPAMConfig.IPv4Address, endpoint.IPAMConfig.LinkLocalIPs[1]))

-- Its containers are those that its attributes tell of.
local function names(of)
    local found = {}
    for _, container in ipairs(of.containers) do found[#found + 1] = container.name end
    table.sort(found)
    return table.concat(found, " ")
end
print(("[%s]"):format(names(network)))
network:reload()
print(names(network))
local how = {names = {"moondock-case-network"}}
print(("[%s]"):format(names(client.networks:list(how)[1])))
print(names(client.networks:list{names = {"moondock-case-network"}, greedy = true}[1]))

local function fails(...)
    local ok, err = pcall(...)
    print(("%s %s"):format(ok, err.kind))
    return err
end
-- Engines differ in the status.
local status = fails(network.connect, network, store).status_code
print(status == 403 or status == 409)
print(fails(network.remove, network).status_code)
print(fails(network.connect, network, "moondock-case-none").status_code)
fails(network.connect, network, "")
print(fails(network.connect, network, network).message)
print(fails(network.connect, network, store, {alias = {"x"}}).message)
print(fails(network.connect, network, store, {gw_priority = "high"}).message)

network:disconnect(store)
print(not pcall(network.disconnect, network, "moondock-case-store"))
network:disconnect("moondock-case-shop", true)
network:reload()
print(#network.containers)
store:remove{force = true}
shop:remove{force = true}
network:remove()
print(fails(network.remove, network).status_code)
