-- Builds an image from a folder and runs it. The folder is beside this script unless an argument names another.
local docker = require "docker"
local client = docker.from_env()

local folder = arg[1] or arg[0]:match("^(.*)/") .. "/../site"
local image, log = client.images:build{path = folder, tag = "moondock-example:site", rm = true}
for _, record in ipairs(log) do
    local step = record.stream and record.stream:match("^Step.*[^\n]")
    if step then print(step) end
end
print("tag: " .. image.tags[1])
print(client.containers:run(image, {remove = true}))

client.images:remove(image, {force = true})
