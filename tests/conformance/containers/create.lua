local client = require("docker").from_env()
local made = client.containers:create{
    image = "busybox", command = "sleep 60", name = "case-create", labels = {"plain", "b"}, hostname = "h",
    mem_limit = "32m", nano_cpus = 500000000, restart_policy = {Name = "on-failure", MaximumRetryCount = 3},
    ports = {["80/tcp"] = 18080, ["53/udp"] = {"127.0.0.1", 18053}}, cap_add = {"NET_ADMIN"}, dns = {"8.8.8.8"},
    extra_hosts = {db = "10.0.0.1"}, ulimits = {{Name = "nofile", Soft = 100, Hard = 200}}, read_only = true,
    healthcheck = {test = {"CMD", "true"}, interval = 1000000000}, stop_signal = "SIGINT", init = true,
    security_opt = {"no-new-privileges"}, sysctls = {["net.core.somaxconn"] = "1024"}, network_mode = "none",
    log_config = {type = "json-file", config = {["max-size"] = "1m"}}, tmpfs = {["/t"] = ""}, shm_size = "32m",
}
local config, host = made.attrs.Config, made.attrs.HostConfig
print(("%s %s %s"):format(made.name, made.status, made.short_id == made.id:sub(1, 12)))
print(client.containers:get("case-create") == made)
-- Before what not every engine tells.
made:remove()
print(("%s %s %s"):format(config.Hostname, table.concat(config.Cmd, " "), config.StopSignal))
print(("%s %s"):format(made.labels.plain == "", made.labels.b == ""))
print(("%d %d %d"):format(host.Memory, host.NanoCpus, host.ShmSize))
print(("%s %d"):format(host.RestartPolicy.Name, host.RestartPolicy.MaximumRetryCount))
print(("%s %s"):format(host.PortBindings["80/tcp"][1].HostPort, host.PortBindings["53/udp"][1].HostIp))
print(("%s %s %s"):format(host.CapAdd[1], host.Dns[1], host.ExtraHosts[1]))
print(("%s %d"):format(host.Ulimits[1].Name, host.Ulimits[1].Hard))
print(("%s %s %s"):format(config.Healthcheck.Test[2], host.ReadonlyRootfs, host.Init))
print(("%s %s"):format(host.SecurityOpt[1], host.Sysctls["net.core.somaxconn"]))
print(("%s %s %s"):format(host.LogConfig.Config["max-size"], host.Tmpfs["/t"], host.NetworkMode))
print((pcall(made.reload, made)))
