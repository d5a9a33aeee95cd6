local client = require("docker").from_env()
local volume = client.volumes:create("moondock-case-volumes", {
    driver = "local",
    driver_opts = {type = "tmpfs", device = "tmpfs", o = "size=1m,uid=7"},
    labels = {test = "volumes"},
})
print(("%s %s %s"):format(volume.name, volume.id == volume.name, volume.short_id))
print(volume)
local attrs = volume.attrs
print(("%s %s %s %s"):format(attrs.Driver, attrs.Scope, attrs.Options.o, attrs.Labels.test))
-- Created again, it is the one that is there.
print(client.volumes:create{name = "moondock-case-volumes"} == volume)
print(client.volumes:get("moondock-case-volumes") == volume)

local function count(filters) return #client.volumes:list{filters = filters} end
local labelled, others = count{label = "test=volumes"}, count{label = "test=volumes", driver = "none"}
print(("%d %d %d"):format(labelled, others, count{name = "moondock-case-volumes"}))
local unused, used = count{label = "test=volumes", dangling = true}, count{label = "test=volumes", dangling = false}
print(("%d %d"):format(unused, used))
print(client.volumes:list{filters = {name = "moondock-case-volumes"}}[1] == volume)
print(#client.volumes:list() >= 1)

local function fails(...)
    local ok, err = pcall(...)
    print(("%s %s %s"):format(ok, err.kind, err.status_code))
    return err
end
fails(client.volumes.get, client.volumes, "moondock-case-none")
fails(client.volumes.list, client.volumes, {filters = {nonsense = true}})
print(fails(client.volumes.create, client.volumes, {driver_opt = {}}).message)
print(fails(client.volumes.create, client.volumes, "moondock-case-none", {labels = "test"}).message)
print(fails(client.volumes.get, client.volumes).message)

-- Engines since API 1.42 keep volumes with a name of their own, but not this one: its name is made up.
local nameless = client.volumes:create{labels = {test = "volumes-prune"}}
print(#nameless.name)
local pruned = client.volumes:prune{filters = {label = "test=volumes-prune"}}
print(("%d %s"):format(#pruned.VolumesDeleted, pruned.VolumesDeleted[1] == nameless.name))
print(#client.volumes:prune{filters = {label = "test=volumes-prune"}}.VolumesDeleted)
volume:remove()
print(count{label = "test=volumes"})
