-- Watches the engine's events while a container comes and goes.
local docker = require "docker"
local client = docker.from_env()

local events = client:events{filters = {label = "example=08-events"}}
client.containers:run("busybox", "true", {labels = {example = "08-events"}, remove = true})

for event in events do
    if event.Type == "container" then
        print(event.Action .. " of " .. event.Actor.Attributes.image)
        if event.Action == "destroy" then break end
    end
end
events:close()
