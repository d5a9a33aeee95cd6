---@meta docker.types
-- Made by `cargo xtask codegen` from the description in crates/script-api.

---@class docker.types.Mount.options
---@field target? string The path in the container.
---@field source? string What to mount: a path of the host, a volume's name or an image.
---@field type? string The type: `bind`, `volume`, `tmpfs`, `npipe`, `image` (since API 1.48) or `cluster` (since API 1.42);  `volume` by default.
---@field read_only? boolean Read only. Default: `false`.
---@field consistency? string How soon both sides must agree: `default`, `consistent`, `cached` or `delegated`.
---@field propagation? string How mounts below a bind spread: `private`, `rprivate`, `shared`, `rshared`, `slave` or `rslave`.
---@field no_copy? boolean Do not fill a new volume with what the image has there. Default: `false`.
---@field labels? table<string, any> A new volume's labels.
---@field driver_config? table<string, any> A new volume's driver: `{name, options}`.
---@field tmpfs_size? number|string The size of a temporary file system.
---@field tmpfs_mode? integer The mode of a temporary file system, as a number: 1023 is 0o1777.
---@field subpath? string The path inside a volume, or since API 1.48 an image, to mount instead of the whole. Needs API 1.45.
---@field non_recursive? boolean Bind without the mounts below. Default: `false`.
---@field create_mountpoint? boolean Make the folder to bind if it is not there. Needs API 1.42. Default: `false`.
---@field read_only_non_recursive? boolean With `read_only`: leave mounts below a bind writable. Needs API 1.44. Default: `false`.
---@field read_only_force_recursive? boolean With `read_only`: fail if mounts below a bind cannot be made read only. Needs API 1.44. Default: `false`.
---@field tmpfs_options? string[][] Mount options of a temporary file system, for example `[["noexec"], ["uid", "1000"]]`. Needs API 1.46.
---@field extra? table<string, any> Further fields, in the Engine API's own names.

---@class docker.types.LogConfig.options
---@field type? string The driver, for example `json-file`, `local`, `journald`, `syslog` or `none`.
---@field config? table<string, any> The driver's options, for example `{"max-size": "10m"}`.

---@class docker.types.Ulimit.options
---@field name? string The limit's name, for example `nofile`.
---@field soft? integer The limit that is in force, which a process may raise up to `hard`.
---@field hard? integer The limit of the limit; -1 for none.

---@class docker.types.DeviceRequest.options
---@field driver? string The driver, for example `nvidia`, or `cdi` for devices by their qualified names (since API 1.44).
---@field count? integer How many; -1 for all.
---@field device_ids? string[] Which ones; not together with `count`.
---@field capabilities? string[][] What they must be able to do: a list of lists, one of which must hold as a whole.
---@field options? table<string, any> The driver's options.

---@class docker.types.Healthcheck.options
---@field test? any The check: a line for the container's shell, `["CMD", ...]`, `["CMD-SHELL", line]`, or `["NONE"]` for none.
---@field interval? integer|string The time between two checks.
---@field timeout? integer|string How long a check may take.
---@field retries? integer After how many failures in a row the container is unhealthy.
---@field start_period? integer|string How long failures at the start do not count.
---@field start_interval? integer|string The time between two checks during `start_period`. Needs API 1.44.

---@class docker.types.EndpointConfig.options
---@field aliases? string[] Further names of the container in the network.
---@field links? table<string, any>|string[] Links, as a map from container to alias or a list of `container:alias`.
---@field ipv4_address? string The IPv4 address.
---@field ipv6_address? string The IPv6 address.
---@field link_local_ips? string[] Link-local addresses.
---@field driver_opt? table<string, any> Options of the network's driver.
---@field mac_address? string The MAC address. Needs API 1.44.
---@field gw_priority? integer Of a container's endpoints, that with the highest priority leads to its default gateway. Needs API 1.48.

---@class docker.types.NetworkingConfig.options
---@field endpoints_config? table<string, any> A map from a network's name to the endpoint in it.

---@class docker.types.IPAMConfig.options
---@field driver? string The driver; `default` without one.
---@field pool_configs? table<string, any>[] The pools of addresses: a list of `{subnet, iprange, gateway, aux_addresses}`.
---@field options? table<string, any> Options of the driver.

---@class docker.types.IPAMPool.options
---@field subnet? string The subnet, for example `10.7.0.0/16`.
---@field iprange? string The part of the subnet that containers get addresses of, for example `10.7.1.0/24`.
---@field gateway? string The gateway's address.
---@field aux_addresses? table<string, any> Addresses that containers do not get: a map from a name to an address.

---@class docker.types.ContainerSpec.options
---@field image? string The image.
---@field command? string|string[] The command, in place of the image's entry point: a line or its words.
---@field args? string[] The command's arguments.
---@field hostname? string The host name.
---@field env? table<string, any>|string[] Environment variables, as a map or as a list of `NAME=value`.
---@field workdir? string The working folder.
---@field user? integer|string The user to run as, by name or id.
---@field labels? table<string, any>|string[] Labels of the container.
---@field mounts? (string|table<string, any>)[] Mounts: each `source:target[:ro|rw]`, or `{target, source, type, read_only, ...}`.
---@field stop_grace_period? integer How long the container may take to stop before it is killed, in nanoseconds.
---@field secrets? table<string, any>[] Secrets that it sees as files.
---@field tty? boolean With a terminal.
---@field groups? (integer|string)[] More groups that the process runs as, by name or id.
---@field open_stdin? boolean Keep the standard input open.
---@field read_only? boolean With a root file system that is read only.
---@field stop_signal? string The signal that stops the container.
---@field healthcheck? table<string, any> A check of the container's health: `{test, interval, timeout, retries, start_period}`, times in  nanoseconds.
---@field hosts? table<string, any>|string[] More hosts for `/etc/hosts`, as a map from name to address or a list of `address name`.
---@field dns_config? table<string, any> How names are resolved.
---@field configs? table<string, any>[] Configs that it sees as files.
---@field privileges? table<string, any> Security options.
---@field isolation? string The isolation of a Windows container.
---@field init? boolean Run an init process that forwards signals and reaps processes.
---@field cap_add? string[] Capabilities to add.
---@field cap_drop? string[] Capabilities to drop.
---@field sysctls? table<string, any> Kernel parameters.
---@field ulimits? table<string, any>[] Limits: a list of `{name, soft, hard}`. docker-py does not have it.
---@field oom_score_adj? integer How readily the container is killed when memory runs out. Needs API 1.46.

---@class docker.types.TaskTemplate.options
---@field container_spec? table<string, any> The container.
---@field resources? table<string, any> What each container may use.
---@field restart_policy? table<string, any> Whether a container is started again when it ends.
---@field placement? string[]|table<string, any> Where the tasks may run.
---@field log_driver? table<string, any> The log driver.
---@field networks? (string|table<string, any>)[] The networks to attach to: names, or how to attach.
---@field force_update? integer A counter; a new value replaces the tasks even if nothing else is new.
---@field runtime? string What the tasks are: `container`, or `plugin` with a `plugin_spec`. docker-py does not have it.
---@field plugin_spec? table<string, any> The plugin to install on the nodes, in the engine's names. docker-py does not have it.

---@class docker.types.Resources.options
---@field cpu_limit? integer The limit of CPU time in units of a billionth of a CPU.
---@field mem_limit? number|string The memory limit, for example `512m`.
---@field cpu_reservation? integer The CPU time that is kept for it, in units of a billionth of a CPU.
---@field mem_reservation? number|string The memory that is kept for it.
---@field generic_resources? any Resources of the node, such as GPUs: a map from kind to number or name, or a list in the engine's form.
---@field pids_limit? integer How many processes it may have; 0 for no limit. docker-py does not have it.
---@field swap_bytes? integer The swap that it may use, in bytes; -1 for no limit. Needs API 1.52.
---@field mem_swappiness? integer How eagerly its memory is swapped, 0 to 100. Needs API 1.52.

---@class docker.types.RestartPolicy.options
---@field condition? string When: `none`, `on-failure` or `any`. Default: `"none"`.
---@field delay? integer The time between two starts in nanoseconds. Default: `0`.
---@field max_attempts? integer How many starts there may be; 0 for no limit. Default: `0`.
---@field window? integer The time within which starts are counted, in nanoseconds; 0 for no limit. Default: `0`.

---@class docker.types.UpdateConfig.options
---@field parallelism? integer How many tasks at once; 0 for all. Default: `0`.
---@field delay? integer The time between two tasks in nanoseconds.
---@field failure_action? string What to do when a new task fails: `pause`, `continue` or `rollback`. Default: `"continue"`.
---@field monitor? integer How long a new task is watched for a failure, in nanoseconds.
---@field max_failure_ratio? number The part of the tasks that may fail, 0 to 1.
---@field order? string What comes first, the new task or the old one's end: `start-first` or `stop-first`.

---@class docker.types.RollbackConfig.options
---@field parallelism? integer How many tasks at once; 0 for all. Default: `0`.
---@field delay? integer The time between two tasks in nanoseconds.
---@field failure_action? string What to do when a new task fails: `pause`, `continue` or `rollback`. Default: `"continue"`.
---@field monitor? integer How long a new task is watched for a failure, in nanoseconds.
---@field max_failure_ratio? number The part of the tasks that may fail, 0 to 1.
---@field order? string What comes first, the new task or the old one's end: `start-first` or `stop-first`.

---@class docker.types.DriverConfig.options
---@field name? string The driver's name.
---@field options? table<string, any> Options of the driver.

---@class docker.types.EndpointSpec.options
---@field mode? string How its name is resolved: `vip` or `dnsrr`.
---@field ports? any Its ports: a map from the published port to the container's, or to `[port, protocol, publish mode]`; or a  list in the engine's form.

---@class docker.types.ServiceMode.options
---@field mode? string The mode: `replicated`, `global`, `replicated-job` or `global-job`.
---@field replicas? integer How many tasks there are, or how many times a job has to complete.
---@field concurrency? integer How many of a job's tasks run at once; 1 if only `replicas` is given.

---@class docker.types.Placement.options
---@field constraints? string[] Conditions that a node must meet, for example `node.role == manager`.
---@field preferences? (string[]|table<string, any>)[] How tasks are spread, the most important first: each a pair such as `["spread", "node.labels.zone"]`.
---@field platforms? any[] The platforms that the image runs on: each a pair such as `["x86_64", "linux"]`.
---@field maxreplicas? integer How many replicas may run on one node.

---@class docker.types.PlacementPreference.options
---@field strategy? string The strategy: `spread`.
---@field descriptor? string What to spread over evenly, for example `node.labels.zone`.

---@class docker.types.Privileges.options
---@field credentialspec_file? string The file in the engine's data folder with a Windows credential specification.
---@field credentialspec_registry? string The value in the Windows registry with a credential specification.
---@field selinux_disable? boolean Without `SELinux`.
---@field selinux_user? string The `SELinux` user.
---@field selinux_role? string The `SELinux` role.
---@field selinux_type? string The `SELinux` type.
---@field selinux_level? string The `SELinux` level.
---@field credentialspec_config? string The id of the config with a Windows credential specification. docker-py does not have it.
---@field seccomp? table<string, any> The seccomp profile: `{Mode, Profile}`, the mode `default`, `unconfined` or `custom`, the profile in base64. Needs API 1.44.
---@field apparmor? table<string, any> `AppArmor`: `{Mode}`, which is `default` or `disabled`. Needs API 1.44.
---@field no_new_privileges? boolean Processes cannot gain privileges. Needs API 1.44.

---@class docker.types.DNSConfig.options
---@field nameservers? string[] The addresses of name servers.
---@field search? string[] Search domains.
---@field options? string[] Options for `resolv.conf`, for example `ndots:3`.

---@class docker.types.NetworkAttachmentConfig.options
---@field target? string The network's name or id.
---@field aliases? string[] Further names of the service in the network.
---@field options? table<string, any> Options of the network's driver.

---@class docker.types.SecretReference.options
---@field secret_id? string The secret's id.
---@field secret_name? string The secret's name.
---@field filename? string The file's name or path; the secret's name without one.
---@field uid? integer|string The user id of the file's owner; 0 without one.
---@field gid? integer|string The group id of the file; 0 without one.
---@field mode? integer The file's mode, as a number: 292 is 0o444. Default: `292`.

---@class docker.types.ConfigReference.options
---@field config_id? string The config's id.
---@field config_name? string The config's name.
---@field filename? string The file's path; the config's name in the root folder without one.
---@field uid? integer|string The user id of the file's owner; 0 without one.
---@field gid? integer|string The group id of the file; 0 without one.
---@field mode? integer The file's mode, as a number: 292 is 0o444. Default: `292`.
---@field runtime? boolean Not as a file, but for the engine itself, as for a credential specification. docker-py does not have it. Default: `false`.

---@class docker.types.SwarmSpec.options
---@field task_history_retention_limit? integer How many old tasks are kept for each replica or node.
---@field snapshot_interval? integer How many log entries lie between two snapshots.
---@field keep_old_snapshots? integer How many old snapshots are kept.
---@field log_entries_for_slow_followers? integer How many log entries are kept for slow followers after a snapshot.
---@field heartbeat_tick? integer How many ticks lie between two heartbeats.
---@field election_tick? integer After how many ticks without a leader one is elected.
---@field dispatcher_heartbeat_period? integer The time between two heartbeats of an agent in nanoseconds.
---@field node_cert_expiry? integer How long a node's certificate is valid, in nanoseconds.
---@field external_cas? table<string, any>[] Outside certificate authorities.
---@field name? string The name, which engines want to be `default`.
---@field labels? table<string, any>|string[] Labels.
---@field signing_ca_cert? string The certificate that signs the nodes' certificates, in PEM.
---@field signing_ca_key? string The key that signs the nodes' certificates, in PEM.
---@field ca_force_rotate? integer A counter; a new value makes a new certificate and key if none are given.
---@field autolock_managers? boolean Lock the managers' data with a key.
---@field log_driver? table<string, any> The log driver of tasks that name none.
---@field external_ca? table<string, any> One outside certificate authority, in place of `external_cas`.

---@class docker.types.SwarmExternalCA.options
---@field url? string Where to send requests for certificates.
---@field protocol? string The protocol: `cfssl`.
---@field options? table<string, any> Options of the protocol.
---@field ca_cert? string The authority's certificate in PEM; the swarm's own without one.

---Parts of requests. Each is a map in the engine's own names; a map in the names of its arguments does as well.
---@class moondock.modules.docker.types
local types = {}

---What to mount where in a container.
---@overload fun(options: docker.types.Mount.options): table<string, any>
---@overload fun(target: string, source?: string, options?: docker.types.Mount.options): table<string, any>
---@param target string The path in the container.
---@param options? docker.types.Mount.options Arguments by name.
---@return table<string, any>
function types.Mount(target, options) end

---A log driver and its options.
---@overload fun(type?: string, config?: table<string, any>): table<string, any>
---@overload fun(type?: string, options?: docker.types.LogConfig.options): table<string, any>
---@param options? docker.types.LogConfig.options Arguments by name.
---@return table<string, any>
function types.LogConfig(options) end

---A limit of the kernel's for each process.
---@overload fun(options: docker.types.Ulimit.options): table<string, any>
---@overload fun(name: string, soft?: integer, hard?: integer): table<string, any>
---@overload fun(name: string, soft?: integer, options?: docker.types.Ulimit.options): table<string, any>
---@param name string The limit's name, for example `nofile`.
---@param options? docker.types.Ulimit.options Arguments by name.
---@return table<string, any>
function types.Ulimit(name, options) end

---A request for devices to a driver.
---@overload fun(driver?: string, count?: integer, device_ids?: string[], capabilities?: string[][], options?: table<string, any>): table<string, any>
---@overload fun(driver?: string, count?: integer, options?: docker.types.DeviceRequest.options): table<string, any>
---@overload fun(driver?: string, options?: docker.types.DeviceRequest.options): table<string, any>
---@param options? docker.types.DeviceRequest.options Arguments by name.
---@return table<string, any>
function types.DeviceRequest(options) end

---A check of a container's health.
---@overload fun(test?: any, interval?: integer|string, timeout?: integer|string, retries?: integer, start_period?: integer|string, start_interval?: integer|string): table<string, any>
---@overload fun(test?: any, interval?: integer|string, options?: docker.types.Healthcheck.options): table<string, any>
---@overload fun(test?: any, options?: docker.types.Healthcheck.options): table<string, any>
---@param options? docker.types.Healthcheck.options Arguments by name.
---@return table<string, any>
function types.Healthcheck(options) end

---A container's endpoint in a network.
---@overload fun(aliases?: string[], links?: table<string, any>|string[], options?: docker.types.EndpointConfig.options): table<string, any>
---@overload fun(aliases?: string[], options?: docker.types.EndpointConfig.options): table<string, any>
---@param options? docker.types.EndpointConfig.options Arguments by name.
---@return table<string, any>
function types.EndpointConfig(options) end

---A container's endpoints.
---@overload fun(endpoints_config?: table<string, any>): table<string, any>
---@param options? docker.types.NetworkingConfig.options Arguments by name.
---@return table<string, any>
function types.NetworkingConfig(options) end

---How a network gives out addresses.
---@overload fun(driver?: string, pool_configs?: table<string, any>[], options?: table<string, any>): table<string, any>
---@overload fun(driver?: string, pool_configs?: table<string, any>[], options?: docker.types.IPAMConfig.options): table<string, any>
---@overload fun(driver?: string, options?: docker.types.IPAMConfig.options): table<string, any>
---@param options? docker.types.IPAMConfig.options Arguments by name.
---@return table<string, any>
function types.IPAMConfig(options) end

---A pool of addresses of a network.
---@overload fun(subnet?: string, iprange?: string, gateway?: string, aux_addresses?: table<string, any>): table<string, any>
---@overload fun(subnet?: string, iprange?: string, options?: docker.types.IPAMPool.options): table<string, any>
---@overload fun(subnet?: string, options?: docker.types.IPAMPool.options): table<string, any>
---@param options? docker.types.IPAMPool.options Arguments by name.
---@return table<string, any>
function types.IPAMPool(options) end

---The containers of a service.
---@overload fun(options: docker.types.ContainerSpec.options): table<string, any>
---@overload fun(image: string, command?: string|string[], options?: docker.types.ContainerSpec.options): table<string, any>
---@param image string The image.
---@param options? docker.types.ContainerSpec.options Arguments by name.
---@return table<string, any>
function types.ContainerSpec(image, options) end

---The tasks of a service.
---@overload fun(options: docker.types.TaskTemplate.options): table<string, any>
---@overload fun(container_spec: table<string, any>, resources?: table<string, any>, options?: docker.types.TaskTemplate.options): table<string, any>
---@param container_spec table<string, any> The container.
---@param options? docker.types.TaskTemplate.options Arguments by name.
---@return table<string, any>
function types.TaskTemplate(container_spec, options) end

---What each container of a service may use.
---@overload fun(cpu_limit?: integer, mem_limit?: number|string, options?: docker.types.Resources.options): table<string, any>
---@overload fun(cpu_limit?: integer, options?: docker.types.Resources.options): table<string, any>
---@param options? docker.types.Resources.options Arguments by name.
---@return table<string, any>
function types.Resources(options) end

---When the tasks of a service start again.
---@overload fun(condition?: string, delay?: integer, max_attempts?: integer, window?: integer): table<string, any>
---@overload fun(condition?: string, delay?: integer, options?: docker.types.RestartPolicy.options): table<string, any>
---@overload fun(condition?: string, options?: docker.types.RestartPolicy.options): table<string, any>
---@param options? docker.types.RestartPolicy.options Arguments by name.
---@return table<string, any>
function types.RestartPolicy(options) end

---How the tasks of a service are replaced by new ones.
---@overload fun(parallelism?: integer, delay?: integer, failure_action?: string, monitor?: integer, max_failure_ratio?: number, order?: string): table<string, any>
---@overload fun(parallelism?: integer, delay?: integer, options?: docker.types.UpdateConfig.options): table<string, any>
---@overload fun(parallelism?: integer, options?: docker.types.UpdateConfig.options): table<string, any>
---@param options? docker.types.UpdateConfig.options Arguments by name.
---@return table<string, any>
function types.UpdateConfig(options) end

---How the tasks of a service are replaced by their former ones.
---@overload fun(parallelism?: integer, delay?: integer, failure_action?: string, monitor?: integer, max_failure_ratio?: number, order?: string): table<string, any>
---@overload fun(parallelism?: integer, delay?: integer, options?: docker.types.RollbackConfig.options): table<string, any>
---@overload fun(parallelism?: integer, options?: docker.types.RollbackConfig.options): table<string, any>
---@param options? docker.types.RollbackConfig.options Arguments by name.
---@return table<string, any>
function types.RollbackConfig(options) end

---A driver and its options.
---@overload fun(options: docker.types.DriverConfig.options): table<string, any>
---@overload fun(name: string, options?: table<string, any>): table<string, any>
---@param name string The driver's name.
---@param options? docker.types.DriverConfig.options Arguments by name.
---@return table<string, any>
function types.DriverConfig(name, options) end

---How a service is reached.
---@overload fun(mode?: string, ports?: any): table<string, any>
---@overload fun(mode?: string, options?: docker.types.EndpointSpec.options): table<string, any>
---@param options? docker.types.EndpointSpec.options Arguments by name.
---@return table<string, any>
function types.EndpointSpec(options) end

---How many tasks a service has.
---@overload fun(options: docker.types.ServiceMode.options): table<string, any>
---@overload fun(mode: string, replicas?: integer, concurrency?: integer): table<string, any>
---@overload fun(mode: string, replicas?: integer, options?: docker.types.ServiceMode.options): table<string, any>
---@param mode string The mode: `replicated`, `global`, `replicated-job` or `global-job`.
---@param options? docker.types.ServiceMode.options Arguments by name.
---@return table<string, any>
function types.ServiceMode(mode, options) end

---On which nodes the tasks of a service run.
---@overload fun(constraints?: string[], preferences?: (string[]|table<string, any>)[], platforms?: any[], maxreplicas?: integer): table<string, any>
---@overload fun(constraints?: string[], preferences?: (string[]|table<string, any>)[], options?: docker.types.Placement.options): table<string, any>
---@overload fun(constraints?: string[], options?: docker.types.Placement.options): table<string, any>
---@param options? docker.types.Placement.options Arguments by name.
---@return table<string, any>
function types.Placement(options) end

---How the tasks of a service are spread over nodes.
---@overload fun(options: docker.types.PlacementPreference.options): table<string, any>
---@param strategy string The strategy: `spread`.
---@param descriptor string What to spread over evenly, for example `node.labels.zone`.
---@return table<string, any>
function types.PlacementPreference(strategy, descriptor) end

---What the containers of a service may do beyond the usual.
---@overload fun(credentialspec_file?: string, credentialspec_registry?: string, options?: docker.types.Privileges.options): table<string, any>
---@overload fun(credentialspec_file?: string, options?: docker.types.Privileges.options): table<string, any>
---@param options? docker.types.Privileges.options Arguments by name.
---@return table<string, any>
function types.Privileges(options) end

---How containers of a service resolve names.
---@overload fun(nameservers?: string[], search?: string[], options?: string[]): table<string, any>
---@overload fun(nameservers?: string[], search?: string[], options?: docker.types.DNSConfig.options): table<string, any>
---@overload fun(nameservers?: string[], options?: docker.types.DNSConfig.options): table<string, any>
---@param options? docker.types.DNSConfig.options Arguments by name.
---@return table<string, any>
function types.DNSConfig(options) end

---A network that a service is in.
---@overload fun(options: docker.types.NetworkAttachmentConfig.options): table<string, any>
---@overload fun(target: string, aliases?: string[], options?: table<string, any>): table<string, any>
---@overload fun(target: string, aliases?: string[], options?: docker.types.NetworkAttachmentConfig.options): table<string, any>
---@param target string The network's name or id.
---@param options? docker.types.NetworkAttachmentConfig.options Arguments by name.
---@return table<string, any>
function types.NetworkAttachmentConfig(target, options) end

---A secret that a service's containers see as a file.
---@overload fun(options: docker.types.SecretReference.options): table<string, any>
---@overload fun(secret_id: string, secret_name: string, filename?: string, uid?: integer|string, gid?: integer|string, mode?: integer): table<string, any>
---@param secret_id string The secret's id.
---@param secret_name string The secret's name.
---@param options? docker.types.SecretReference.options Arguments by name.
---@return table<string, any>
function types.SecretReference(secret_id, secret_name, options) end

---A config that a service's containers see as a file.
---@overload fun(options: docker.types.ConfigReference.options): table<string, any>
---@param config_id string The config's id.
---@param config_name string The config's name.
---@param options? docker.types.ConfigReference.options Arguments by name.
---@return table<string, any>
function types.ConfigReference(config_id, config_name, options) end

---What a swarm is set to.
---@overload fun(task_history_retention_limit?: integer, snapshot_interval?: integer, options?: docker.types.SwarmSpec.options): table<string, any>
---@overload fun(task_history_retention_limit?: integer, options?: docker.types.SwarmSpec.options): table<string, any>
---@param options? docker.types.SwarmSpec.options Arguments by name.
---@return table<string, any>
function types.SwarmSpec(options) end

---A certificate authority outside of the swarm.
---@overload fun(options: docker.types.SwarmExternalCA.options): table<string, any>
---@overload fun(url: string, protocol?: string, options?: table<string, any>, ca_cert?: string): table<string, any>
---@overload fun(url: string, protocol?: string, options?: docker.types.SwarmExternalCA.options): table<string, any>
---@param url string Where to send requests for certificates.
---@param options? docker.types.SwarmExternalCA.options Arguments by name.
---@return table<string, any>
function types.SwarmExternalCA(url, options) end

return types
