---@meta moondock
-- Made by `cargo xtask codegen` from the description in crates/script-api.

---@class moondock.on.options
---@field pattern? string A glob over `type.action`, for example `container.die`, `image.*` or `container`.
---@field filters? function|table<string, any> Attributes that an event must have, for example `{label: "x=y", name: "web"}`; or the handler.
---@field handler? function Called with the event and the object that it is about: a container or image, nothing if that is gone.

---@class moondock.every.options
---@field interval? number|string The interval: seconds, or text such as `500ms`, `10s`, `5m`, `1h30m`.
---@field handler? function What to call.

---@class moondock.watch.options
---@field paths? string|string[] A file or folder, or a list of them. Folders are watched with all below them.
---@field handler? function Called with a list of `{path, kind}`, the kind `created`, `modified` or `removed`.
---@field debounce? number|string How long it must be quiet before changes are handed over.

---@class moondock.on_shutdown.options
---@field handler? function What to call.

---@class moondock.exit.options
---@field code? integer The exit code, 0 to 255. Default: `0`.

---What the host adds: hooks, schedules, watches, and the script's own life.
---@class moondock.modules.moondock
---Nothing where Lua's `nil` cannot stand, such as inside a list.
---@field null userdata
local moondock = {}

---Calls a handler for each of the engine's events that match, one at a time and in order. All that happens after `on` has returned is seen, also across lost connections. The event has `type`, `action`, `detail`, `id`, `name`, `attributes`, `time`, `time_nano` and `raw`. The script lives on while a hook is on.
---@overload fun(options: moondock.on.options): moondock.Registration
---@overload fun(pattern: string, filters?: function|table<string, any>, handler?: function): moondock.Registration
---@overload fun(pattern: string, filters?: function|table<string, any>, options?: moondock.on.options): moondock.Registration
---@param pattern string A glob over `type.action`, for example `container.die`, `image.*` or `container`.
---@param options? moondock.on.options Arguments by name.
---@return moondock.Registration
function moondock.on(pattern, options) end

---Calls a handler at an interval, first after one, one call at a time.
---@overload fun(options: moondock.every.options): moondock.Registration
---@param interval number|string The interval: seconds, or text such as `500ms`, `10s`, `5m`, `1h30m`.
---@param handler function What to call.
---@return moondock.Registration
function moondock.every(interval, handler) end

---Calls a handler with what changes below some paths, after it has been quiet for `debounce`, by default 200 ms. All that changes after `watch` has returned is seen.
---@overload fun(options: moondock.watch.options): moondock.Registration
---@overload fun(paths: string|string[], handler: function, debounce?: number|string): moondock.Registration
---@param paths string|string[] A file or folder, or a list of them. Folders are watched with all below them.
---@param handler function Called with a list of `{path, kind}`, the kind `created`, `modified` or `removed`.
---@param options? moondock.watch.options Arguments by name.
---@return moondock.Registration
function moondock.watch(paths, handler, options) end

---Calls a handler once when the script ends in order, also on SIGINT and SIGTERM.
---@overload fun(options: moondock.on_shutdown.options): nil
---@param handler function What to call.
function moondock.on_shutdown(handler) end

---Ends the script with an exit code, after its shutdown handlers. It does not return. In a shutdown handler it ends that handler; the code of the first call counts.
---@overload fun(code?: integer): nil
---@param options? moondock.exit.options Arguments by name.
function moondock.exit(options) end

return moondock
