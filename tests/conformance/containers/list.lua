local client = require("docker").from_env()
local made = {}
for index = 1, 3 do
    made[index] = client.containers:create("busybox", "sleep 60", {labels = {test = "containers-list"}, name = "case-list-" .. index})
end
made[2]:start()
local filters = {label = {"test=containers-list"}}
local function names(arguments)
    arguments.filters = arguments.filters or filters
    local names = {}
    for _, container in ipairs(client.containers:list(arguments)) do table.insert(names, container.name) end
    -- Docker's order, the newest first, is not every engine's.
    table.sort(names)
    return table.concat(names, " ")
end
print(names{})
print(names{all = true})
print(names{all = true, sparse = true})
print(names{all = true, since = "case-list-1"})
print(names{all = true, before = made[2].id})
print(names{filters = {label = "test=containers-list", status = {"created"}}})
print(names{limit = 1})
print(("[%s]"):format(names{filters = {label = "test=nothing"}}))
local sparse = client.containers:list{sparse = true, filters = filters}[1]
print(("%s %s %s"):format(sparse.status, sparse.labels.test, sparse.id == made[2].id))
sparse:reload()
print(sparse.attrs.State.Running)
for _, container in ipairs(made) do container:remove{force = true} end
