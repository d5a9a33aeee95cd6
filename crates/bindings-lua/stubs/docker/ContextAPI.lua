---@meta docker.ContextAPI
-- Made by `cargo xtask codegen` from the description in crates/script-api.

---@class docker.ContextAPI.get_context.options
---@field name? string The name; the context in use without one.

---@class docker.ContextAPI.set_current_context.options
---@field name? string The name. Default: `"default"`.

---@class docker.ContextAPI.create_context.options
---@field name? string The name.
---@field orchestrator? string What runs containers: `swarm`, or nothing; docker knows no other any more.
---@field host? string The engine's address; the default socket where a new context has none.
---@field tls_cfg? table<string, any> How to speak TLS with the engine; the files are copied into the context.
---@field default_namespace? string Of no use any more: a namespace is an orchestrator's other than docker.
---@field skip_tls_verify? boolean Whether not to check the engine's certificate.
---@field description? string What the context is for, in words.

---@class docker.ContextAPI.update_context.options
---@field name? string The name.
---@field host? string The engine's address; the default socket where a new context has none.
---@field tls_cfg? table<string, any> How to speak TLS with the engine; the files are copied into the context.
---@field skip_tls_verify? boolean Whether not to check the engine's certificate.
---@field description? string What the context is for, in words.

---@class docker.ContextAPI.remove_context.options
---@field name? string The name.

---@class docker.ContextAPI.inspect_context.options
---@field name? string The name. Default: `"default"`.

---The same as `docker.context.ContextAPI`.
---@class moondock.modules.docker.ContextAPI
local ContextAPI = {}

---Lists the contexts by their names, the default one first.
---@return moondock.Context[]
function ContextAPI.contexts() end

---Gets a context; nothing where there is none with this name.
---@overload fun(name?: string): moondock.Context|nil
---@param options? docker.ContextAPI.get_context.options Arguments by name.
---@return moondock.Context|nil
function ContextAPI.get_context(options) end

---Gets the context in use: the default one where `DOCKER_HOST` is set, else the one that `DOCKER_CONTEXT` or `config.json` names.
---@return moondock.Context
function ContextAPI.get_current_context() end

---Makes a context the one in use, in `config.json`. Without one of this name, the error is a `ContextNotFound`.
---@overload fun(name?: string): nil
---@param options? docker.ContextAPI.set_current_context.options Arguments by name.
function ContextAPI.set_current_context(options) end

---Makes a context. If there is one with this name, the error is a `ContextAlreadyExists`.
---@overload fun(options: docker.ContextAPI.create_context.options): moondock.Context
---@overload fun(name: string, orchestrator?: string, options?: docker.ContextAPI.create_context.options): moondock.Context
---@param name string The name.
---@param options? docker.ContextAPI.create_context.options Arguments by name.
---@return moondock.Context
function ContextAPI.create_context(name, options) end

---Changes what is given of a context, and leaves the rest.
---@overload fun(options: docker.ContextAPI.update_context.options): moondock.Context
---@overload fun(name: string, host?: string, tls_cfg?: table<string, any>, skip_tls_verify?: boolean, description?: string): moondock.Context
---@overload fun(name: string, host?: string, options?: docker.ContextAPI.update_context.options): moondock.Context
---@param name string The name.
---@param options? docker.ContextAPI.update_context.options Arguments by name.
---@return moondock.Context
function ContextAPI.update_context(name, options) end

---Removes a context. If it was the one in use, the default one is from then on.
---@overload fun(options: docker.ContextAPI.remove_context.options): nil
---@param name string The name.
function ContextAPI.remove_context(name) end

---What `docker context inspect` shows of a context.
---@overload fun(name?: string): table<string, any>
---@param options? docker.ContextAPI.inspect_context.options Arguments by name.
---@return table<string, any>
function ContextAPI.inspect_context(options) end

return ContextAPI
