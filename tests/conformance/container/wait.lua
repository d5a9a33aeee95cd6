local client = require("docker").from_env()
local container = client.containers:run("busybox", "sh -c 'sleep 0.3; exit 42'", {detach = true})
print(container:wait().StatusCode)
print(container:wait{condition = "not-running"}.StatusCode)
-- Longer than the client waits for an answer: the engine has answered, with the headers.
local hasty = require("docker").DockerClient{base_url = arg[1], timeout = 2}
local slow = client.containers:run("busybox", "sleep 2.5", {detach = true})
print(hasty.containers:get(slow.id):wait().StatusCode)
slow:remove()
-- And with a time of its own, it is too late.
slow = client.containers:run("busybox", "sleep 60", {detach = true})
local ok, err = pcall(slow.wait, slow, {timeout = 0.2})
print(("%s %s"):format(ok, err.kind))
slow:remove{force = true}
container:remove()
