-- Builds a folder into an image and runs it in a fresh container, anew on each save. Runs until it is interrupted.
-- Usage: moondock run 12-rebuild.lua -- FOLDER
local docker = require "docker"
local moondock = require "moondock"
local client = docker.from_env()

local folder = assert(arg[1], "name the folder to build")
local tag = "moondock-example:rebuild-lua"
local current

local function rebuild()
    local ok, image = pcall(client.images.build, client.images, {path = folder, tag = tag, rm = true})
    if not ok then
        -- The container of the last build that worked runs on.
        print("build failed: " .. image.message)
        return
    end
    if current then current:remove{force = true} end
    current = client.containers:run(image, {detach = true})
    print("runs: " .. current:exec_run("cat /version").output)
end

rebuild()
moondock.watch(folder, rebuild)
moondock.on_shutdown(function()
    if current then current:remove{force = true} end
    client.images:remove(tag, {force = true})
    print("cleaned up")
end)
