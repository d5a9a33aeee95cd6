-- Starts each container with the label `keep=alive` again when it dies with a failure. Runs until it is interrupted.
local moondock = require "moondock"

moondock.on("container.die", {label = "keep=alive"}, function(event, container)
    local code = event.attributes.exitCode
    if code == "0" or not container then
        print(event.name .. " has ended")
        return
    end
    print(event.name .. " died with exit code " .. code .. ": starting it again")
    container:start()
end)
moondock.on_shutdown(function()
    print("no longer looking after containers")
end)
print("looking after containers with the label keep=alive")
