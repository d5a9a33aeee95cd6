---@meta docker.tls
-- Made by `cargo xtask codegen` from the description in crates/script-api.

---@class docker.tls.TLSConfig.options
---@field client_cert? string[] The paths of the certificate that this side shows, and of its key (PKCS#8, PKCS#1 or SEC1, not encrypted).
---@field ca_cert? string The path of the CA certificates that the engine's certificate must come from; without it, those of the  system.
---@field verify? boolean|string Whether to check the engine's certificate, or the path of the CA certificates to check it against.
---@field assert_hostname? boolean Whether the engine's certificate must be for the name that it is reached by. Default: `true`.

---TLS.
---@class moondock.modules.docker.tls
local tls = {}

---Reads how to speak TLS, for a client's `tls`. Files that do not fit are a `TLSParameterError`.
---@overload fun(client_cert?: string[], ca_cert?: string, verify?: boolean|string, assert_hostname?: boolean): table<string, any>
---@overload fun(client_cert?: string[], ca_cert?: string, options?: docker.tls.TLSConfig.options): table<string, any>
---@overload fun(client_cert?: string[], options?: docker.tls.TLSConfig.options): table<string, any>
---@param options? docker.tls.TLSConfig.options Arguments by name.
---@return table<string, any>
function tls.TLSConfig(options) end

return tls
