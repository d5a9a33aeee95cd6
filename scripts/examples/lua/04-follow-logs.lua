-- Follows a container's logs line by line while it runs.
local docker = require "docker"
local client = docker.from_env()

local counter = client.containers:run{
    image = "busybox",
    command = {"sh", "-c", "for i in 1 2 3; do echo line $i; sleep 0.2; done; echo done"},
    detach = true,
}
-- A stream's pieces are as they arrive; `lines` makes lines of them.
for line in counter:logs{stream = true}:lines() do
    print("> " .. line)
end
counter:remove()
