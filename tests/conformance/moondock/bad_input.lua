local moondock = require "moondock"
local function fails(f)
    local ok, err = pcall(f)
    print(("%s %s: %s"):format(ok, err.kind, err.message))
end
fails(function() moondock.on("container.die") end)
fails(function() moondock.on("container.[", function() end) end)
fails(function() moondock.every("soon", function() end) end)
fails(function() moondock.every(0, function() end) end)
fails(function() moondock.watch("/no/such/folder", function() end) end)
fails(function() moondock.exit(300) end)
fails(function() moondock.on_shutdown(5) end)
