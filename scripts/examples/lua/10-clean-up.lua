-- Removes all containers with a label, however they are, and tells what it did.
local docker = require "docker"
local client = docker.from_env()

local label = "example=10-clean-up"
for _, name in ipairs{"one", "two", "three"} do
    client.containers:create("busybox", "sleep 60", {labels = {example = "10-clean-up", name = name}})
end
client.containers:list{all = true, filters = {label = label}}[1]:start()

local removed = 0
for _, container in ipairs(client.containers:list{all = true, filters = {label = label}}) do
    container:remove{force = true, v = true}
    removed = removed + 1
end
print("removed: " .. removed)
print("left: " .. #client.containers:list{all = true, filters = {label = label}})
