local client = require("docker").from_env()
local container = client.containers:run("busybox", {"sh", "-c", "echo new > /note; rm /etc/group; sleep 60"}, {detach = true})
container:exec_run{cmd = {"sh", "-c", "until [ -e /note ] && [ ! -e /etc/group ]; do sleep 0.1; done"}}
local top = container:top()
print(("%s %s"):format(#top.Titles > 0, #top.Processes >= 1))
print(container:top{ps_args = "-o pid,comm"}.Titles[2])
local kinds = {}
for _, change in ipairs(container:diff()) do kinds[change.Path] = change.Kind end
print(("%d %d %d"):format(kinds["/note"], kinds["/etc/group"], kinds["/etc"]))
local stats = container:stats{stream = false}
print(("%s %s"):format(stats.name == "/" .. container.name, math.type(stats.memory_stats.usage)))
local stream = container:stats()
print(stream:next().pids_stats.current >= 1)
stream:close()
print(stream:next())
local image = container:commit{repository = "moondock/case-inside", tag = "1", message = "why", changes = "ENV A=b", author = "me"}
print(("%s %s %s"):format(image.tags[1], image.attrs.Comment, image.attrs.Author))
print(client.containers:run(image, "sh -c 'cat /note; echo $A'", {remove = true}))
container:remove{force = true}
client.images:remove("moondock/case-inside:1")
