local docker = require "docker"
local function show(values)
    local texts = {}
    for place, value in ipairs(values) do texts[place] = tostring(value) end
    print(table.concat(texts, " "))
end

-- example: docker.utils.match_tag
show({docker.utils.match_tag("shop/web:1"), docker.utils.match_tag("Shop")})

-- example: docker.utils.parse_bytes
show({docker.utils.parse_bytes("64m"), docker.utils.parse_bytes(7)})

-- example: docker.utils.parse_devices
local devices = docker.utils.parse_devices({"/dev/fuse:/dev/fuse:r"})
show({devices[1].PathOnHost, devices[1].CgroupPermissions})

-- example: docker.utils.parse_host
show({docker.utils.parse_host(), docker.utils.parse_host("127.0.0.1:2375")})

-- example: docker.utils.split_command
local words = docker.utils.split_command("sh -c 'echo hi'")
show(words)

-- example: docker.utils.compare_version
show({docker.utils.compare_version("1.9", "1.41"), docker.utils.compare_version("1.41", "1.9"), docker.utils.compare_version("1.41", "1.41")})

-- example: docker.utils.version_lt
show({docker.utils.version_lt("1.9", "1.41"), docker.utils.version_lt("1.41", "1.41")})

-- example: docker.utils.version_gte
show({docker.utils.version_gte("1.41", "1.9"), docker.utils.version_gte("1.9", "1.41")})

-- example: docker.utils.convert_filters
show({docker.utils.convert_filters({filters = {label = {"team=a"}}})})

-- example: docker.utils.convert_port_bindings
local ports = docker.utils.convert_port_bindings({port_bindings = {["80"] = 8080}})
show({ports["80/tcp"][1].HostPort})

-- example: docker.utils.convert_volume_binds
show(docker.utils.convert_volume_binds({binds = {data = {bind = "/data", mode = "ro"}}}))

-- example: docker.utils.format_environment
show(docker.utils.format_environment({environment = {LEVEL = "debug"}}))

-- example: docker.utils.format_extra_hosts
show(docker.utils.format_extra_hosts({extra_hosts = {db = "10.7.0.9"}}))
show(docker.utils.format_extra_hosts({extra_hosts = {db = "10.7.0.9"}, task = true}))

-- example: docker.utils.normalize_links
show(docker.utils.normalize_links({links = {db = "database"}}))

-- example: docker.utils.parse_repository_tag
local repository, tag = docker.utils.parse_repository_tag("localhost:5000/shop/web:1.0")
show({repository, tag})

-- example: docker.utils.parse_env_file
local variables = docker.utils.parse_env_file("tests/conformance/docker/service.env")
show({variables.LEVEL, variables.NAME})

-- example: docker.tls.TLSConfig
local tls = docker.tls.TLSConfig({verify = false})
show({tls.verify})

-- example: docker.TLSConfig
tls = docker.TLSConfig({verify = false, assert_hostname = false})
show({tls.verify, tls.assert_hostname})

local function fails(f, ...)
    local ok, err = pcall(f, ...)
    show({err.kind, err.message})
end
fails(docker.TLSConfig, {ca_cert = "/missing.pem"})
fails(docker.utils.parse_bytes, "huge")
fails(docker.utils.compare_version, "new", "1.41")
fails(docker.utils.parse_host, "gopher://x")
