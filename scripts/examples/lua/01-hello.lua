-- Runs a command in a new container and prints what it wrote.
local docker = require "docker"

local client = docker.from_env()
print(client.containers:run("busybox", "echo Hello from Lua", {remove = true}))
