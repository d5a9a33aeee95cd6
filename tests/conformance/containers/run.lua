local client = require("docker").from_env()
local containers = client.containers
local function show(text) print("[" .. text .. "]") end
show(containers:run("busybox", "echo out"))
show(containers:run("busybox", "sh -c 'echo out; echo err >&2'", {remove = true}))
show(containers:run{image = "busybox", command = {"sh", "-c", "echo out; echo err >&2"}, remove = true, stdout = false, stderr = true})
show(containers:run("busybox", "sh -c 'echo $A $B; pwd; id -u; hostname'", {
    environment = {A = "1", B = "two words"}, working_dir = "/tmp", user = "1000", hostname = "box", remove = true,
}))
show(containers:run("busybox", {"printf", "no newline"}, {remove = true}))
show(containers:run("busybox", "true", {remove = true}))
show(containers:run("busybox", "cat /etc/note /run/t/x", {
    remove = true, volumes = {"/proc/version:/etc/note:ro"}, tmpfs = {["/run/t"] = "size=1m"}, entrypoint = "echo",
}))
local left = containers:list{all = true, filters = {ancestor = "busybox", label = "test=containers-run"}}
print(#left)
for piece in containers:run("busybox", "sh -c 'echo one; sleep 0.2; echo two'", {stream = true, remove = true, labels = {test = "containers-run"}}):lines() do
    show(piece)
end
-- With a terminal, line ends are those of a terminal.
show((containers:run("busybox", "sh -c 'echo tty; echo err >&2'", {tty = true, remove = true}):gsub("\r", "~")))
