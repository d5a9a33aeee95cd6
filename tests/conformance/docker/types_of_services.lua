local docker = require "docker"
local function show(values)
    local texts = {}
    for place, value in ipairs(values) do texts[place] = tostring(value) end
    print(table.concat(texts, " "))
end

-- example: docker.types.ContainerSpec
local container = docker.types.ContainerSpec("busybox", "sleep 60", {env = {"LEVEL=debug"}, tty = true})
show({container.Image, container.Command[1], container.Command[2], container.Env[1], container.TTY})

-- example: docker.types.TaskTemplate
local task = docker.types.TaskTemplate(docker.types.ContainerSpec("busybox"), {force_update = 2})
show({task.ContainerSpec.Image, task.ForceUpdate})

-- example: docker.types.Resources
local resources = docker.types.Resources({cpu_limit = 500000000, mem_limit = "64m"})
show({resources.Limits.NanoCPUs, resources.Limits.MemoryBytes})

-- example: docker.types.RestartPolicy
local policy = docker.types.RestartPolicy("on-failure", {max_attempts = 3})
show({policy.Condition, policy.MaxAttempts})

-- example: docker.types.UpdateConfig
local update = docker.types.UpdateConfig({parallelism = 2, failure_action = "rollback", order = "start-first"})
show({update.Parallelism, update.FailureAction, update.Order})

-- example: docker.types.RollbackConfig
local rollback = docker.types.RollbackConfig({parallelism = 1})
show({rollback.Parallelism, rollback.FailureAction})

-- example: docker.types.DriverConfig
local driver = docker.types.DriverConfig("json-file", {["max-file"] = "2"})
show({driver.Name, driver.Options["max-file"]})

-- example: docker.types.EndpointSpec
local endpoint = docker.types.EndpointSpec({mode = "vip", ports = {["8080"] = 80}})
show({endpoint.Mode, endpoint.Ports[1].PublishedPort, endpoint.Ports[1].TargetPort, endpoint.Ports[1].Protocol})

-- example: docker.types.ServiceMode
local mode = docker.types.ServiceMode("replicated", 3)
show({mode.replicated.Replicas})

-- example: docker.types.Placement
local placement = docker.types.Placement({constraints = {"node.role == manager"}, maxreplicas = 1})
show({placement.Constraints[1], placement.MaxReplicas})

-- example: docker.types.PlacementPreference
local preference = docker.types.PlacementPreference("spread", "node.labels.zone")
show({preference.Spread.SpreadDescriptor})

-- example: docker.types.Privileges
local privileges = docker.types.Privileges({selinux_disable = true})
show({privileges.SELinuxContext.Disable})

-- example: docker.types.DNSConfig
local dns = docker.types.DNSConfig({nameservers = {"10.7.0.1"}, search = {"shop"}})
show({dns.Nameservers[1], dns.Search[1]})

-- example: docker.types.NetworkAttachmentConfig
local network = docker.types.NetworkAttachmentConfig("shop", {aliases = {"web"}})
show({network.Target, network.Aliases[1]})

-- example: docker.types.SecretReference
local secret = docker.types.SecretReference("a1b2", "password", {filename = "db_password"})
show({secret.SecretID, secret.SecretName, secret.File.Name, secret.File.Mode})

-- example: docker.types.ConfigReference
local config = docker.types.ConfigReference("c3d4", "web.conf")
show({config.ConfigID, config.ConfigName, config.File.Name})

-- example: docker.types.SwarmSpec
local swarm = docker.types.SwarmSpec({task_history_retention_limit = 2, labels = {team = "a"}})
show({swarm.Orchestration.TaskHistoryRetentionLimit, swarm.Labels.team})

-- example: docker.types.SwarmExternalCA
local ca = docker.types.SwarmExternalCA("https://ca.example", "cfssl")
show({ca.URL, ca.Protocol})
