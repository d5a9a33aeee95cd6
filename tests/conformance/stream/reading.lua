local client = require("docker").from_env()
local stream = client.containers:run("busybox", "sh -c 'printf first; sleep 60'", {stream = true, name = "case-reading"})
local container = client.containers:get("case-reading")
-- A prompt without a line's end is there at once.
print(stream:next())
stream:close()
print(stream:next())
stream:close()
-- Leaving a loop closes nothing by itself, and the stream goes on.
local events = client:events{filters = {container = container.name}}
container:kill()
for event in events do
    print(event.Action)
    break
end
print(events:next().Action)
local ok, err = pcall(events.lines, events)
print(("%s %s: %s"):format(ok, err.kind, err.message))
events:close()
for _ in events do error("a closed stream has no items") end
container:remove()
