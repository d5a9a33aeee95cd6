local client = require("docker").from_env()
client.swarm:leave{force = true}
client.swarm:init{advertise_addr = "127.0.0.1"}
local secret = client.secrets:create("key", "hush\n")
local config = client.configs:create("app.conf", "a = 1\n")
local service = client.services:create("busybox", {"sh", "-c", "cat /run/secrets/key /app.conf"}, {
    name = "web", labels = {tier = "front"}, restart_policy = {condition = "none"},
    secrets = {{secret_id = secret.id, secret_name = secret.name}},
    configs = {{config_id = config.id, config_name = config.name}},
})
print(("%s %s %s %d"):format(client.services, service, service.name, #service.short_id))
local lines = service:logs{stdout = true, follow = true}:lines()
print(("%s %s"):format(lines:next(), lines:next()))
lines:close()
local tasks = service:tasks()
print(("%d %s %d"):format(#tasks, tasks[1].ServiceID == service.id, #service:tasks{filters = {label = "no=such"}}))
local function fails(f, ...)
    local ok, err = pcall(f, ...)
    print(("%s %s %s"):format(ok, err.kind, err.message:match("out of sequence") or err.status_code))
end
fails(secret.remove, secret)
fails(service.logs, service)
service:reload()
print(#service:scale(3).Warnings)
fails(service.scale, service, 2)
service:reload()
print(service.attrs.Spec.Mode.Replicated.Replicas)
local version = service.version
service:update{image = "moondock/busybox:1", command = "sleep 60", labels = {tier = "back"}}
service:reload()
local spec = service.attrs.Spec
local container = spec.TaskTemplate.ContainerSpec
print(("%s %s %s %s"):format(service.version > version, spec.Labels.tier, container.Image, container.Secrets[1].SecretName))
local found = client.services:list{filters = {name = "web"}, status = true}
print(("%d %s %d"):format(#found, found[1] == service, found[1].attrs.ServiceStatus.DesiredTasks))
print(client.services:get("web", true).attrs.Spec.UpdateConfig.FailureAction)
print(service:remove())
fails(client.services.get, client.services, "web")
fails(client.services.create, client.services, "busybox", {name = "no name"})
local everywhere = client.services:create("busybox", "echo hi", {mode = "global", restart_policy = {condition = "none"}})
lines = everywhere:logs{stdout = true, follow = true}:lines()
print(lines:next())
lines:close()
everywhere:reload()
print(#everywhere:force_update().Warnings)
everywhere:reload()
print(everywhere.attrs.Spec.TaskTemplate.ForceUpdate)
fails(everywhere.scale, everywhere, 2)
everywhere:remove()
client.swarm:leave{force = true}
fails(client.services.list, client.services)
