local moondock = require "moondock"
moondock.on_shutdown(function()
    print("first")
    -- Registered this late, it is called behind those that were there before.
    moondock.on_shutdown(function()
        print("third")
        moondock.on_shutdown(function() print("fourth") end)
    end)
end)
moondock.on_shutdown(function() print("second") end)
