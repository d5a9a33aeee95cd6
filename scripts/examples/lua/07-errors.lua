-- What goes wrong is a value that tells what it was.
local docker = require "docker"
local client = docker.from_env()

local function try(title, f)
    local ok, err = pcall(f)
    assert(not ok, "this was to fail")
    print(title)
    print("  kind: " .. err.kind)
    print("  status: " .. tostring(err.status_code))
    print("  APIError: " .. tostring(err:is_a("APIError")))
    return err
end

try("A container that is not there:", function()
    client.containers:get("no-such-container")
end)

local err = try("A command that fails:", function()
    client.containers:run("busybox", "sh -c 'echo broken >&2; exit 2'", {remove = true})
end)
print("  exit status: " .. err.exit_status)
print("  stderr: " .. err.stderr)

err = try("A misspelt keyword:", function()
    client.containers:run("busybox", "true", {detatch = true})
end)
print("  message: " .. err.message)
