-- Does something at an interval, and ends the script with an exit code of its own.
local docker = require "docker"
local moondock = require "moondock"
local client = docker.from_env()

local beats = 0
moondock.every("200ms", function()
    beats = beats + 1
    print("beat " .. beats .. ": " .. tostring(client:ping()))
    if beats == 3 then moondock.exit(0) end
end)
moondock.on_shutdown(function() print("bye") end)
