local client = require("docker").from_env()
local label = "test=client-events"
local container = client.containers:run("busybox", "sleep 60", {labels = {test = "client-events"}, detach = true})
container:kill()
container:wait()
-- All that is needed lies behind: the stream ends by itself.
local last = container.attrs.Created
local actions = {}
for event in client:events{since = last, until_ = "0s", filters = {label = label, type = "container"}} do
    table.insert(actions, event.Action)
    assert(event.Actor.ID == container.id and math.type(event.timeNano) == "integer")
end
print(table.concat(actions, " "))
container:remove()
for event in client:events{since = last, filters = {label = label, event = {"destroy", "create"}}} do
    print(event.Action)
    if event.Action == "destroy" then break end
end
