local client = require("docker").from_env()
local function fails(f)
    local ok, err = pcall(f)
    print(("%s %s, line %s: %s"):format(ok, err.kind, err.location:match("members%.lua:(%d+)"), err.message))
end
-- The lines of both scripts are the same.
fails(function() client.containers:lst() end)
fails(function() client.containers:start(1) end)
fails(function() return client.imags end)
fails(function()
    local q = client.containers:list(1, 2, 3, 4, 5, 6, 7, 8, 9)
end)
local ok, err = pcall(function() for item in client do print(item) end end)
print(("%s %s"):format(ok, err.kind))
