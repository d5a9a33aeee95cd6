-- Runs commands in a running container, with standard output and standard error apart.
local docker = require "docker"
local client = docker.from_env()

local box = client.containers:run("busybox", "sleep 60", {detach = true})

local result = box:exec_run({"sh", "-c", "echo fine; echo oops >&2; exit 4"}, {demux = true})
local stdout, stderr = table.unpack(result.output)
print("exit code: " .. result.exit_code)
print("stdout: " .. stdout)
print("stderr: " .. stderr)

print(box:exec_run("pwd", {workdir = "/tmp"}).output)
print(box:exec_run("sh -c 'echo $COLOUR'", {environment = {"COLOUR=blue"}}).output)

box:remove{force = true}
