-- Between Lua's calls and Rust's: raises errors as values, and makes properties and methods of descriptions.
local invoke, read, finish, finish_here, ready, locate, members, pending = ...
local error, xpcall, setmetatable = error, xpcall, setmetatable
local create, resume, yield = coroutine.create, coroutine.resume, coroutine.yield
local isyieldable = coroutine.isyieldable

-- Gives a call's results, waiting for them if need be.
local function check(ok, ...)
  if ok then
    return ...
  elseif ok == nil then
    if isyieldable() then
      return check(finish())
    end
    return check(finish_here())
  end
  error(locate((...)), 0)
end

-- A coroutine of the script's that waits makes the one that resumed it wait too, and gives it nothing.
local function pass(co, ok, first, ...)
  if ok and first == pending then
    return pass(co, resume(co, yield(pending)))
  end
  return ok, first, ...
end

function coroutine.resume(co, ...)
  return pass(co, resume(co, ...))
end

local function unwrap(ok, ...)
  if ok then
    return ...
  end
  error((...), 0)
end

function coroutine.wrap(f)
  local co = create(f)
  return function(...)
    return unwrap(pass(co, resume(co, ...)))
  end
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
