local docker = require "docker"
local client = docker.from_env()
local function tell(log, word)
    local text = {}
    for _, record in ipairs(log) do table.insert(text, record.stream or "") end
    for line in table.concat(text):gmatch("[^\n]+") do
        if line:find(word, 1, true) then print(line) end
    end
end
local image, log = client.images:build{
    fileobj = "FROM busybox AS made\nARG WHO=nobody\nRUN echo hello $WHO | tee /greeting\nCMD cat /greeting\nFROM made\nRUN false\n",
    builder = "buildkit", outputs = {{type = "moby"}}, target = "made", nocache = true, network_mode = "none",
    tag = "moondock/case-buildkit:1", buildargs = {WHO = "world"}, labels = {c = "d"},
}
print(("%s %s"):format(image.tags[1], image.labels.c))
tell(log, "hello")
print(client.containers:run(image, {remove = true, network_disabled = true}))
client.images:remove("moondock/case-buildkit:1")
local function fails(arguments)
    local ok, err = pcall(client.images.build, client.images, arguments)
    print(("%s %s: %s"):format(ok, err.kind, err.message))
    return err
end
local err = fails{fileobj = "FROM busybox\nRUN echo before; exit 5\n", builder = "2", network_mode = "none"}
tell(err.build_log, "before")
fails{fileobj = "FROM busybox\nRUN --mount=type=secret,id=x true\n", builder = "buildkit"}
fails{fileobj = "FROM busybox\n", builder = "kaniko"}
fails{fileobj = "FROM busybox\n", outputs = {{type = "moby"}}}
fails{fileobj = "FROM busybox\n", builder = "buildkit", outputs = {{type = "local", attrs = {dest = "out"}}}}
fails{fileobj = "FROM busybox\n", builder = "buildkit", outputs = {{kind = "moby"}}}
