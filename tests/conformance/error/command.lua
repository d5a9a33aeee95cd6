local client = require("docker").from_env()
local ok, err = pcall(function() client.containers:run("busybox", {"sh", "-c", "exit 3"}, {remove = true}) end)
print(("%s %d"):format(err.kind, err.exit_status))
print(("%s in %s"):format(err.command, err.image))
print(("%s %s %s"):format(err:is_error(), err:is_client_error(), err:is_server_error()))

-- example: Error.is_client_error
local ok, err = pcall(function() client.containers:get("no-such-container") end)
if err:is_client_error() then
    print("asked for what cannot be: " .. err.explanation)
end

-- example: Error.is_server_error
local ok, err = pcall(function() client.containers:get("no-such-container") end)
if not err:is_server_error() then
    print("the engine itself is well")
end

-- example: Error.is_error
local ok, err = pcall(function() client.containers:get("no-such-container") end)
if err:is_error() then
    print(("the engine answered %d"):format(err.status_code))
end

print(("%s %s"):format(err.command, err.image))
