local moondock = require "moondock"
local count = 0
local one
one = moondock.every(0.05, function()
    count = count + 1
    print("one " .. count)
    if count == 2 then one:off() end
end)
local two
two = moondock.every("120ms", function()
    print("two, after one: " .. tostring(not one.active))
    two:off()
end)
-- With the last registration off, the script ends by itself.
moondock.on_shutdown(function() print("end") end)
