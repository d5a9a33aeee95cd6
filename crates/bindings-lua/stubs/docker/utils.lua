---@meta docker.utils
-- Made by `cargo xtask codegen` from the description in crates/script-api.

---@class docker.utils.parse_repository_tag.options
---@field repo_name? string The repository, perhaps with a tag or a digest.

---@class docker.utils.match_tag.options
---@field tag? string The text.

---@class docker.utils.parse_bytes.options
---@field s? number|string The size: a number of bytes, or text such as `512m`.

---@class docker.utils.parse_env_file.options
---@field env_file? string The file's path.

---@class docker.utils.parse_devices.options
---@field devices? any[] Each `HOST[:CONTAINER[:PERMISSIONS]]`, or a map in the engine's own names.

---@class docker.utils.parse_host.options
---@field addr? string The address, for example `tcp://127.0.0.1:2375`; the default socket without one.

---@class docker.utils.split_command.options
---@field command? string|string[] The command in one line.

---@class docker.utils.compare_version.options
---@field v1? string One, for example `1.9`.
---@field v2? string The other, for example `1.41`.

---@class docker.utils.version_lt.options
---@field v1? string One, for example `1.9`.
---@field v2? string The other, for example `1.41`.

---@class docker.utils.version_gte.options
---@field v1? string One, for example `1.9`.
---@field v2? string The other, for example `1.41`.

---@class docker.utils.convert_filters.options
---@field filters? table<string, any> From a filter's name to a value or a list of values.

---@class docker.utils.convert_port_bindings.options
---@field port_bindings? table<string, any> From the container's port to where it is published, as `run` takes it.

---@class docker.utils.convert_volume_binds.options
---@field binds? table<string, any>|string[] From a path of the host or a volume's name to `{bind, mode}`, or a list of `SOURCE:TARGET[:MODE]`.

---@class docker.utils.format_environment.options
---@field environment? table<string, any>|string[] From a variable's name to its value; nothing takes the value from the engine's environment.

---@class docker.utils.format_extra_hosts.options
---@field extra_hosts? table<string, any>|string[] From a host's name to its address.
---@field task? boolean Whether they are for a task of a service, which has them the other way around. Default: `false`.

---@class docker.utils.normalize_links.options
---@field links? table<string, any>|string[] From a container's name to its alias.

---Functions on values, as docker-py's `docker.utils` has them; none asks an engine.
---@class moondock.modules.docker.utils
local utils = {}

---Takes a name apart: the repository, and the tag or digest if it has one.
---@overload fun(options: docker.utils.parse_repository_tag.options): string, string|nil
---@param repo_name string The repository, perhaps with a tag or a digest.
---@return string, string|nil
function utils.parse_repository_tag(repo_name) end

---Whether a text can name an image that is built.
---@overload fun(options: docker.utils.match_tag.options): boolean
---@param tag string The text.
---@return boolean
function utils.match_tag(tag) end

---A size in bytes.
---@overload fun(options: docker.utils.parse_bytes.options): integer
---@param s number|string The size: a number of bytes, or text such as `512m`.
---@return integer
function utils.parse_bytes(s) end

---Reads a file with a `NAME=value` on each line; lines that begin with `#` are comments.
---@overload fun(options: docker.utils.parse_env_file.options): table<string, string>
---@param env_file string The file's path.
---@return table<string, string>
function utils.parse_env_file(env_file) end

---Devices in the engine's own names.
---@overload fun(options: docker.utils.parse_devices.options): any[]
---@param devices any[] Each `HOST[:CONTAINER[:PERMISSIONS]]`, or a map in the engine's own names.
---@return any[]
function utils.parse_devices(devices) end

---Checks an engine's address, and gives it in full.
---@overload fun(addr?: string): string
---@param options? docker.utils.parse_host.options Arguments by name.
---@return string
function utils.parse_host(options) end

---Splits a line into words as a shell does.
---@overload fun(options: docker.utils.split_command.options): string[]
---@param command string|string[] The command in one line.
---@return string[]
function utils.split_command(command) end

---Compares API versions: 1 if the second is newer, -1 if the first is, else 0.
---@overload fun(options: docker.utils.compare_version.options): integer
---@param v1 string One, for example `1.9`.
---@param v2 string The other, for example `1.41`.
---@return integer
function utils.compare_version(v1, v2) end

---Whether the first API version is older than the second.
---@overload fun(options: docker.utils.version_lt.options): boolean
---@param v1 string One, for example `1.9`.
---@param v2 string The other, for example `1.41`.
---@return boolean
function utils.version_lt(v1, v2) end

---Whether the first API version is the second or newer.
---@overload fun(options: docker.utils.version_gte.options): boolean
---@param v1 string One, for example `1.9`.
---@param v2 string The other, for example `1.41`.
---@return boolean
function utils.version_gte(v1, v2) end

---Filters as the engine takes them: JSON with a list of texts for each.
---@overload fun(options: docker.utils.convert_filters.options): string
---@param filters table<string, any> From a filter's name to a value or a list of values.
---@return string
function utils.convert_filters(filters) end

---The engine's `PortBindings`.
---@overload fun(options: docker.utils.convert_port_bindings.options): table<string, any>
---@param port_bindings table<string, any> From the container's port to where it is published, as `run` takes it.
---@return table<string, any>
function utils.convert_port_bindings(port_bindings) end

---The engine's `Binds`.
---@overload fun(options: docker.utils.convert_volume_binds.options): string[]
---@param binds table<string, any>|string[] From a path of the host or a volume's name to `{bind, mode}`, or a list of `SOURCE:TARGET[:MODE]`.
---@return string[]
function utils.convert_volume_binds(binds) end

---Variables as a list of `NAME=value`.
---@overload fun(options: docker.utils.format_environment.options): string[]
---@param environment table<string, any>|string[] From a variable's name to its value; nothing takes the value from the engine's environment.
---@return string[]
function utils.format_environment(environment) end

---Hosts as a list of `name:address`, or of `address name` for a task.
---@overload fun(options: docker.utils.format_extra_hosts.options): string[]
---@overload fun(extra_hosts: table<string, any>|string[], task?: boolean): string[]
---@param extra_hosts table<string, any>|string[] From a host's name to its address.
---@param options? docker.utils.format_extra_hosts.options Arguments by name.
---@return string[]
function utils.format_extra_hosts(extra_hosts, options) end

---Links as a list of `container:alias`.
---@overload fun(options: docker.utils.normalize_links.options): string[]
---@param links table<string, any>|string[] From a container's name to its alias.
---@return string[]
function utils.normalize_links(links) end

return utils
