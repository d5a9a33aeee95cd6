-- Reads how much memory and processor a container uses: once, and as a stream.
local docker = require "docker"
local client = docker.from_env()

local busy = client.containers:run("busybox", "sh -c 'while :; do :; done'", {detach = true, mem_limit = "64m"})

local once = busy:stats{stream = false}
print("memory limit: " .. once.memory_stats.limit // (1024 * 1024) .. " MiB")

local before
for stats in busy:stats() do
    local used = stats.cpu_stats.cpu_usage.total_usage
    if before then
        print("it uses the processor: " .. tostring(used > before))
        break
    end
    before = used
end
busy:remove{force = true}
