local docker = require "docker"
local host = arg[1]
print(docker.DockerClient{base_url = host, version = "1.41", timeout = 10}:ping())
print(docker.DockerClient(host, "auto"):ping())
local function fails(f)
    local ok, err = pcall(f)
    print(("%s %s: %s"):format(ok, err.kind, err.message))
end
fails(function() docker.DockerClient{base_url = "gopher://x"} end)
fails(function() docker.DockerClient{version = "new"} end)
fails(function() docker.DockerClient{timeout = 0} end)
fails(function() docker.DockerClient{base_urn = host} end)
fails(function() docker.DockerClient{base_url = "unix:///nonexistent/docker.sock"}:ping() end)
fails(function() docker.DockerClient{base_url = host, version = "1.30"}:ping() end)
