local docker = require "docker"
local host = arg[1]

-- example: docker.DockerClient
local client = docker.DockerClient(host)
client = docker.DockerClient{base_url = host, timeout = 10, user_agent = "shop/1.0", max_pool_size = 4}
print(client:ping())

-- example: docker.from_env
client = docker.from_env()
client = docker.from_env{version = "1.41", timeout = 10}
print(client.api.api_version)

client = docker.from_env{environment = {DOCKER_HOST = host}, use_context = false}
print(client:ping(), client.api.base_url == host)

-- example: docker.APIClient
local api = docker.APIClient{base_url = host, version = "1.41"}
print(api:info().ID == client:info().ID)

-- example: docker.from_context
docker.ContextAPI.create_context("moondock-client", {host = host})
print(docker.from_context("moondock-client"):ping())
docker.ContextAPI.remove_context("moondock-client")

local function fails(f, ...)
    local ok, err = pcall(f, ...)
    print(("%s %s: %s"):format(ok, err.kind, err.message))
end
fails(docker.from_context, "moondock-none")
fails(docker.DockerClient, {tls = true})
fails(docker.DockerClient, {base_url = "tcp://127.0.0.1:2376", tls = {verfy = true}})
fails(docker.DockerClient, {base_url = host, max_pool_size = -1})
fails(docker.DockerClient, {base_url = host, user_agent = "a\nb"})
fails(docker.from_env, {environment = {DOCKER_HOST = "gopher://x"}})
