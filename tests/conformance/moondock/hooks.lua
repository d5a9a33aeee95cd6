local docker, moondock = require "docker", require "moondock"
local client = docker.from_env()
local seen = {}
local hook = moondock.on("container.*", {label = "test=moondock-hooks"}, function(event, container)
    table.insert(seen, event.action)
    assert(event.type == "container" and #event.id == 64 and event.attributes.test == "moondock-hooks")
    assert(event.time // 1 == event.raw.time and math.type(event.time_nano) == "integer" and event.raw.Action == event.action)
    if event.action == "start" then
        print(container.name)
        container:kill()
    end
    if event.action == "destroy" then
        print(container == nil)
        print(table.concat(seen, " "))
        moondock.exit()
    end
end)
print(hook.active)
moondock.on_shutdown(function() print("last") end)
moondock.on_shutdown(function() print("first") end)
-- At once: what happens after `on` has returned is seen.
client.containers:run("busybox", "sleep 60", {name = "case-hooks", remove = true, detach = true, labels = {test = "moondock-hooks"}})
