---@meta docker.errors
-- Made by `cargo xtask codegen` from the description in crates/script-api.

---The kinds of errors, to be asked for with `is_a`, as in `err:is_a(docker.errors.NotFound)`.
---@class moondock.modules.docker.errors
---@field DockerException string Anything that went wrong.
---@field APIError string The engine answered with an error status.
---@field NotFound string The engine does not have what was asked for (status 404).
---@field ImageNotFound string The engine does not have the image.
---@field InvalidVersion string An option or a call that the engine's API version does not know.
---@field InvalidRepository string A repository name that cannot be one.
---@field InvalidConfigFile string A configuration file that cannot be read.
---@field InvalidArgument string An argument with a wrong type or value.
---@field TLSParameterError string TLS settings that do not fit together.
---@field NullResource string An empty id or name where one is needed.
---@field ContainerError string A container's command ended with a non-zero exit code.
---@field StreamParseError string A stream that the engine cut short or that holds no valid data.
---@field BuildError string A build that failed.
---@field ImageLoadError string An image archive that the engine could not load.
---@field ConnectionError string The engine is out of reach, or the connection broke.
---@field Timeout string A deadline ran out.
---@field ContextException string Something that cannot be done with one of docker's contexts.
---@field ContextAlreadyExists string A context with this name is there already.
---@field ContextNotFound string There is no context with this name.
---@field IOError string A file or folder of this machine that cannot be read or written.
---@field Cancelled string The work was cancelled.
local errors = {}

return errors
