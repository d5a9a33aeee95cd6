local client = require("docker").from_env()
local container = client.containers:run("busybox", {"sh", "-c", "for i in 1 2 3; do echo out $i; echo err $i >&2; sleep 0.05; done"}, {detach = true})
container:wait()
local function count(text) return select(2, text:gsub("\n", "")) end
print(count(container:logs()))
print(container:logs{stderr = false})
print(container:logs{stdout = false})
print(count(container:logs{tail = 4}))
print(container:logs{stderr = false, timestamps = true}:match("^%d%d%d%d%-%d%d%-%d%dT[%d:.]+Z out 1\n") ~= nil)
print(count(container:logs{since = "1h"}))
print(#container:logs{until_ = "1h"})
print(#container:logs{since = os.time() + 3600})
local lines = {}
for line in container:logs{stream = true, stderr = false}:lines() do table.insert(lines, line) end
print(table.concat(lines, ", "))
local ok, err = pcall(container.logs, container, {since = "yesterday"})
print(("%s %s: %s"):format(ok, err.kind, err.message))
container:remove()
