local docker = require "docker"

-- example: docker.context.ContextAPI.create_context
local ContextAPI = docker.context.ContextAPI
local context = ContextAPI.create_context("moondock-case", {host = "tcp://10.7.0.9:2375", description = "the lab"})
print(context.name .. " " .. context.Host .. " " .. context.description)

-- example: docker.context.ContextAPI.get_context
print(ContextAPI.get_context("moondock-case").Metadata.Endpoints.docker.Host)
print(ContextAPI.get_context("moondock-none") == nil)

-- example: docker.context.ContextAPI.contexts
for _, known in ipairs(ContextAPI.contexts()) do
    print(known.name)
end

-- example: docker.context.ContextAPI.update_context
context = ContextAPI.update_context("moondock-case", {host = "tcp://10.7.0.10:2375"})
print(context.Host)

-- example: docker.context.ContextAPI.inspect_context
print(ContextAPI.inspect_context("moondock-case").Metadata.Description)

-- example: docker.context.ContextAPI.get_current_context
print(ContextAPI.get_current_context().name)

-- example: docker.context.ContextAPI.set_current_context
ContextAPI.set_current_context("moondock-case")
ContextAPI.set_current_context("default")

-- example: Context.inspect
print(context:inspect().Name)

-- example: Context.is_docker_host
print(context:is_docker_host())

local ok, err = pcall(ContextAPI.create_context, "moondock-case")
print(err.kind .. " " .. err.message)
ok, err = pcall(ContextAPI.create_context, "moondock-other", "kubernetes")
print(err.message)
ok, err = pcall(ContextAPI.create_context, {name = "moondock-other", tls_cfg = {ca = "x"}})
print(err.message)

-- example: docker.context.ContextAPI.remove_context
ContextAPI.remove_context("moondock-case")
print(ContextAPI.get_context("moondock-case") == nil)

-- example: Context.remove
context = ContextAPI.create_context("moondock-case")
context:remove()

-- example: docker.ContextAPI.create_context
context = docker.ContextAPI.create_context("moondock-case")
print(context.Storage.Storage.MetadataPath:match("contexts/meta") ~= nil)

-- example: docker.ContextAPI.get_context
print(docker.ContextAPI.get_context("moondock-case").name)

-- example: docker.ContextAPI.contexts
print(#docker.ContextAPI.contexts())

-- example: docker.ContextAPI.update_context
context = docker.ContextAPI.update_context("moondock-case", {description = "mine"})
print(context.description)

-- example: docker.ContextAPI.inspect_context
print(docker.ContextAPI.inspect_context("moondock-case").Name)

-- example: docker.ContextAPI.get_current_context
print(docker.ContextAPI.get_current_context().name)

-- example: docker.ContextAPI.set_current_context
docker.ContextAPI.set_current_context("moondock-case")

-- example: docker.ContextAPI.remove_context
docker.ContextAPI.remove_context("moondock-case")

ok, err = pcall(docker.ContextAPI.set_current_context, "moondock-case")
print(("%s %s"):format(err:is_a(docker.errors.ContextNotFound), err:is_a(docker.errors.APIError)))
