local client = require("docker").from_env()
local volume = client.volumes:create("moondock-case-volume")
local mounts = {["moondock-case-volume"] = {bind = "/data", mode = "rw"}}
client.containers:run("busybox", {"sh", "-c", "echo kept > /data/file"}, {volumes = mounts, remove = true})
print((client.containers:run("busybox", "cat /data/file", {volumes = mounts, remove = true}):gsub("\n", "")))
volume:reload()
print(volume.attrs.Name)

local user = client.containers:create("busybox", "true", {volumes = mounts})
local function fails(...)
    local ok, err = pcall(...)
    print(("%s %s %s %s"):format(ok, err.kind, err.status_code, err:is_a("APIError")))
    return err
end
print(fails(volume.remove, volume).explanation:find("moondock-case-volume", 1, true) ~= nil)
fails(volume.remove, volume, {force = true})
user:remove()
volume:remove{force = false}
fails(volume.remove, volume)
fails(volume.reload, volume)
-- By force, that it is gone is no error.
volume:remove(true)
print(fails(volume.remove, volume, {forced = true}).message)
