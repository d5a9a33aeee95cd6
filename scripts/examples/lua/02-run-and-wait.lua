-- Runs a container in the background, waits for its end, and reads its logs and exit code.
local docker = require "docker"
local client = docker.from_env()

local job = client.containers:run{
    image = "busybox",
    command = {"sh", "-c", "echo working as $ROLE; exit 3"},
    environment = {ROLE = "clerk"},
    detach = true,
}
local result = job:wait()
print("exit code: " .. result.StatusCode)
print("logs: " .. job:logs())

job:reload()
print("status: " .. job.status)
job:remove()
