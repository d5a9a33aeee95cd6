local client = require("docker").from_env()
local function fails(f)
    local ok, err = pcall(f)
    print(("%s %s %s"):format(ok, err.kind, err.status_code))
    return err
end
local err = fails(function() client.containers:run("busybox", "sh -c 'echo why >&2; exit 7'", {remove = true}) end)
print(("%s %s"):format(err.exit_status, err.stderr))
print(err.message)
print(("%s %s %s"):format(err:is_a("DockerException"), err:is_a("APIError"), err:is_a("ContainerError")))
-- A command that is not there is the engine's error, and leaves nothing with `remove`.
local label = {test = "containers-run-errors"}
err = fails(function() client.containers:run("busybox", "no-such-program", {remove = true, labels = label}) end)
print(err.message:match("no%-such%-program") ~= nil)
print(#client.containers:list{all = true, filters = {label = "test=containers-run-errors"}})
err = fails(function() client.containers:run("moondock/not-there:1", "true") end)
print(err:is_a("APIError"))
fails(function() client.containers:run("busybox", "true", {mem_limit = "lots"}) end)
fails(function() client.containers:run("busybox", "true", {detach = true, name = "-"}) end)
fails(function() client.containers:run("busybox", "echo 'open") end)
