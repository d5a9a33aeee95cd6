---@meta docker
-- Made by `cargo xtask codegen` from the description in crates/script-api.

---@class docker.from_env.options
---@field version? string The API version, for example `1.41`; `auto`, the default, negotiates it.
---@field timeout? number How many seconds to wait for a connection and for an answer. Default: `60.0`.
---@field max_pool_size? integer How many connections are kept open while no call uses them; over ssh, how many there may be at all. Default: `10`.
---@field environment? table<string, any> The variables to read instead of the environment's, such as `DOCKER_HOST`.
---@field use_ssh_client? boolean Accepted as docker-py has it: ssh is always the program of that name. Default: `false`.
---@field use_context? boolean Whether docker's context counts where `DOCKER_HOST` is not set. Default: `true`.
---@field user_agent? string What the client calls itself.
---@field credstore_env? table<string, any> Environment variables for credential helpers, beside those of this process.

---@class docker.from_context.options
---@field name? string The context's name; the one in use without one.
---@field version? string The API version, for example `1.41`; `auto`, the default, negotiates it.
---@field timeout? number How many seconds to wait for a connection and for an answer. Default: `60.0`.
---@field user_agent? string What the client calls itself.
---@field credstore_env? table<string, any> Environment variables for credential helpers, beside those of this process.
---@field max_pool_size? integer How many connections are kept open while no call uses them; over ssh, how many there may be at all. Default: `10`.
---@field use_ssh_client? boolean Accepted as docker-py has it: ssh is always the program of that name. Default: `false`.

---@class docker.DockerClient.options
---@field base_url? string The engine's address, for example `unix:///var/run/docker.sock` or `tcp://127.0.0.1:2375`.
---@field version? string The API version, for example `1.41`; `auto`, the default, negotiates it.
---@field timeout? number How many seconds to wait for a connection and for an answer. Default: `60.0`.
---@field tls? boolean|table<string, any> Whether to speak TLS, or how: what `docker.tls.TLSConfig` gives, or its arguments as a map.
---@field user_agent? string What the client calls itself.
---@field num_pools? integer Accepted as docker-py has it: a client has one pool of connections, to its engine.
---@field credstore_env? table<string, any> Environment variables for credential helpers, beside those of this process.
---@field use_ssh_client? boolean Accepted as docker-py has it: ssh is always the program of that name. Default: `false`.
---@field max_pool_size? integer How many connections are kept open while no call uses them; over ssh, how many there may be at all. Default: `10`.

---@class docker.APIClient.options
---@field base_url? string The engine's address, for example `unix:///var/run/docker.sock` or `tcp://127.0.0.1:2375`.
---@field version? string The API version, for example `1.41`; `auto`, the default, negotiates it.
---@field timeout? number How many seconds to wait for a connection and for an answer. Default: `60.0`.
---@field tls? boolean|table<string, any> Whether to speak TLS, or how: what `docker.tls.TLSConfig` gives, or its arguments as a map.
---@field user_agent? string What the client calls itself.
---@field num_pools? integer Accepted as docker-py has it: a client has one pool of connections, to its engine.
---@field credstore_env? table<string, any> Environment variables for credential helpers, beside those of this process.
---@field use_ssh_client? boolean Accepted as docker-py has it: ssh is always the program of that name. Default: `false`.
---@field max_pool_size? integer How many connections are kept open while no call uses them; over ssh, how many there may be at all. Default: `10`.

---@class docker.TLSConfig.options
---@field client_cert? string[] The paths of the certificate that this side shows, and of its key (PKCS#8, PKCS#1 or SEC1, not encrypted).
---@field ca_cert? string The path of the CA certificates that the engine's certificate must come from; without it, those of the  system.
---@field verify? boolean|string Whether to check the engine's certificate, or the path of the CA certificates to check it against.
---@field assert_hostname? boolean Whether the engine's certificate must be for the name that it is reached by. Default: `true`.

---Docker, with docker-py's object model.
---@class moondock.modules.docker
---Nothing where Lua's `nil` cannot stand, such as inside a list.
---@field null userdata
---@field types moondock.modules.docker.types Parts of requests. Each is a map in the engine's own names; a map in the names of its arguments does as well.
---@field errors moondock.modules.docker.errors The kinds of errors, to be asked for with `is_a`, as in `err:is_a(docker.errors.NotFound)`.
---@field tls moondock.modules.docker.tls TLS.
---@field context moondock.modules.docker.context Docker's contexts.
---@field ContextAPI moondock.modules.docker.ContextAPI The same as `docker.context.ContextAPI`.
---@field utils moondock.modules.docker.utils Functions on values, as docker-py's `docker.utils` has them; none asks an engine.
local docker = {}

---Makes a client for the engine that the host names, else `DOCKER_HOST`, else docker's context, else the default socket.
---@overload fun(version?: string, timeout?: number, options?: docker.from_env.options): moondock.DockerClient
---@overload fun(version?: string, options?: docker.from_env.options): moondock.DockerClient
---@param options? docker.from_env.options Arguments by name.
---@return moondock.DockerClient
function docker.from_env(options) end

---Makes a client for the engine of one of docker's contexts.
---@overload fun(name?: string, version?: string, options?: docker.from_context.options): moondock.DockerClient
---@overload fun(name?: string, options?: docker.from_context.options): moondock.DockerClient
---@param options? docker.from_context.options Arguments by name.
---@return moondock.DockerClient
function docker.from_context(options) end

---Makes a client for the engine at an address.
---@overload fun(base_url?: string, version?: string, options?: docker.DockerClient.options): moondock.DockerClient
---@overload fun(base_url?: string, options?: docker.DockerClient.options): moondock.DockerClient
---@param options? docker.DockerClient.options Arguments by name.
---@return moondock.DockerClient
function docker.DockerClient(options) end

---Makes a low-level client for the engine at an address.
---@overload fun(base_url?: string, version?: string, options?: docker.APIClient.options): moondock.APIClient
---@overload fun(base_url?: string, options?: docker.APIClient.options): moondock.APIClient
---@param options? docker.APIClient.options Arguments by name.
---@return moondock.APIClient
function docker.APIClient(options) end

---Reads how to speak TLS, for a client's `tls`. Files that do not fit are a `TLSParameterError`.
---@overload fun(client_cert?: string[], ca_cert?: string, verify?: boolean|string, assert_hostname?: boolean): table<string, any>
---@overload fun(client_cert?: string[], ca_cert?: string, options?: docker.TLSConfig.options): table<string, any>
---@overload fun(client_cert?: string[], options?: docker.TLSConfig.options): table<string, any>
---@param options? docker.TLSConfig.options Arguments by name.
---@return table<string, any>
function docker.TLSConfig(options) end

return docker
