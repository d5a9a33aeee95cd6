---@meta docker
-- Made by `cargo xtask codegen` from the description in crates/script-api.

---@class docker.from_env.options
---@field version? string The API version, for example `1.41`; `auto`, the default, negotiates it.
---@field timeout? number How many seconds to wait for a connection and for an answer. Default: `60.0`.

---@class docker.DockerClient.options
---@field base_url? string The engine's address, for example `unix:///var/run/docker.sock` or `tcp://127.0.0.1:2375`.
---@field version? string The API version, for example `1.41`; `auto`, the default, negotiates it.
---@field timeout? number How many seconds to wait for a connection and for an answer. Default: `60.0`.

---Docker, with docker-py's object model.
---@class moondock.modules.docker
---Nothing where Lua's `nil` cannot stand, such as inside a list.
---@field null userdata
local docker = {}

---Makes a client for the engine that the host names, else `DOCKER_HOST`, else the default socket.
---@overload fun(version?: string, timeout?: number): moondock.DockerClient
---@overload fun(version?: string, options?: docker.from_env.options): moondock.DockerClient
---@param options? docker.from_env.options Arguments by name.
---@return moondock.DockerClient
function docker.from_env(options) end

---Makes a client for the engine at an address.
---@overload fun(base_url?: string, version?: string, timeout?: number): moondock.DockerClient
---@overload fun(base_url?: string, version?: string, options?: docker.DockerClient.options): moondock.DockerClient
---@overload fun(base_url?: string, options?: docker.DockerClient.options): moondock.DockerClient
---@param options? docker.DockerClient.options Arguments by name.
---@return moondock.DockerClient
function docker.DockerClient(options) end

return docker
