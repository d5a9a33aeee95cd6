-- Lists containers by label, also those that do not run.
local docker = require "docker"
local client = docker.from_env()

local labels = {example = "03-list"}
local made = {}
for _, tier in ipairs{"front", "back"} do
    labels.tier = tier
    table.insert(made, client.containers:create("busybox", "sleep 60", {labels = labels}))
end
made[1]:start()

local function show(title, filters)
    local found = {}
    for _, container in ipairs(client.containers:list{all = true, filters = filters}) do
        table.insert(found, container.labels.tier .. " is " .. container.status)
    end
    table.sort(found)
    print(title .. ": " .. table.concat(found, ", "))
end

show("all", {label = "example=03-list"})
show("running", {label = "example=03-list", status = "running"})
show("back", {label = {"example=03-list", "tier=back"}})

for _, container in ipairs(made) do
    container:remove{force = true}
end
