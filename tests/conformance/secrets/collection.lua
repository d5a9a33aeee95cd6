local client = require("docker").from_env()
client.swarm:leave{force = true}
client.swarm:init{advertise_addr = "127.0.0.1"}
local secret = client.secrets:create("key", "hush", {labels = {tier = "front"}})
print(("%s %s %s %d %s"):format(client.secrets, secret, secret.name, #secret.short_id, secret.attrs.Spec.Labels))
secret:reload()
print(("%s %s"):format(secret.attrs.Spec.Labels.tier, secret.attrs.Spec.Data))
print(("%s %s"):format(client.secrets:get("key") == secret, client.secrets:get(secret.id) == secret))
local bytes = client.secrets:create{name = "bytes", data = "\0\255"}
bytes:reload()
print(bytes.attrs.Spec.Data)
print(("%d %d"):format(#client.secrets:list(), #client.secrets:list{filters = {label = "tier=front"}}))
local function fails(f, ...)
    local ok, err = pcall(f, ...)
    print(("%s %s %s"):format(ok, err.kind, err.status_code))
end
fails(client.secrets.create, client.secrets, "key", "again")
print(secret:remove())
fails(client.secrets.get, client.secrets, "key")
fails(secret.remove, secret)
print(client.swarm:leave{force = true})
fails(client.secrets.list, client.secrets)
