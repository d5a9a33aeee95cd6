local docker = require "docker"
local function show(values)
    local texts = {}
    for place, value in ipairs(values) do texts[place] = tostring(value) end
    print(table.concat(texts, " "))
end

-- example: docker.types.Mount
local mount = docker.types.Mount("/data", "shop-data", "volume", true, {labels = {team = "a"}})
show({mount.Target, mount.Source, mount.Type, mount.ReadOnly, mount.VolumeOptions.Labels.team})

-- example: docker.types.LogConfig
local logs = docker.types.LogConfig({type = "json-file", config = {["max-size"] = "1g"}})
show({logs.Type, logs.Config["max-size"]})

-- example: docker.types.Ulimit
local limit = docker.types.Ulimit({name = "nofile", soft = 1024, hard = 2048})
show({limit.Name, limit.Soft, limit.Hard})

-- example: docker.types.DeviceRequest
local devices = docker.types.DeviceRequest({driver = "nvidia", count = -1, capabilities = {{"gpu"}}})
show({devices.Driver, devices.Count, devices.Capabilities[1][1]})

-- example: docker.types.Healthcheck
local check = docker.types.Healthcheck({test = "test -e /ready", interval = "2s", retries = 3})
show({check.Test[1], check.Test[2], check.Interval, check.Retries})

-- example: docker.types.EndpointConfig
local endpoint = docker.types.EndpointConfig({aliases = {"db"}, ipv4_address = "10.7.0.9"})
show({endpoint.Aliases[1], endpoint.IPAMConfig.IPv4Address})

-- example: docker.types.NetworkingConfig
local networking = docker.types.NetworkingConfig({shop = docker.types.EndpointConfig({aliases = {"db"}})})
show({networking.EndpointsConfig.shop.Aliases[1]})

-- example: docker.types.IPAMPool
local pool = docker.types.IPAMPool({subnet = "10.7.0.0/16", gateway = "10.7.0.254"})
show({pool.Subnet, pool.Gateway})

-- example: docker.types.IPAMConfig
local ipam = docker.types.IPAMConfig({pool_configs = {docker.types.IPAMPool("10.7.0.0/16")}})
show({ipam.Driver, ipam.Config[1].Subnet})
