---@meta docker.context
-- Made by `cargo xtask codegen` from the description in crates/script-api.

---Docker's contexts.
---@class moondock.modules.docker.context
---@field ContextAPI moondock.modules.docker.context.ContextAPI Docker's contexts: what engines there are, as the docker CLI knows them.
local context = {}

return context
