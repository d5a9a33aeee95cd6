local client = require("docker").from_env()
client.swarm:leave{force = true}
client.swarm:init{advertise_addr = "127.0.0.1"}
local config = client.configs:create("key", "hush", {labels = {tier = "front"}})
print(("%s %s %s %d %s"):format(client.configs, config, config.name, #config.short_id, config.attrs.Spec.Labels))
config:reload()
print(("%s %s"):format(config.attrs.Spec.Labels.tier, config.attrs.Spec.Data))
print(("%s %s"):format(client.configs:get("key") == config, client.configs:get(config.id) == config))
local bytes = client.configs:create{name = "bytes", data = "\0\255"}
bytes:reload()
print(bytes.attrs.Spec.Data)
print(("%d %d"):format(#client.configs:list(), #client.configs:list{filters = {label = "tier=front"}}))
local function fails(f, ...)
    local ok, err = pcall(f, ...)
    print(("%s %s %s"):format(ok, err.kind, err.status_code))
end
fails(client.configs.create, client.configs, "key", "again")
print(config:remove())
fails(client.configs.get, client.configs, "key")
fails(config.remove, config)
print(client.swarm:leave{force = true})
fails(client.configs.list, client.configs)
