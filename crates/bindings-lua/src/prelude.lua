-- Between Lua's calls and Rust's: raises errors as values, and makes properties and methods of descriptions.
local invoke, read, ready, locate, members = ...
local error, xpcall, setmetatable = error, xpcall, setmetatable

local function check(ok, ...)
  if ok then
    return ...
  end
  error(locate((...)), 0)
end

-- One function for each method, whatever the object.
local methods = setmetatable({}, {
  __index = function(self, index)
    local function method(this, ...)
      return check(invoke(this, index, ...))
    end
    self[index] = method
    return method
  end,
})

local function index(this, name)
  local kind, member = members(this, name)
  if kind == 1 then
    return methods[member]
  elseif kind == 2 then
    return check(read(this, member))
  end
  error(locate(member), 0)
end

local function newindex(this, name)
  local _, member = members(this, name, true)
  error(locate(member), 0)
end

local function next_item(this)
  local here, ok, value = ready(this)
  if here then
    return check(ok, value)
  end
  return this:next()
end

local function close(this)
  local kind = members(this, "close")
  if kind == 1 then
    this:close()
  end
end

-- A module's functions take no object: the module's number stands in its place.
local function module(number, functions)
  local built = {}
  for name, place in pairs(functions) do
    built[name] = function(...)
      return check(invoke(number, place, ...))
    end
  end
  return setmetatable(built, {
    __index = function(_, name)
      local _, member = members(number, name)
      error(locate(member), 0)
    end,
  })
end

-- Runs a function; gives true and its results, or false and what it raised.
local function protected(main, ...)
  return xpcall(main, locate, ...)
end

return index, newindex, next_item, close, module, protected
