local client = require("docker").from_env()
local container = client.containers:create("busybox", {"sh", "-c", "trap 'exit 9' USR1; while :; do sleep 0.1; done"})
local function status()
    container:reload()
    return container.status
end
print(status())
container:start()
container:start()
print(status())
container:pause()
print(status())
container:unpause()
print(status())
container:restart{timeout = 0}
print(status())
-- Until the trap is set, the signal would be lost on a shell that is process 1.
container:exec_run{cmd = {"sh", "-c", "until grep -q 'SigCgt:.*[2367abef][0-9a-f][0-9a-f]$' /proc/1/status; do sleep 0.1; done"}}
container:kill("SIGUSR1")
print(container:wait().StatusCode)
print(status())
container:stop()
container:start()
container:stop{timeout = 0}
print(("%s %s"):format(status(), container:wait().StatusCode))
local ok, err = pcall(container.kill, container)
print(("%s %s %d"):format(ok, err.kind, err.status_code))
container:rename("case-life")
print(client.containers:get("case-life").id == container.id)
ok, err = pcall(container.pause, container)
print(("%s %d"):format(ok, err.status_code))
container:remove()
ok, err = pcall(container.start, container)
print(("%s %s %d"):format(ok, err.kind, err.status_code))
