local client = require("docker").from_env()
local container = client.containers:run("busybox", "sh -c 'sleep 0.3; exit 42'", {detach = true})
print(container:wait().StatusCode)
print(container:wait{condition = "not-running"}.StatusCode)
-- Longer than the client waits for an answer: the engine has answered, with the headers.
local patient = require("docker").DockerClient{base_url = arg[1], timeout = 1}
local slow = patient.containers:run("busybox", "sleep 1.5", {detach = true})
print(slow:wait().StatusCode)
-- And with a time of its own, it is too late.
slow:start()
local ok, err = pcall(slow.wait, slow, {timeout = 0.2})
print(("%s %s"):format(ok, err.kind))
slow:remove{force = true}
container:remove()
