local client = require("docker").from_env()
local container = client.containers:run("busybox", "sleep 60", {detach = true})
local result = container:exec_run("sh -c 'echo out; echo err >&2; exit 3'")
print(("%d %s"):format(result.exit_code, #result.output))
print(container:exec_run("sh -c 'echo out; echo err >&2'", {stderr = false}).output)
result = container:exec_run{cmd = {"sh", "-c", "echo out; echo err >&2"}, demux = true}
print(("%s|%s"):format(result.output[1], result.output[2]))
print(container:exec_run("true", {demux = true}).output[1] == nil)
result = container:exec_run("sh -c 'echo a; sleep 0.1; echo b'", {stream = true})
print(result.exit_code)
for line in result.output:lines() do print(line) end
for piece in container:exec_run("sh -c 'echo x; sleep 0.1; echo y >&2'", {stream = true, demux = true}).output do
    print(("%s|%s"):format(piece[1], piece[2]))
end
print(container:exec_run("tty", {tty = true}).output:match("^/dev/pts/%d+\r\n$") ~= nil)
print(container:exec_run("sh -c 'id -u; pwd; echo $A'", {user = "1000:1000", workdir = "/tmp", environment = {A = "b c"}}).output)
local socket = container:exec_run("cat", {stdin = true, socket = true}).output
socket:send("to and fro\n")
print(socket:recv())
socket:close_write()
print(socket:recv())
socket:close()
print(container:exec_run("sleep 30", {detach = true}).exit_code)
-- 126 or 127, by the engine's version.
print(container:exec_run("no-such-program").exit_code > 125)
container:remove{force = true}
local ok, err = pcall(container.exec_run, container, "true")
print(("%s %s"):format(ok, err.kind))
