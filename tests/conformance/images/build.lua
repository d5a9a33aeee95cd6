local docker = require "docker"
local client = docker.from_env()
local image, log = client.images:build{
    fileobj = "FROM busybox\nARG WHO=nobody\nLABEL a=b\nRUN echo hello $WHO > /greeting\nCMD cat /greeting\n",
    tag = "moondock/case-build:1", buildargs = {WHO = "world"}, labels = {c = "d"}, rm = true, network_mode = "none",
}
print(image.tags[1])
print(("%s %s"):format(image.labels.a, image.labels.c))
print(#log > 4)
print(client.containers:run(image, {remove = true}))
local again = client.images:build{fileobj = "FROM busybox\nLABEL x=y\n", rm = true}
print(#again.tags)
again:remove()
local ok, err = pcall(client.images.build, client.images, {fileobj = "FROM busybox\nRUN echo before; exit 5\n", rm = true, network_mode = "none"})
print(("%s %s"):format(ok, err.kind))
print(err.message)
local text = {}
for _, record in ipairs(err.build_log) do table.insert(text, record.stream or "") end
print(table.concat(text):match("before") ~= nil)
ok, err = pcall(client.images.build, client.images, {fileobj = "FORM busybox\n"})
print(("%s %s %s"):format(ok, err.kind, err:is_a("DockerException")))
ok, err = pcall(client.images.build, client.images, {})
print(("%s %s: %s"):format(ok, err.kind, err.message))
ok, err = pcall(client.images.build, client.images, {path = "/no/such/folder"})
print(("%s %s: %s"):format(ok, err.kind, err.message))
ok, err = pcall(client.images.build, client.images, "/no/such/folder")
print(("%s %s: %s"):format(ok, err.kind, err.message))
client.images:remove("moondock/case-build:1")
