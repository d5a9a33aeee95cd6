local client = require("docker").from_env()
local container = client.containers:run{
    image = "busybox", command = "sleep 60", name = "case-properties", detach = true,
    labels = {b = "2", a = ""}, ports = {["80/tcp"] = nil, ["53/udp"] = 18153},
}
print(("%s %s %s"):format(#container.id, #container.short_id, container.name))
print(tostring(container) == "<Container: " .. container.short_id .. ">")
container:reload()
print(("%s %s"):format(container.status, container.health))
print(("%s %s"):format(container.image, container.image.tags[1] ~= nil) == tostring(container.image) .. " true")
print(("[%s] [%s]"):format(container.labels.a, container.labels.b))
print(container.ports["53/udp"][1].HostPort)
print(("%s %s"):format(container.attrs.State.Running, container.attrs.Id == container.id))
print(container == client.containers:get("case-properties"))
print(container == client.containers:get(container.short_id))
for _, f in ipairs{
    function() return container.nmae end,
    function() return container:stop(1, "TERM", 3) end,
    function() return container:stop{timeout = "soon"} end,
    function() return container:rename() end,
} do
    local ok, err = pcall(f)
    print(("%s %s: %s"):format(ok, err.kind, err.message))
end
container:remove{force = true}
