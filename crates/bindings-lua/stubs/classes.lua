---@meta _
-- Made by `cargo xtask codegen` from the description in crates/script-api.

---@class moondock.DockerClient.events.options
---@field since? number|string Also tell of events since this time: seconds since 1970, RFC 3339, or a duration before now such as `10m`.
---@field until? number|string End the stream at this time.
---@field filters? table<string, any> Only events that match, for example `{type: "container", event: ["start", "die"], label: "x=y"}`.
---@field decode? boolean Ignored: events always arrive decoded. docker-py has it.

---A client of a Docker Engine.
---@class moondock.DockerClient
---@field api moondock.APIClient The low-level client, with a method for each of the engine's operations.
---@field containers moondock.Containers The engine's containers.
---@field images moondock.Images The engine's images.
---@field networks moondock.Networks The engine's networks.
---@field volumes moondock.Volumes The engine's volumes.
---@field swarm moondock.Swarm The swarm that the engine is part of; reading it asks the engine.
---@field nodes moondock.Nodes The nodes of the engine's swarm.
---@field services moondock.Services The services of the engine's swarm.
---@field secrets moondock.Secrets The secrets of the engine's swarm.
---@field configs moondock.Configs The configs of the engine's swarm.
local DockerClient = {}

---Whether the engine answers.
---@return boolean
function DockerClient:ping() end

---The engine's version and its parts'.
---@return table<string, any>
function DockerClient:version() end

---What `docker info` shows.
---@return table<string, any>
function DockerClient:info() end

---How much disk the engine uses.
---@return table<string, any>
function DockerClient:df() end

---The engine's events as a stream of maps. `moondock.on` survives lost connections; this does not.
---@overload fun(self: moondock.DockerClient, since?: number|string, until_?: number|string, filters?: table<string, any>, decode?: boolean): moondock.Stream
---@overload fun(self: moondock.DockerClient, since?: number|string, until_?: number|string, options?: moondock.DockerClient.events.options): moondock.Stream
---@overload fun(self: moondock.DockerClient, since?: number|string, options?: moondock.DockerClient.events.options): moondock.Stream
---@param options? moondock.DockerClient.events.options Arguments by name.
---@return moondock.Stream
function DockerClient:events(options) end

---@class moondock.Containers.run.options
---@field image? string|moondock.Image The image, or its name or id. It is pulled when the engine does not have it.
---@field command? string|string[] The command: a line or its words.
---@field stdout? boolean Give what it wrote to its standard output. Default: `true`.
---@field stderr? boolean Give what it wrote to its standard error. Default: `false`.
---@field remove? boolean Remove the container when it has ended. Default: `false`.
---@field detach? boolean Give the container at once instead of waiting for its end. Default: `false`.
---@field stream? boolean Give a stream of the output instead of all of it at the end. Default: `false`.
---@field ports? table<string, any> Ports to publish: a map from `80` or `80/tcp` to a port, nil, `{address, port}`, or a list of these.
---@field volumes? table<string, any>|string[] Volumes: a map from a host's path or volume to `{bind, mode}`, or a list of `source:target[:mode]`.
---@field network? string The network to connect to.
---@field networks? table<string, any>|string[] The networks to connect to: a list of names, or a map from name to `{aliases, links, ipv4_address,  ipv6_address, link_local_ips, driver_opt, mac_address, gw_priority}`. More than one needs API 1.44.
---@field networking_config? table<string, any> Settings for `network`: a map from the network's name to an endpoint's configuration.
---@field version? string Ignored: the API version is the client's. docker-py has it.
---@field lxc_conf? any Unknown to engines since API 1.22; docker-py has it.
---@field publish_all_ports? boolean Publish all exposed ports at random ports. Default: `false`.
---@field links? table<string, any>|string[] Links, as a map from container to alias or a list of `container:alias`.
---@field privileged? boolean With extended privileges. Default: `false`.
---@field dns? string[] Name servers.
---@field dns_search? string[] Search domains.
---@field volumes_from? string|string[] Containers to take volumes from.
---@field network_mode? string The network mode: `bridge`, `none`, `container:NAME`, `host`.
---@field restart_policy? table<string, any> When to restart: `{Name: "on-failure", MaximumRetryCount: 5}`.
---@field cap_add? string[] Capabilities to add.
---@field cap_drop? string[] Capabilities to drop.
---@field devices? any[] Devices, each `HOST[:CONTAINER[:PERMISSIONS]]`.
---@field extra_hosts? table<string, any>|string[] More hosts for `/etc/hosts`, as a map from name to address or a list of `name:address`.
---@field read_only? boolean With a root file system that is read only.
---@field pid_mode? string The PID mode, for example `host`.
---@field ipc_mode? string The IPC mode.
---@field security_opt? string[] Security options.
---@field ulimits? table<string, any>[] Limits: a list of `{name, soft, hard}`.
---@field log_config? table<string, any> The log driver: `{type, config}`.
---@field mem_limit? number|string The memory limit, for example `512m`.
---@field memswap_limit? number|string The limit of memory and swap together; -1 for no limit.
---@field mem_reservation? number|string The memory that is reserved.
---@field kernel_memory? number|string The limit of kernel memory, which engines know up to API 1.41.
---@field mem_swappiness? integer How eagerly memory is swapped, 0 to 100.
---@field cgroup_parent? string The parent cgroup.
---@field group_add? (integer|string)[] More groups that the process runs as, by name or id.
---@field cpu_quota? integer Microseconds of CPU time in a period.
---@field cpu_period? integer The length of a CPU period in microseconds.
---@field blkio_weight? integer The relative weight of block input and output, 10 to 1000.
---@field blkio_weight_device? any[] Relative weights of block devices: a list of `{Path, Weight}`.
---@field device_read_bps? any[] Read limits in bytes a second: a list of `{Path, Rate}`.
---@field device_write_bps? any[] Write limits in bytes a second: a list of `{Path, Rate}`.
---@field device_read_iops? any[] Read limits in operations a second: a list of `{Path, Rate}`.
---@field device_write_iops? any[] Write limits in operations a second: a list of `{Path, Rate}`.
---@field oom_kill_disable? boolean Do not kill the container's processes when memory runs out. Default: `false`.
---@field shm_size? number|string The size of `/dev/shm`.
---@field sysctls? table<string, any> Kernel parameters.
---@field tmpfs? table<string, any>|string[] Temporary file systems, as a map from path to options or a list of `path[:options]`.
---@field oom_score_adj? integer How readily the container is killed when memory runs out.
---@field dns_opt? string[] Options for `resolv.conf`.
---@field cpu_shares? integer The relative weight of CPU time.
---@field cpuset_cpus? string The CPUs to run on, for example `0-3` or `0,1`.
---@field userns_mode? string The user namespace mode: `host`.
---@field uts_mode? string The UTS namespace mode: `host`.
---@field pids_limit? integer How many processes it may have; -1 for no limit.
---@field isolation? string The isolation of a Windows container.
---@field auto_remove? boolean Remove the container when it ends, done by the engine. Default: `false`.
---@field storage_opt? table<string, any> Options of the storage driver.
---@field init? boolean Run an init process that forwards signals and reaps processes.
---@field init_path? string Unknown to engines since API 1.29; docker-py has it.
---@field volume_driver? string The volume driver.
---@field cpu_count? integer The number of usable CPUs (Windows).
---@field cpu_percent? integer The usable percentage of the CPUs (Windows).
---@field nano_cpus? integer CPU time in units of a billionth of a CPU.
---@field cpuset_mems? string The memory nodes to use, for example `0-3` or `0,1`.
---@field runtime? string The runtime.
---@field mounts? table<string, any>[] Mounts: a list of `{target, source, type, read_only, ...}` (docker-py: `Mount`).
---@field cpu_rt_period? integer The length of a real-time CPU period in microseconds.
---@field cpu_rt_runtime? integer Microseconds of real-time CPU time in a period.
---@field device_cgroup_rules? string[] Rules for device cgroups.
---@field device_requests? table<string, any>[] Requests for devices such as GPUs: a list of `{driver, count, device_ids, capabilities, options}`; with the  driver `cdi` by name, since API 1.44.
---@field cgroupns? string The cgroup namespace: `private` or `host`.
---@field annotations? table<string, any> Notes on the container, for its runtime. Needs API 1.43.
---@field console_size? integer[] The terminal's first size: height and width. Needs API 1.42.
---@field hostname? string The host name.
---@field user? integer|string The user to run as, by name or id.
---@field stdin_open? boolean Keep the standard input open. Default: `false`.
---@field tty? boolean With a terminal. Default: `false`.
---@field environment? table<string, any>|string[] Environment variables, as a map or as a list of `NAME=value`.
---@field network_disabled? boolean Without any network. Default: `false`.
---@field name? string The container's name.
---@field entrypoint? string|string[] The entry point: a line or its words.
---@field working_dir? string The working folder.
---@field domainname? any The domain name.
---@field mac_address? string The MAC address; from API 1.52 on it is an endpoint's, see `networks`.
---@field labels? table<string, any>|string[] Labels, as a map or as a list of names.
---@field stop_signal? string The signal that stops the container.
---@field healthcheck? table<string, any> A check of the container's health: `{test, interval, timeout, retries, start_period, start_interval}`, times in  nanoseconds or as text such as `30s`.
---@field use_config_proxy? boolean Take proxies from docker's configuration file. Default: `true`.
---@field platform? string The platform, for example `linux/arm64`.
---@field stop_timeout? integer How many seconds to wait for its end after `stop_signal`, before it is killed; 10 by default.
---@field extra? table<string, any> Further fields of the request's body, in the Engine API's own names.

---@class moondock.Containers.create.options
---@field image? string|moondock.Image The image, or its name or id.
---@field command? string|string[] The command: a line or its words.
---@field detach? boolean Do not attach to the container. Default: `false`.
---@field ports? table<string, any> Ports to publish: a map from `80` or `80/tcp` to a port, nil, `{address, port}`, or a list of these.
---@field volumes? table<string, any>|string[] Volumes: a map from a host's path or volume to `{bind, mode}`, or a list of `source:target[:mode]`.
---@field network? string The network to connect to.
---@field networks? table<string, any>|string[] The networks to connect to: a list of names, or a map from name to `{aliases, links, ipv4_address,  ipv6_address, link_local_ips, driver_opt, mac_address, gw_priority}`. More than one needs API 1.44.
---@field networking_config? table<string, any> Settings for `network`: a map from the network's name to an endpoint's configuration.
---@field version? string Ignored: the API version is the client's. docker-py has it.
---@field lxc_conf? any Unknown to engines since API 1.22; docker-py has it.
---@field publish_all_ports? boolean Publish all exposed ports at random ports. Default: `false`.
---@field links? table<string, any>|string[] Links, as a map from container to alias or a list of `container:alias`.
---@field privileged? boolean With extended privileges. Default: `false`.
---@field dns? string[] Name servers.
---@field dns_search? string[] Search domains.
---@field volumes_from? string|string[] Containers to take volumes from.
---@field network_mode? string The network mode: `bridge`, `none`, `container:NAME`, `host`.
---@field restart_policy? table<string, any> When to restart: `{Name: "on-failure", MaximumRetryCount: 5}`.
---@field cap_add? string[] Capabilities to add.
---@field cap_drop? string[] Capabilities to drop.
---@field devices? any[] Devices, each `HOST[:CONTAINER[:PERMISSIONS]]`.
---@field extra_hosts? table<string, any>|string[] More hosts for `/etc/hosts`, as a map from name to address or a list of `name:address`.
---@field read_only? boolean With a root file system that is read only.
---@field pid_mode? string The PID mode, for example `host`.
---@field ipc_mode? string The IPC mode.
---@field security_opt? string[] Security options.
---@field ulimits? table<string, any>[] Limits: a list of `{name, soft, hard}`.
---@field log_config? table<string, any> The log driver: `{type, config}`.
---@field mem_limit? number|string The memory limit, for example `512m`.
---@field memswap_limit? number|string The limit of memory and swap together; -1 for no limit.
---@field mem_reservation? number|string The memory that is reserved.
---@field kernel_memory? number|string The limit of kernel memory, which engines know up to API 1.41.
---@field mem_swappiness? integer How eagerly memory is swapped, 0 to 100.
---@field cgroup_parent? string The parent cgroup.
---@field group_add? (integer|string)[] More groups that the process runs as, by name or id.
---@field cpu_quota? integer Microseconds of CPU time in a period.
---@field cpu_period? integer The length of a CPU period in microseconds.
---@field blkio_weight? integer The relative weight of block input and output, 10 to 1000.
---@field blkio_weight_device? any[] Relative weights of block devices: a list of `{Path, Weight}`.
---@field device_read_bps? any[] Read limits in bytes a second: a list of `{Path, Rate}`.
---@field device_write_bps? any[] Write limits in bytes a second: a list of `{Path, Rate}`.
---@field device_read_iops? any[] Read limits in operations a second: a list of `{Path, Rate}`.
---@field device_write_iops? any[] Write limits in operations a second: a list of `{Path, Rate}`.
---@field oom_kill_disable? boolean Do not kill the container's processes when memory runs out. Default: `false`.
---@field shm_size? number|string The size of `/dev/shm`.
---@field sysctls? table<string, any> Kernel parameters.
---@field tmpfs? table<string, any>|string[] Temporary file systems, as a map from path to options or a list of `path[:options]`.
---@field oom_score_adj? integer How readily the container is killed when memory runs out.
---@field dns_opt? string[] Options for `resolv.conf`.
---@field cpu_shares? integer The relative weight of CPU time.
---@field cpuset_cpus? string The CPUs to run on, for example `0-3` or `0,1`.
---@field userns_mode? string The user namespace mode: `host`.
---@field uts_mode? string The UTS namespace mode: `host`.
---@field pids_limit? integer How many processes it may have; -1 for no limit.
---@field isolation? string The isolation of a Windows container.
---@field auto_remove? boolean Remove the container when it ends, done by the engine. Default: `false`.
---@field storage_opt? table<string, any> Options of the storage driver.
---@field init? boolean Run an init process that forwards signals and reaps processes.
---@field init_path? string Unknown to engines since API 1.29; docker-py has it.
---@field volume_driver? string The volume driver.
---@field cpu_count? integer The number of usable CPUs (Windows).
---@field cpu_percent? integer The usable percentage of the CPUs (Windows).
---@field nano_cpus? integer CPU time in units of a billionth of a CPU.
---@field cpuset_mems? string The memory nodes to use, for example `0-3` or `0,1`.
---@field runtime? string The runtime.
---@field mounts? table<string, any>[] Mounts: a list of `{target, source, type, read_only, ...}` (docker-py: `Mount`).
---@field cpu_rt_period? integer The length of a real-time CPU period in microseconds.
---@field cpu_rt_runtime? integer Microseconds of real-time CPU time in a period.
---@field device_cgroup_rules? string[] Rules for device cgroups.
---@field device_requests? table<string, any>[] Requests for devices such as GPUs: a list of `{driver, count, device_ids, capabilities, options}`; with the  driver `cdi` by name, since API 1.44.
---@field cgroupns? string The cgroup namespace: `private` or `host`.
---@field annotations? table<string, any> Notes on the container, for its runtime. Needs API 1.43.
---@field console_size? integer[] The terminal's first size: height and width. Needs API 1.42.
---@field hostname? string The host name.
---@field user? integer|string The user to run as, by name or id.
---@field stdin_open? boolean Keep the standard input open. Default: `false`.
---@field tty? boolean With a terminal. Default: `false`.
---@field environment? table<string, any>|string[] Environment variables, as a map or as a list of `NAME=value`.
---@field network_disabled? boolean Without any network. Default: `false`.
---@field name? string The container's name.
---@field entrypoint? string|string[] The entry point: a line or its words.
---@field working_dir? string The working folder.
---@field domainname? any The domain name.
---@field mac_address? string The MAC address; from API 1.52 on it is an endpoint's, see `networks`.
---@field labels? table<string, any>|string[] Labels, as a map or as a list of names.
---@field stop_signal? string The signal that stops the container.
---@field healthcheck? table<string, any> A check of the container's health: `{test, interval, timeout, retries, start_period, start_interval}`, times in  nanoseconds or as text such as `30s`.
---@field use_config_proxy? boolean Take proxies from docker's configuration file. Default: `true`.
---@field platform? string The platform, for example `linux/arm64`.
---@field stop_timeout? integer How many seconds to wait for its end after `stop_signal`, before it is killed; 10 by default.
---@field extra? table<string, any> Further fields of the request's body, in the Engine API's own names.

---@class moondock.Containers.get.options
---@field container_id? string The name or id.

---@class moondock.Containers.list.options
---@field all? boolean Also those that do not run. Default: `false`.
---@field before? string Only those created before this one (a name or id).
---@field filters? table<string, any> Only those that match, for example `{label: ["a=b"], status: "running", exited: 1}`.
---@field limit? integer At most this many, the newest; -1 for all. Default: `-1`.
---@field since? string Only those created after this one (a name or id).
---@field sparse? boolean Do not inspect each one: fewer attributes, one request. Default: `false`.
---@field ignore_removed? boolean Ignored: a container that goes away meanwhile is left out in any case. docker-py has it. Default: `false`.

---@class moondock.Containers.prune.options
---@field filters? table<string, any> Only those that match, for example `{label: "x=y", until: "24h"}`.

---The containers of an engine: `client.containers`.
---@class moondock.Containers
local Containers = {}

---Runs a container. Gives what it wrote, when it has ended; with `detach` the container at once; with `stream` a stream of what it writes. When the command fails, the error is a `ContainerError` with `exit_status` and `stderr`.
---@overload fun(self: moondock.Containers, options: moondock.Containers.run.options): string|moondock.Container|moondock.Stream
---@overload fun(self: moondock.Containers, image: string|moondock.Image, command?: string|string[], options?: moondock.Containers.run.options): string|moondock.Container|moondock.Stream
---@param image string|moondock.Image The image, or its name or id. It is pulled when the engine does not have it.
---@param options? moondock.Containers.run.options Arguments by name.
---@return string|moondock.Container|moondock.Stream
function Containers:run(image, options) end

---Creates a container without starting it.
---@overload fun(self: moondock.Containers, options: moondock.Containers.create.options): moondock.Container
---@overload fun(self: moondock.Containers, image: string|moondock.Image, command?: string|string[], options?: moondock.Containers.create.options): moondock.Container
---@param image string|moondock.Image The image, or its name or id.
---@param options? moondock.Containers.create.options Arguments by name.
---@return moondock.Container
function Containers:create(image, options) end

---Gets a container. Without one, the error is a `NotFound`.
---@overload fun(self: moondock.Containers, options: moondock.Containers.get.options): moondock.Container
---@param container_id string The name or id.
---@return moondock.Container
function Containers:get(container_id) end

---Lists containers, by default those that run. One that goes away meanwhile is left out.
---@overload fun(self: moondock.Containers, all?: boolean, before?: string, options?: moondock.Containers.list.options): moondock.Container[]
---@overload fun(self: moondock.Containers, all?: boolean, options?: moondock.Containers.list.options): moondock.Container[]
---@param options? moondock.Containers.list.options Arguments by name.
---@return moondock.Container[]
function Containers:list(options) end

---Removes stopped containers. Gives `ContainersDeleted` and `SpaceReclaimed`.
---@overload fun(self: moondock.Containers, filters?: table<string, any>): table<string, any>
---@param options? moondock.Containers.prune.options Arguments by name.
---@return table<string, any>
function Containers:prune(options) end

---@class moondock.Container.stop.options
---@field timeout? integer How many seconds to wait for the container before it is killed; the container's own setting, else 10.
---@field signal? integer|string The signal to stop it with, instead of its own. Needs API 1.42.

---@class moondock.Container.restart.options
---@field timeout? integer How many seconds to wait for the container before it is killed. Default: `10`.
---@field signal? integer|string The signal to stop it with, instead of its own. Needs API 1.42.

---@class moondock.Container.kill.options
---@field signal? integer|string The signal's name or number; `SIGKILL` without one.

---@class moondock.Container.remove.options
---@field v? boolean Remove its anonymous volumes too. Default: `false`.
---@field link? boolean Remove the link of this name, not the container. Default: `false`.
---@field force? boolean Kill it first if it runs. Default: `false`.

---@class moondock.Container.rename.options
---@field name? string The name.

---@class moondock.Container.wait.options
---@field timeout? number How many seconds to wait at most; without end by default.
---@field condition? string `not-running` (the default), `next-exit` or `removed`.

---@class moondock.Container.logs.options
---@field stdout? boolean What it wrote to its standard output. Default: `true`.
---@field stderr? boolean What it wrote to its standard error. Default: `true`.
---@field stream? boolean Give a stream, piece by piece as it comes, instead of all at once. Default: `false`.
---@field timestamps? boolean Put the time before each line. Default: `false`.
---@field tail? integer|string Only so many lines of the end; `all` for all.
---@field since? number|string Only what was written since this time: seconds since 1970, RFC 3339, or a duration before now such as `10m`.
---@field follow? boolean Go on with what is written from now on; on by default with `stream`.
---@field until? number|string Only what was written before this time.
---@field details? boolean Put the details before each line that the log driver was told to keep, such as labels. Default: `false`.

---@class moondock.Container.exec_run.options
---@field cmd? string|string[] The command: a line or its words.
---@field stdout? boolean Take its standard output. Default: `true`.
---@field stderr? boolean Take its standard error. Default: `true`.
---@field stdin? boolean Give it a standard input. `exec_run` gives the socket's with `socket`, else an empty one. Default: `false`.
---@field tty? boolean Give it a terminal. Default: `false`.
---@field privileged? boolean Run it with extended privileges. Default: `false`.
---@field user? string The user, and perhaps the group, to run it as: `name`, `uid`, `user:group`. Default: `""`.
---@field detach? boolean Do not wait for its end. Default: `false`.
---@field stream? boolean Give a stream of its output. Default: `false`.
---@field socket? boolean Give the connection, to write to its standard input and read its output. Default: `false`.
---@field environment? table<string, any>|string[] Environment variables, as a map or as a list of `NAME=value`.
---@field workdir? string The folder to run it in.
---@field demux? boolean Give standard output and standard error apart. Default: `false`.
---@field detach_keys? string The keys that detach from it, such as `ctrl-p,ctrl-q`; by default those of docker's configuration file.
---@field console_size? integer[] The size of its terminal: height and width in characters. Needs API 1.42.
---@field extra? table<string, any> Further fields of the body that prepares it, in the Engine API's own names.

---@class moondock.Container.top.options
---@field ps_args? string Arguments for `ps`, for example `aux`.

---@class moondock.Container.stats.options
---@field decode? boolean Ignored: statistics always arrive decoded. docker-py has it.
---@field stream? boolean Give a stream with one record a second instead of a single record. Default: `true`.
---@field one_shot? boolean Without `stream`: give a record at once, without the previous one that rates are computed from.

---@class moondock.Container.commit.options
---@field repository? string The image's repository.
---@field tag? string The image's tag.
---@field message? string A message for the image's history.
---@field author? string The author.
---@field pause? boolean Pause the container meanwhile. Default: `true`.
---@field changes? string|string[] Dockerfile instructions to apply: one text with a line each, or a list.
---@field conf? table<string, any> A configuration that replaces the container's, in the Engine API's own names.

---A container. Its properties are as the engine told them last; `reload` gets them anew.
---@class moondock.Container
---@field id string The full id.
---@field short_id string The first twelve characters of the id.
---@field name string The name.
---@field status string The status, for example `running` or `exited`.
---@field health string The health, for example `healthy`; `unknown` without a health check.
---@field image moondock.Image The image that it was made from; reading it asks the engine.
---@field labels table<string, string> The labels.
---@field ports table<string, any> The ports: from `80/tcp` to a list of `{HostIp, HostPort}`, or nothing when unpublished.
---@field attrs table<string, any> The raw attributes as the engine gave them last.
local Container = {}

---Starts it. That it runs already is no error.
function Container:start() end

---Stops it. That it does not run is no error.
---@overload fun(self: moondock.Container, timeout?: integer, signal?: integer|string): nil
---@overload fun(self: moondock.Container, timeout?: integer, options?: moondock.Container.stop.options): nil
---@param options? moondock.Container.stop.options Arguments by name.
function Container:stop(options) end

---Restarts it.
---@overload fun(self: moondock.Container, timeout?: integer, signal?: integer|string): nil
---@overload fun(self: moondock.Container, timeout?: integer, options?: moondock.Container.restart.options): nil
---@param options? moondock.Container.restart.options Arguments by name.
function Container:restart(options) end

---Sends it a signal.
---@overload fun(self: moondock.Container, signal?: integer|string): nil
---@param options? moondock.Container.kill.options Arguments by name.
function Container:kill(options) end

---Pauses its processes.
function Container:pause() end

---Lets its processes go on.
function Container:unpause() end

---Removes it.
---@overload fun(self: moondock.Container, v?: boolean, link?: boolean, force?: boolean): nil
---@overload fun(self: moondock.Container, v?: boolean, link?: boolean, options?: moondock.Container.remove.options): nil
---@overload fun(self: moondock.Container, v?: boolean, options?: moondock.Container.remove.options): nil
---@param options? moondock.Container.remove.options Arguments by name.
function Container:remove(options) end

---Renames it.
---@overload fun(self: moondock.Container, options: moondock.Container.rename.options): nil
---@param name string The name.
function Container:rename(name) end

---Gets the attributes anew.
function Container:reload() end

---Waits until it ends. Gives `{StatusCode: 0}`: a code that is not zero is no error.
---@overload fun(self: moondock.Container, timeout?: number, condition?: string): table<string, any>
---@overload fun(self: moondock.Container, timeout?: number, options?: moondock.Container.wait.options): table<string, any>
---@param options? moondock.Container.wait.options Arguments by name.
---@return table<string, any>
function Container:wait(options) end

---Its logs: all of them up to now; with `stream` a stream that goes on.
---@overload fun(self: moondock.Container, stdout?: boolean, stderr?: boolean, options?: moondock.Container.logs.options): string|moondock.Stream
---@overload fun(self: moondock.Container, stdout?: boolean, options?: moondock.Container.logs.options): string|moondock.Stream
---@param options? moondock.Container.logs.options Arguments by name.
---@return string|moondock.Stream
function Container:logs(options) end

---Runs a command in it.
---@overload fun(self: moondock.Container, options: moondock.Container.exec_run.options): moondock.ExecResult
---@overload fun(self: moondock.Container, cmd: string|string[], stdout?: boolean, options?: moondock.Container.exec_run.options): moondock.ExecResult
---@param cmd string|string[] The command: a line or its words.
---@param options? moondock.Container.exec_run.options Arguments by name.
---@return moondock.ExecResult
function Container:exec_run(cmd, options) end

---Lists its processes: `Titles`, and `Processes` with a list for each.
---@overload fun(self: moondock.Container, ps_args?: string): table<string, any>
---@param options? moondock.Container.top.options Arguments by name.
---@return table<string, any>
function Container:top(options) end

---What changed in its file system: a list of `{Path, Kind}`, kind 0 changed, 1 added, 2 deleted.
---@return any[]
function Container:diff() end

---Its statistics as a stream of maps, one a second; with `stream` false one map.
---@overload fun(self: moondock.Container, decode?: boolean, stream?: boolean, one_shot?: boolean): moondock.Stream|table<string, any>
---@overload fun(self: moondock.Container, decode?: boolean, stream?: boolean, options?: moondock.Container.stats.options): moondock.Stream|table<string, any>
---@overload fun(self: moondock.Container, decode?: boolean, options?: moondock.Container.stats.options): moondock.Stream|table<string, any>
---@param options? moondock.Container.stats.options Arguments by name.
---@return moondock.Stream|table<string, any>
function Container:stats(options) end

---Makes an image of it and gives the image.
---@overload fun(self: moondock.Container, repository?: string, tag?: string, options?: moondock.Container.commit.options): moondock.Image
---@overload fun(self: moondock.Container, repository?: string, options?: moondock.Container.commit.options): moondock.Image
---@param options? moondock.Container.commit.options Arguments by name.
---@return moondock.Image
function Container:commit(options) end

---What a command in a container gave.
---@class moondock.ExecResult
---@field exit_code integer|nil The exit code; nothing with `stream`, `socket` or `detach`.
---@field output any What it wrote: bytes; with `demux` a list of standard output and standard error; with `stream` a `Stream` of these; with `socket` a `Socket`.
local ExecResult = {}

---@class moondock.Images.get.options
---@field name? string The name or id.

---@class moondock.Images.list.options
---@field name? string Only images whose name matches, for example `busybox` or `my/*`.
---@field all? boolean Also intermediate images. Default: `false`.
---@field filters? table<string, any> Only images that match, for example `{dangling: true, label: "x=y"}`.
---@field shared_size? boolean Also tell how much of its size an image shares with others, as `SharedSize`. Needs API 1.42. Default: `false`.
---@field manifests? boolean Also tell of the parts of images for several platforms, as `Manifests`. Needs API 1.47. Default: `false`.
---@field identity? boolean Also tell who made each of the `manifests`. Needs API 1.54. Default: `false`.

---@class moondock.Images.pull.options
---@field repository? string The repository, perhaps with a tag.
---@field tag? string The tag or digest; without one, that of the repository's name, else `latest`.
---@field all_tags? boolean Pull every tag. Default: `false`.
---@field auth_config? table<string, any> Credentials: `username` and `password`, or `identitytoken`; those for the registry without any.
---@field decode? boolean Ignored: progress always arrives decoded. docker-py has it. Default: `false`.
---@field platform? string The platform, for example `linux/arm64`.

---@class moondock.Images.build.options
---@field path? string The folder to build from, or the URL of a git repository or archive for the engine to fetch.
---@field tag? string The image's name, `repository[:tag]`.
---@field quiet? boolean Send only the image's id instead of the progress. Default: `false`.
---@field fileobj? string|moondock.Stream|fun(): string? A Dockerfile, or with `custom_context` a whole context as a tar archive: bytes, a stream or a function.
---@field nocache? boolean Do not use the cache. Default: `false`.
---@field rm? boolean Remove intermediate containers. Default: `false`.
---@field timeout? number The deadline for the engine's first answer, in seconds.
---@field custom_context? boolean The source is a whole build context as a tar archive, not a Dockerfile. Default: `false`.
---@field encoding? string How the source is compressed, for example `gzip`.
---@field pull? boolean Pull newer versions of the base images. Default: `false`.
---@field forcerm? boolean Remove intermediate containers after a failure too. Default: `false`.
---@field dockerfile? string The Dockerfile's path, below `path` unless it is absolute.
---@field container_limits? table<string, any> Limits of the build containers: `memory`, `memswap`, `cpushares`, `cpusetcpus`.
---@field decode? boolean Ignored: progress always arrives decoded. docker-py has it. Default: `false`.
---@field buildargs? table<string, any> Build arguments.
---@field gzip? boolean Compress the context. Default: `false`.
---@field shmsize? number|string The size of `/dev/shm`.
---@field labels? table<string, any> Labels of the image.
---@field cache_from? string[] Images to take cached layers from.
---@field target? string The stage to build.
---@field network_mode? string The network of the build containers.
---@field squash? boolean Make one layer of all new ones.
---@field extra_hosts? table<string, any>|string[] More hosts for `/etc/hosts`, as a map from name to address or a list of `name:address`.
---@field platform? string The platform, for example `linux/arm64`.
---@field isolation? string The isolation of Windows containers.
---@field use_config_proxy? boolean Take proxies from docker's configuration file. Default: `true`.
---@field builder? string `classic`, which the engine takes without one, or `buildkit`: the API's `version`, which docker-py lacks.
---@field outputs? table<string, any>[] What BuildKit makes, for example `[{type: "moby", attrs: {compression: "zstd"}}]`; docker-py lacks it.

---@class moondock.Images.remove.options
---@field image? string|moondock.Image The image, or its name or id.
---@field force? boolean Remove it even when stopped containers use it or other tags name it. Default: `false`.
---@field noprune? boolean Keep its untagged parents. Default: `false`.
---@field platforms? string|table<string, any>|(string|table<string, any>)[] Remove only what is for these platforms, for example `linux/arm64`. Needs API 1.50.

---@class moondock.Images.load.options
---@field data? string|moondock.Stream|fun(): string? The archive that `docker save` made: bytes, a stream or a function.

---@class moondock.Images.prune.options
---@field filters? table<string, any> Only images that match, for example `{dangling: false, label: "x", until: "24h"}`.

---The images of an engine: `client.images`.
---@class moondock.Images
local Images = {}

---Gets an image. Without one, the error is an `ImageNotFound`.
---@overload fun(self: moondock.Images, options: moondock.Images.get.options): moondock.Image
---@param name string The name or id.
---@return moondock.Image
function Images:get(name) end

---Lists images.
---@overload fun(self: moondock.Images, name?: string, all?: boolean, filters?: table<string, any>, shared_size?: boolean, manifests?: boolean, identity?: boolean): moondock.Image[]
---@overload fun(self: moondock.Images, name?: string, all?: boolean, options?: moondock.Images.list.options): moondock.Image[]
---@overload fun(self: moondock.Images, name?: string, options?: moondock.Images.list.options): moondock.Image[]
---@param options? moondock.Images.list.options Arguments by name.
---@return moondock.Image[]
function Images:list(options) end

---Pulls an image and gives it; with `all_tags`, a list of images.
---@overload fun(self: moondock.Images, options: moondock.Images.pull.options): moondock.Image|moondock.Image[]
---@overload fun(self: moondock.Images, repository: string, tag?: string, all_tags?: boolean, auth_config?: table<string, any>, decode?: boolean, platform?: string): moondock.Image|moondock.Image[]
---@overload fun(self: moondock.Images, repository: string, tag?: string, options?: moondock.Images.pull.options): moondock.Image|moondock.Image[]
---@param repository string The repository, perhaps with a tag.
---@param options? moondock.Images.pull.options Arguments by name.
---@return moondock.Image|moondock.Image[]
function Images:pull(repository, options) end

---Builds an image. Gives the image and the list of the builder's progress, in which `stream` is text for people whatever the builder. When the build fails, the error is a `BuildError` with `build_log`.
---@overload fun(self: moondock.Images, path?: string, tag?: string, options?: moondock.Images.build.options): moondock.Image, any[]
---@overload fun(self: moondock.Images, path?: string, options?: moondock.Images.build.options): moondock.Image, any[]
---@param options? moondock.Images.build.options Arguments by name.
---@return moondock.Image, any[]
function Images:build(options) end

---Removes an image. Gives a list of what was untagged and deleted.
---@overload fun(self: moondock.Images, options: moondock.Images.remove.options): any[]
---@overload fun(self: moondock.Images, image: string|moondock.Image, force?: boolean, noprune?: boolean, platforms?: string|table<string, any>|(string|table<string, any>)[]): any[]
---@overload fun(self: moondock.Images, image: string|moondock.Image, force?: boolean, options?: moondock.Images.remove.options): any[]
---@param image string|moondock.Image The image, or its name or id.
---@param options? moondock.Images.remove.options Arguments by name.
---@return any[]
function Images:remove(image, options) end

---Loads the images of an archive that `docker save` made, and gives them.
---@overload fun(self: moondock.Images, options: moondock.Images.load.options): moondock.Image[]
---@param data string|moondock.Stream|fun(): string? The archive that `docker save` made: bytes, a stream or a function.
---@return moondock.Image[]
function Images:load(data) end

---Removes unused images. Gives `ImagesDeleted` and `SpaceReclaimed`.
---@overload fun(self: moondock.Images, filters?: table<string, any>): table<string, any>
---@param options? moondock.Images.prune.options Arguments by name.
---@return table<string, any>
function Images:prune(options) end

---@class moondock.Image.tag.options
---@field repository? string The repository, for example `registry:5000/app`.
---@field tag? string The tag; the engine takes `latest` without one.
---@field force? boolean Ignored by engines today; docker-py has it. Default: `false`.

---@class moondock.Image.remove.options
---@field force? boolean Remove it even when stopped containers use it or other tags name it. Default: `false`.
---@field noprune? boolean Keep its untagged parents. Default: `false`.
---@field platforms? string|table<string, any>|(string|table<string, any>)[] Remove only what is for these platforms, for example `linux/arm64`. Needs API 1.50.

---An image.
---@class moondock.Image
---@field id string The full id, for example `sha256:...`.
---@field short_id string The id cut to its algorithm and the first twelve digits.
---@field tags string[] Its names, each with a tag.
---@field labels table<string, string> Its labels.
---@field attrs table<string, any> The raw attributes as the engine gave them last.
local Image = {}

---Gives it another name. Gives true.
---@overload fun(self: moondock.Image, options: moondock.Image.tag.options): boolean
---@overload fun(self: moondock.Image, repository: string, tag?: string, force?: boolean): boolean
---@overload fun(self: moondock.Image, repository: string, tag?: string, options?: moondock.Image.tag.options): boolean
---@param repository string The repository, for example `registry:5000/app`.
---@param options? moondock.Image.tag.options Arguments by name.
---@return boolean
function Image:tag(repository, options) end

---Removes it. Gives a list of what was untagged and deleted.
---@overload fun(self: moondock.Image, force?: boolean, noprune?: boolean, platforms?: string|table<string, any>|(string|table<string, any>)[]): any[]
---@overload fun(self: moondock.Image, force?: boolean, noprune?: boolean, options?: moondock.Image.remove.options): any[]
---@overload fun(self: moondock.Image, force?: boolean, options?: moondock.Image.remove.options): any[]
---@param options? moondock.Image.remove.options Arguments by name.
---@return any[]
function Image:remove(options) end

---Gets the attributes anew.
function Image:reload() end

---@class moondock.Networks.create.options
---@field name? string The name.
---@field driver? string The driver; the engine takes `bridge` without one.
---@field options? table<string, any> Options of the driver.
---@field ipam? table<string, any> How it gives out addresses: `{driver, pool_configs, options}`.
---@field check_duplicate? boolean Refuse a name that another network has. Engines since API 1.44 always do.
---@field internal? boolean Keep it from the world outside. Default: `false`.
---@field labels? table<string, any> Labels.
---@field enable_ipv6? boolean With IPv6. Default: `false`.
---@field attachable? boolean Containers that belong to no service may connect to it too; for networks of a swarm.
---@field scope? string The scope: `local`, `global` or `swarm`.
---@field ingress? boolean Make it the network of a swarm's routing mesh.
---@field enable_ipv4? boolean With IPv4; without it only where the engine allows that. Needs API 1.48.
---@field config_only? boolean Make it a mere configuration, for other networks to take over. Default: `false`.
---@field config_from? string The name of such a network, whose configuration to take over.
---@field extra? table<string, any> Further fields of the request's body, in the Engine API's own names.

---@class moondock.Networks.get.options
---@field network_id? string The name or id.
---@field verbose? boolean Also its services in the whole swarm.
---@field scope? string Only a network of this scope: `swarm`, `global` or `local`.

---@class moondock.Networks.list.options
---@field names? string|string[] Only those whose name has one of these texts in it.
---@field ids? string|string[] Only those whose id has one of these texts in it.
---@field filters? table<string, any> Only those that match, for example `{driver: "bridge", label: "x=y", type: "custom", dangling: true}`.
---@field greedy? boolean Inspect each one: more attributes, such as its containers. Default: `false`.

---@class moondock.Networks.prune.options
---@field filters? table<string, any> Only those that match, for example `{label: "x=y", until: "24h"}`.

---The networks of an engine: `client.networks`.
---@class moondock.Networks
local Networks = {}

---Creates a network and gives it.
---@overload fun(self: moondock.Networks, options: moondock.Networks.create.options): moondock.Network
---@overload fun(self: moondock.Networks, name: string, driver?: string, options?: moondock.Networks.create.options): moondock.Network
---@param name string The name.
---@param options? moondock.Networks.create.options Arguments by name.
---@return moondock.Network
function Networks:create(name, options) end

---Gets a network. Without one, the error is a `NotFound`.
---@overload fun(self: moondock.Networks, options: moondock.Networks.get.options): moondock.Network
---@overload fun(self: moondock.Networks, network_id: string, verbose?: boolean, scope?: string): moondock.Network
---@overload fun(self: moondock.Networks, network_id: string, verbose?: boolean, options?: moondock.Networks.get.options): moondock.Network
---@param network_id string The name or id.
---@param options? moondock.Networks.get.options Arguments by name.
---@return moondock.Network
function Networks:get(network_id, options) end

---Lists networks. With `greedy`, one that goes away meanwhile is left out.
---@overload fun(self: moondock.Networks, names?: string|string[], ids?: string|string[], filters?: table<string, any>, greedy?: boolean): moondock.Network[]
---@overload fun(self: moondock.Networks, names?: string|string[], ids?: string|string[], options?: moondock.Networks.list.options): moondock.Network[]
---@overload fun(self: moondock.Networks, names?: string|string[], options?: moondock.Networks.list.options): moondock.Network[]
---@param options? moondock.Networks.list.options Arguments by name.
---@return moondock.Network[]
function Networks:list(options) end

---Removes networks that no container is in. Gives `NetworksDeleted`.
---@overload fun(self: moondock.Networks, filters?: table<string, any>): table<string, any>
---@param options? moondock.Networks.prune.options Arguments by name.
---@return table<string, any>
function Networks:prune(options) end

---@class moondock.Network.connect.options
---@field container? string|moondock.Container The container, or its name or id.
---@field ipv4_address? string The container's IPv4 address in the network.
---@field ipv6_address? string The container's IPv6 address in the network.
---@field aliases? string[] Further names of the container in the network.
---@field links? table<string, any>|string[] Links, as a map from container to alias or a list of `container:alias`.
---@field link_local_ips? string[] Link-local addresses.
---@field driver_opt? table<string, any> Options of the network's driver.
---@field mac_address? string The container's MAC address in the network. Engines before API 1.54 pass over it. Needs API 1.54.
---@field gw_priority? integer Of a container's endpoints, that with the highest priority leads to its default gateway. Needs API 1.48.
---@field extra? table<string, any> Further fields of the request's body, in the Engine API's own names.

---@class moondock.Network.disconnect.options
---@field container? string|moondock.Container The container, or its name or id.
---@field force? boolean Disconnect it by force. Default: `false`.
---@field extra? table<string, any> Further fields of the request's body, in the Engine API's own names.

---A network. Its properties are as the engine told them last; `reload` gets them anew.
---@class moondock.Network
---@field id string The full id.
---@field short_id string The first twelve characters of the id.
---@field name string The name.
---@field containers moondock.Container[] The containers in it, as its attributes tell: those of a list have none, so `reload` it first. Reading it asks the engine; a container that went away meanwhile is left out.
---@field attrs table<string, any> The raw attributes as the engine gave them last.
local Network = {}

---Connects a container.
---@overload fun(self: moondock.Network, options: moondock.Network.connect.options): nil
---@overload fun(self: moondock.Network, container: string|moondock.Container, ipv4_address?: string, options?: moondock.Network.connect.options): nil
---@param container string|moondock.Container The container, or its name or id.
---@param options? moondock.Network.connect.options Arguments by name.
function Network:connect(container, options) end

---Disconnects a container.
---@overload fun(self: moondock.Network, options: moondock.Network.disconnect.options): nil
---@overload fun(self: moondock.Network, container: string|moondock.Container, force?: boolean, extra?: table<string, any>): nil
---@overload fun(self: moondock.Network, container: string|moondock.Container, force?: boolean, options?: moondock.Network.disconnect.options): nil
---@param container string|moondock.Container The container, or its name or id.
---@param options? moondock.Network.disconnect.options Arguments by name.
function Network:disconnect(container, options) end

---Removes it. While containers are in it, that is an error.
function Network:remove() end

---Gets the attributes anew.
function Network:reload() end

---@class moondock.Volumes.create.options
---@field name? string The name; the engine makes one up without it.
---@field driver? string The driver; the engine takes `local` without one.
---@field driver_opts? table<string, any> Options of the driver.
---@field labels? table<string, any> Labels.
---@field cluster_volume_spec? table<string, any> Make it a volume of the swarm, in the Engine API's own names: `{Group, AccessMode, ...}`. Needs API 1.42.
---@field extra? table<string, any> Further fields of the request's body, in the Engine API's own names.

---@class moondock.Volumes.get.options
---@field volume_id? string The name.

---@class moondock.Volumes.list.options
---@field filters? table<string, any> Only those that match, for example `{dangling: true, driver: "local", label: "x=y", name: "data"}`.

---@class moondock.Volumes.prune.options
---@field filters? table<string, any> Only those that match, for example `{label: "x=y", all: true}`.

---The volumes of an engine: `client.volumes`.
---@class moondock.Volumes
local Volumes = {}

---Creates a volume and gives it. One of that name that is there already is given instead.
---@overload fun(self: moondock.Volumes, name?: string, driver?: string, driver_opts?: table<string, any>, labels?: table<string, any>, cluster_volume_spec?: table<string, any>, extra?: table<string, any>): moondock.Volume
---@overload fun(self: moondock.Volumes, name?: string, driver?: string, options?: moondock.Volumes.create.options): moondock.Volume
---@overload fun(self: moondock.Volumes, name?: string, options?: moondock.Volumes.create.options): moondock.Volume
---@param options? moondock.Volumes.create.options Arguments by name.
---@return moondock.Volume
function Volumes:create(options) end

---Gets a volume. Without one, the error is a `NotFound`.
---@overload fun(self: moondock.Volumes, options: moondock.Volumes.get.options): moondock.Volume
---@param volume_id string The name.
---@return moondock.Volume
function Volumes:get(volume_id) end

---Lists volumes.
---@overload fun(self: moondock.Volumes, filters?: table<string, any>): moondock.Volume[]
---@param options? moondock.Volumes.list.options Arguments by name.
---@return moondock.Volume[]
function Volumes:list(options) end

---Removes volumes that no container uses: since API 1.42 only those without a name of their own, unless the filter `all` is set. Gives `VolumesDeleted` and `SpaceReclaimed`.
---@overload fun(self: moondock.Volumes, filters?: table<string, any>): table<string, any>
---@param options? moondock.Volumes.prune.options Arguments by name.
---@return table<string, any>
function Volumes:prune(options) end

---@class moondock.Volume.remove.options
---@field force? boolean Remove it even if its driver no longer has it. Default: `false`.

---A volume. Its properties are as the engine told them last; `reload` gets them anew.
---@class moondock.Volume
---@field id string The name, which is its id.
---@field short_id string The first twelve characters of the name.
---@field name string The name.
---@field attrs table<string, any> The raw attributes as the engine gave them last.
local Volume = {}

---Removes it. While a container uses it, that is an error.
---@overload fun(self: moondock.Volume, force?: boolean): nil
---@param options? moondock.Volume.remove.options Arguments by name.
function Volume:remove(options) end

---Gets the attributes anew.
function Volume:reload() end

---@class moondock.Swarm.init.options
---@field advertise_addr? string The address that other nodes reach this one at: `ADDRESS[:PORT]` or `INTERFACE[:PORT]`.
---@field listen_addr? string The address to listen at for other managers. Default: `"0.0.0.0:2377"`.
---@field force_new_cluster? boolean Begin anew even if the engine is part of a swarm. Default: `false`.
---@field default_addr_pool? string[] Where the swarm's networks lie, for example `["10.20.0.0/16"]`.
---@field subnet_size? integer How many bits of the address name each of these networks.
---@field data_path_addr? string The address or interface for the data between containers.
---@field data_path_port? integer The port for the data between containers; 4789 without one.
---@field extra? table<string, any> Further fields of the request's body, in the Engine API's own names.
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

---@class moondock.Swarm.join.options
---@field remote_addrs? string[] Addresses of managers of the swarm.
---@field join_token? string The token that lets a worker or a manager in.
---@field listen_addr? string The address to listen at for other managers. Default: `"0.0.0.0:2377"`.
---@field advertise_addr? string The address that other nodes reach this one at: `ADDRESS[:PORT]` or `INTERFACE[:PORT]`.
---@field data_path_addr? string The address or interface for the data between containers.
---@field extra? table<string, any> Further fields of the request's body, in the Engine API's own names.

---@class moondock.Swarm.leave.options
---@field force? boolean Leave it even as a manager; that the engine is part of none is no error then. Default: `false`.

---@class moondock.Swarm.unlock.options
---@field key? string|table<string, any> The key: text, or the map that `get_unlock_key` gave.

---@class moondock.Swarm.update.options
---@field rotate_worker_token? boolean Make a new token for workers. Default: `false`.
---@field rotate_manager_token? boolean Make a new token for managers. Default: `false`.
---@field rotate_manager_unlock_key? boolean Make a new key that unlocks managers. Default: `false`.
---@field extra? table<string, any> Further fields of the request's body, in the Engine API's own names.
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

---The swarm that the engine is part of: `client.swarm`, which asks the engine each time that it is read. Of an engine that manages none there are no attributes.
---@class moondock.Swarm
---@field id string The full id; empty when the engine manages no swarm.
---@field short_id string The first twelve characters of the id.
---@field version integer The version that `update` changes. Once the engine has a newer one, that is an error until `reload`.
---@field attrs table<string, any> The raw attributes as the engine gave them last; none when it manages no swarm.
local Swarm = {}

---Begins a swarm and gives the id of the engine's node.
---@overload fun(self: moondock.Swarm, advertise_addr?: string, listen_addr?: string, options?: moondock.Swarm.init.options): string
---@overload fun(self: moondock.Swarm, advertise_addr?: string, options?: moondock.Swarm.init.options): string
---@param options? moondock.Swarm.init.options Arguments by name.
---@return string
function Swarm:init(options) end

---Joins a swarm and gives true.
---@overload fun(self: moondock.Swarm, options: moondock.Swarm.join.options): boolean
---@overload fun(self: moondock.Swarm, remote_addrs: string[], join_token: string, listen_addr?: string, advertise_addr?: string, data_path_addr?: string, extra?: table<string, any>): boolean
---@param remote_addrs string[] Addresses of managers of the swarm.
---@param join_token string The token that lets a worker or a manager in.
---@param options? moondock.Swarm.join.options Arguments by name.
---@return boolean
function Swarm:join(remote_addrs, join_token, options) end

---Leaves the swarm and gives true.
---@overload fun(self: moondock.Swarm, force?: boolean): boolean
---@param options? moondock.Swarm.leave.options Arguments by name.
---@return boolean
function Swarm:leave(options) end

---The key that unlocks this manager after a restart, as `{UnlockKey}`; empty when managers are not locked.
---@return table<string, string>
function Swarm:get_unlock_key() end

---Unlocks this manager and gives true.
---@overload fun(self: moondock.Swarm, options: moondock.Swarm.unlock.options): boolean
---@param key string|table<string, any> The key: text, or the map that `get_unlock_key` gave.
---@return boolean
function Swarm:unlock(key) end

---Changes the swarm and gives true. What is left out of its settings goes back to its default.
---@overload fun(self: moondock.Swarm, rotate_worker_token?: boolean, rotate_manager_token?: boolean, options?: moondock.Swarm.update.options): boolean
---@overload fun(self: moondock.Swarm, rotate_worker_token?: boolean, options?: moondock.Swarm.update.options): boolean
---@param options? moondock.Swarm.update.options Arguments by name.
---@return boolean
function Swarm:update(options) end

---Gets the attributes anew.
function Swarm:reload() end

---@class moondock.Nodes.get.options
---@field node_id? string The id or name.

---@class moondock.Nodes.list.options
---@field filters? table<string, any> Only those that match, for example `{role: "manager"}`; also `id`, `name`, `membership`, `label`,  `node.label`.

---The nodes of the engine's swarm: `client.nodes`.
---@class moondock.Nodes
local Nodes = {}

---Gets a node. Without one, the error is a `NotFound`.
---@overload fun(self: moondock.Nodes, options: moondock.Nodes.get.options): moondock.Node
---@param node_id string The id or name.
---@return moondock.Node
function Nodes:get(node_id) end

---Lists nodes.
---@overload fun(self: moondock.Nodes, filters?: table<string, any>): moondock.Node[]
---@param options? moondock.Nodes.list.options Arguments by name.
---@return moondock.Node[]
function Nodes:list(options) end

---@class moondock.Node.update.options
---@field node_spec? table<string, any> The specification: `Name`, `Labels`, `Role` and `Availability`. What is left out is unset.

---@class moondock.Node.remove.options
---@field force? boolean Remove it even if it is active. Default: `false`.

---A node of a swarm. Its properties are as the engine told them last; `reload` gets them anew.
---@class moondock.Node
---@field id string The full id.
---@field short_id string The first twelve characters of the id.
---@field version integer The version that `update` changes. Once the engine has a newer one, that is an error until `reload`.
---@field attrs table<string, any> The raw attributes as the engine gave them last.
local Node = {}

---Gets the attributes anew.
function Node:reload() end

---Sets it to a specification and gives true.
---@overload fun(self: moondock.Node, options: moondock.Node.update.options): boolean
---@param node_spec table<string, any> The specification: `Name`, `Labels`, `Role` and `Availability`. What is left out is unset.
---@return boolean
function Node:update(node_spec) end

---Removes it from its swarm and gives true.
---@overload fun(self: moondock.Node, force?: boolean): boolean
---@param options? moondock.Node.remove.options Arguments by name.
---@return boolean
function Node:remove(options) end

---@class moondock.Services.create.options
---@field image? string|moondock.Image The image, or its name or id.
---@field command? string|string[] The command, in place of the image's entry point: a line or its words.
---@field constraints? string[] Conditions that a node must meet, for example `node.role == manager`.
---@field preferences? (string[]|table<string, any>)[] How tasks are spread, the most important first: each a pair such as `["spread", "node.labels.zone"]`.
---@field maxreplicas? integer How many replicas may run on one node.
---@field platforms? any[] The platforms that the image runs on: each a pair such as `["x86_64", "linux"]`.
---@field container_labels? table<string, any>|string[] Labels of the containers, as a map or as a list of names.
---@field log_driver? string The log driver's name.
---@field log_driver_options? table<string, any> Options of `log_driver`.
---@field resources? table<string, any> What each container may use.
---@field restart_policy? table<string, any> Whether a container is started again when it ends.
---@field name? string Its name, which engines do not let change.
---@field labels? table<string, any>|string[] Its labels, as a map or as a list of names.
---@field mode? string|table<string, any> How many tasks it has: a mode, or the name of one.
---@field update_config? table<string, any> How its tasks are replaced when it is updated.
---@field networks? (string|table<string, any>)[] The networks to attach to: names, or how to attach.
---@field endpoint_spec? table<string, any> How it is reached.
---@field rollback_config? table<string, any> How its tasks are replaced when an update is taken back.
---@field auth_config? table<string, any> Credentials for the image's registry: `username` and `password`, or `identitytoken`.
---@field extra? table<string, any> Further fields of the request's body, in the Engine API's own names.
---@field args? string[] The command's arguments.
---@field hostname? string The host name.
---@field env? table<string, any>|string[] Environment variables, as a map or as a list of `NAME=value`.
---@field workdir? string The working folder.
---@field user? integer|string The user to run as, by name or id.
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

---@class moondock.Services.get.options
---@field service_id? string The id or name.
---@field insert_defaults? boolean Also tell settings that were not given, with their defaults.

---@class moondock.Services.list.options
---@field filters? table<string, any> Only those that match, for example `{label: "a=b", mode: "replicated"}`; also `id`, `name`.
---@field status? boolean Also count each one's tasks, as `ServiceStatus`.

---The services of the engine's swarm: `client.services`.
---@class moondock.Services
local Services = {}

---Creates a service.
---@overload fun(self: moondock.Services, options: moondock.Services.create.options): moondock.Service
---@overload fun(self: moondock.Services, image: string|moondock.Image, command?: string|string[], options?: moondock.Services.create.options): moondock.Service
---@param image string|moondock.Image The image, or its name or id.
---@param options? moondock.Services.create.options Arguments by name.
---@return moondock.Service
function Services:create(image, options) end

---Gets a service. Without one, the error is a `NotFound`.
---@overload fun(self: moondock.Services, options: moondock.Services.get.options): moondock.Service
---@overload fun(self: moondock.Services, service_id: string, insert_defaults?: boolean): moondock.Service
---@param service_id string The id or name.
---@param options? moondock.Services.get.options Arguments by name.
---@return moondock.Service
function Services:get(service_id, options) end

---Lists services.
---@overload fun(self: moondock.Services, filters?: table<string, any>, status?: boolean): moondock.Service[]
---@overload fun(self: moondock.Services, filters?: table<string, any>, options?: moondock.Services.list.options): moondock.Service[]
---@param options? moondock.Services.list.options Arguments by name.
---@return moondock.Service[]
function Services:list(options) end

---@class moondock.Service.tasks.options
---@field filters? table<string, any> Only those that match, for example `{service: "web", "desired-state": "running"}`; also `id`, `name`,  `node`, `label`.

---@class moondock.Service.update.options
---@field image? string The image; the one that it has if this is left out.
---@field force_update? boolean|integer Replace the tasks even if nothing else is new: true, or a counter of its own.
---@field fetch_current_spec? boolean Keep what is left out as it is; else it is unset. Default: `true`.
---@field registry_auth_from? string Where credentials come from if none are given: `spec` or `previous-spec`. docker-py does not have it.
---@field rollback? string `previous` goes back to the specification before the last update. docker-py does not have it.
---@field command? string|string[] The command, in place of the image's entry point: a line or its words.
---@field constraints? string[] Conditions that a node must meet, for example `node.role == manager`.
---@field preferences? (string[]|table<string, any>)[] How tasks are spread, the most important first: each a pair such as `["spread", "node.labels.zone"]`.
---@field maxreplicas? integer How many replicas may run on one node.
---@field platforms? any[] The platforms that the image runs on: each a pair such as `["x86_64", "linux"]`.
---@field container_labels? table<string, any>|string[] Labels of the containers, as a map or as a list of names.
---@field log_driver? string The log driver's name.
---@field log_driver_options? table<string, any> Options of `log_driver`.
---@field resources? table<string, any> What each container may use.
---@field restart_policy? table<string, any> Whether a container is started again when it ends.
---@field name? string Its name, which engines do not let change.
---@field labels? table<string, any>|string[] Its labels, as a map or as a list of names.
---@field mode? string|table<string, any> How many tasks it has: a mode, or the name of one.
---@field update_config? table<string, any> How its tasks are replaced when it is updated.
---@field networks? (string|table<string, any>)[] The networks to attach to: names, or how to attach.
---@field endpoint_spec? table<string, any> How it is reached.
---@field rollback_config? table<string, any> How its tasks are replaced when an update is taken back.
---@field auth_config? table<string, any> Credentials for the image's registry: `username` and `password`, or `identitytoken`.
---@field extra? table<string, any> Further fields of the request's body, in the Engine API's own names.
---@field args? string[] The command's arguments.
---@field hostname? string The host name.
---@field env? table<string, any>|string[] Environment variables, as a map or as a list of `NAME=value`.
---@field workdir? string The working folder.
---@field user? integer|string The user to run as, by name or id.
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

---@class moondock.Service.scale.options
---@field replicas? integer How many tasks there are, or how many times a job has to complete.

---@class moondock.Service.logs.options
---@field details? boolean Put details of the task before each line. Default: `false`.
---@field follow? boolean Go on with what is written from now on. Default: `false`.
---@field stdout? boolean What was written to the standard output. This or `stderr` is needed. Default: `false`.
---@field stderr? boolean What was written to the standard error. Default: `false`.
---@field since? number|string Only what was written since this time: seconds since 1970, RFC 3339, or a duration before now such as `10m`.
---@field timestamps? boolean Put the time before each line. Default: `false`.
---@field tail? integer|string Only so many lines of the end; `all` for all.
---@field is_tty? boolean Whether the containers have a terminal; the engine is asked if this is left out.

---A service of a swarm. Its properties are as the engine told them last; `reload` gets them anew.
---@class moondock.Service
---@field id string The full id.
---@field short_id string The first twelve characters of the id.
---@field name string The name.
---@field version integer The version that `update` changes. Once the engine has a newer one, that is an error until `reload`.
---@field attrs table<string, any> The raw attributes as the engine gave them last.
local Service = {}

---Gets the attributes anew.
function Service:reload() end

---Removes it and its tasks, and gives true.
---@return boolean
function Service:remove() end

---Its tasks: a list of maps, as the engine describes them.
---@overload fun(self: moondock.Service, filters?: table<string, any>): any[]
---@param options? moondock.Service.tasks.options Arguments by name.
---@return any[]
function Service:tasks(options) end

---Updates it and gives `Warnings`. What is left out stays as it is, unless `fetch_current_spec` is false.
---@overload fun(self: moondock.Service, image?: string, force_update?: boolean|integer, options?: moondock.Service.update.options): table<string, any>
---@overload fun(self: moondock.Service, image?: string, options?: moondock.Service.update.options): table<string, any>
---@param options? moondock.Service.update.options Arguments by name.
---@return table<string, any>
function Service:update(options) end

---Sets how many tasks it has and gives `Warnings`.
---@overload fun(self: moondock.Service, options: moondock.Service.scale.options): table<string, any>
---@param replicas integer How many tasks there are, or how many times a job has to complete.
---@return table<string, any>
function Service:scale(replicas) end

---Replaces its tasks though nothing is new, and gives `Warnings`.
---@return table<string, any>
function Service:force_update() end

---Its logs as a stream: up to now, or with `follow` one that goes on. `stdout` or `stderr` is needed.
---@overload fun(self: moondock.Service, details?: boolean, follow?: boolean, options?: moondock.Service.logs.options): moondock.Stream
---@overload fun(self: moondock.Service, details?: boolean, options?: moondock.Service.logs.options): moondock.Stream
---@param options? moondock.Service.logs.options Arguments by name.
---@return moondock.Stream
function Service:logs(options) end

---@class moondock.Secrets.create.options
---@field name? string The name.
---@field data? string|moondock.Stream|fun(): string? The data: text or bytes, a stream or a function.
---@field labels? table<string, any>|string[] Labels, as a map or as a list of names.
---@field driver? table<string, any> The driver that keeps the secret; the swarm itself without one.
---@field templating? table<string, any> How the data is a template, for example `{Name: "golang"}`. docker-py does not have it.
---@field extra? table<string, any> Further fields of the request's body, in the Engine API's own names.

---@class moondock.Secrets.get.options
---@field secret_id? string The id or name.

---@class moondock.Secrets.list.options
---@field filters? table<string, any> Only those that match, for example `{label: "a=b"}`; also `id`, `name`, `names`.

---The secrets of the engine's swarm: `client.secrets`.
---@class moondock.Secrets
local Secrets = {}

---Creates a secret. Until it is reloaded, its id and name are all that it has.
---@overload fun(self: moondock.Secrets, options: moondock.Secrets.create.options): moondock.Secret
---@overload fun(self: moondock.Secrets, name: string, data: string|moondock.Stream|fun(): string?, labels?: table<string, any>|string[], driver?: table<string, any>, templating?: table<string, any>, extra?: table<string, any>): moondock.Secret
---@param name string The name.
---@param data string|moondock.Stream|fun(): string? The data: text or bytes, a stream or a function.
---@param options? moondock.Secrets.create.options Arguments by name.
---@return moondock.Secret
function Secrets:create(name, data, options) end

---Gets a secret. Without one, the error is a `NotFound`.
---@overload fun(self: moondock.Secrets, options: moondock.Secrets.get.options): moondock.Secret
---@param secret_id string The id or name.
---@return moondock.Secret
function Secrets:get(secret_id) end

---Lists secrets.
---@overload fun(self: moondock.Secrets, filters?: table<string, any>): moondock.Secret[]
---@param options? moondock.Secrets.list.options Arguments by name.
---@return moondock.Secret[]
function Secrets:list(options) end

---A secret of a swarm. Its properties are as the engine told them last; `reload` gets them anew.
---@class moondock.Secret
---@field id string The full id.
---@field short_id string The first twelve characters of the id.
---@field name string The name.
---@field attrs table<string, any> The raw attributes as the engine gave them last; the data is never among them.
local Secret = {}

---Gets the attributes anew.
function Secret:reload() end

---Removes it, which no service may use, and gives true.
---@return boolean
function Secret:remove() end

---@class moondock.Configs.create.options
---@field name? string The name.
---@field data? string|moondock.Stream|fun(): string? The data: text or bytes, a stream or a function.
---@field labels? table<string, any>|string[] Labels, as a map or as a list of names.
---@field templating? table<string, any> How the data is a template, for example `{Name: "golang"}`.
---@field extra? table<string, any> Further fields of the request's body, in the Engine API's own names.

---@class moondock.Configs.get.options
---@field config_id? string The id or name.

---@class moondock.Configs.list.options
---@field filters? table<string, any> Only those that match, for example `{label: "a=b"}`; also `id`, `name`, `names`.

---The configs of the engine's swarm: `client.configs`.
---@class moondock.Configs
local Configs = {}

---Creates a config. Until it is reloaded, its id and name are all that it has.
---@overload fun(self: moondock.Configs, options: moondock.Configs.create.options): moondock.Config
---@overload fun(self: moondock.Configs, name: string, data: string|moondock.Stream|fun(): string?, labels?: table<string, any>|string[], templating?: table<string, any>, extra?: table<string, any>): moondock.Config
---@param name string The name.
---@param data string|moondock.Stream|fun(): string? The data: text or bytes, a stream or a function.
---@param options? moondock.Configs.create.options Arguments by name.
---@return moondock.Config
function Configs:create(name, data, options) end

---Gets a config. Without one, the error is a `NotFound`.
---@overload fun(self: moondock.Configs, options: moondock.Configs.get.options): moondock.Config
---@param config_id string The id or name.
---@return moondock.Config
function Configs:get(config_id) end

---Lists configs.
---@overload fun(self: moondock.Configs, filters?: table<string, any>): moondock.Config[]
---@param options? moondock.Configs.list.options Arguments by name.
---@return moondock.Config[]
function Configs:list(options) end

---A config of a swarm. Its properties are as the engine told them last; `reload` gets them anew.
---@class moondock.Config
---@field id string The full id.
---@field short_id string The first twelve characters of the id.
---@field name string The name.
---@field attrs table<string, any> The raw attributes as the engine gave them last, the data in base64 among them.
local Config = {}

---Gets the attributes anew.
function Config:reload() end

---Removes it, which no service may use, and gives true.
---@return boolean
function Config:remove() end

---@class moondock.APIClient.inspect_container.options
---@field container? string|table<string, any>|moondock.Container The container: its name or id, or a map that holds its `Id`.

---@class moondock.APIClient.stop.options
---@field container? string|table<string, any>|moondock.Container The container: its name or id, or a map that holds its `Id`.
---@field timeout? integer How many seconds to wait for the container before it is killed; the container's own setting, else 10.
---@field signal? integer|string The signal to stop it with, instead of its own. Needs API 1.42.

---@class moondock.APIClient.events.options
---@field since? number|string Also tell of events since this time: seconds since 1970, RFC 3339, or a duration before now such as `10m`.
---@field until? number|string End the stream at this time.
---@field filters? table<string, any> Only events that match, for example `{type: "container", event: ["start", "die"], label: "x=y"}`.
---@field decode? boolean Ignored: events always arrive decoded. docker-py has it.

---The low-level client: `client.api`. Each method is one request, and gives what the engine answers.
---@class moondock.APIClient
---@field api_version string The API version that is spoken; reading it asks the engine where it is to be negotiated.
---@field base_url string The engine's address.
local APIClient = {}

---All that the engine tells of a container.
---@overload fun(self: moondock.APIClient, options: moondock.APIClient.inspect_container.options): table<string, any>
---@param container string|table<string, any>|moondock.Container The container: its name or id, or a map that holds its `Id`.
---@return table<string, any>
function APIClient:inspect_container(container) end

---Stops a container. That it does not run is no error.
---@overload fun(self: moondock.APIClient, options: moondock.APIClient.stop.options): nil
---@overload fun(self: moondock.APIClient, container: string|table<string, any>|moondock.Container, timeout?: integer, signal?: integer|string): nil
---@overload fun(self: moondock.APIClient, container: string|table<string, any>|moondock.Container, timeout?: integer, options?: moondock.APIClient.stop.options): nil
---@param container string|table<string, any>|moondock.Container The container: its name or id, or a map that holds its `Id`.
---@param options? moondock.APIClient.stop.options Arguments by name.
function APIClient:stop(container, options) end

---What `docker info` shows.
---@return table<string, any>
function APIClient:info() end

---The engine's events as a stream of maps.
---@overload fun(self: moondock.APIClient, since?: number|string, until_?: number|string, filters?: table<string, any>, decode?: boolean): moondock.Stream
---@overload fun(self: moondock.APIClient, since?: number|string, until_?: number|string, options?: moondock.APIClient.events.options): moondock.Stream
---@overload fun(self: moondock.APIClient, since?: number|string, options?: moondock.APIClient.events.options): moondock.Stream
---@param options? moondock.APIClient.events.options Arguments by name.
---@return moondock.Stream
function APIClient:events(options) end

---One of docker's contexts: an engine's address and how to speak with it, under a name.
---@class moondock.Context
---@field name string The name.
---@field Name string The name.
---@field Host string|nil The engine's address.
---@field description string|nil What it is for, in words.
---@field endpoints table<string, any> The addresses, by what they are for.
---@field Metadata table<string, any> All that the context's file says.
---@field TLSConfig table<string, any>|nil How to speak TLS with the engine, for a client's `tls`.
---@field TLSMaterial table<string, any> The names of the files for TLS.
---@field Storage table<string, any> Where it is stored.
local Context = {}

---What `docker context inspect` shows.
---@return table<string, any>
function Context:inspect() end

---Whether it is for a Docker Engine.
---@return boolean
function Context:is_docker_host() end

---Removes it. If it was the one in use, the default one is from then on.
function Context:remove() end

---What arrives piece by piece: an iterator for a `for` loop. It is closed at its end, by `close`, and when nothing refers to it any more.
---@class moondock.Stream
---@overload fun(): any
local Stream = {}

---Waits for the next item and gives it; nothing at the stream's end.
---@return any|nil
function Stream:next() end

---Gives the stream's bytes line by line, without line ends: a piece is not a line. The stream itself is used up.
---@return moondock.Stream
function Stream:lines() end

---Ends the stream and the request behind it.
function Stream:close() end

---@class moondock.Socket.send.options
---@field data? string|moondock.Stream|fun(): string? The bytes.

---The connection to a command in a container: its standard input and its output.
---@class moondock.Socket
local Socket = {}

---Writes bytes to the command's standard input.
---@overload fun(self: moondock.Socket, options: moondock.Socket.send.options): nil
---@param data string|moondock.Stream|fun(): string? The bytes.
function Socket:send(data) end

---Waits for the next piece of the command's output; nothing at its end.
---@return string|nil
function Socket:recv() end

---Ends the command's standard input. Its output can still be read.
function Socket:close_write() end

---The command's output as a stream.
---@return moondock.Stream
function Socket:output() end

---Ends the connection.
function Socket:close() end

---@class moondock.Error.is_a.options
---@field kind? string The kind's name, for example `APIError`.

---What went wrong. Its kinds are those of docker-py's `docker.errors`.
---@class moondock.Error
---@field kind string The kind, for example `NotFound`.
---@field message string What went wrong, in words.
---@field status_code integer|nil The HTTP status of the engine's answer.
---@field explanation string|nil The engine's own words.
---@field exit_status integer|nil The exit code of a `ContainerError`.
---@field stderr string|nil What the command of a `ContainerError` wrote to its standard error.
---@field container moondock.Container|nil The container of a `ContainerError`.
---@field command string|nil The command of a `ContainerError`, as a line.
---@field image string|nil The image of a `ContainerError`, as it was named.
---@field build_log any[] The progress before the failure of a `BuildError`.
---@field method string|nil The method that failed, for example `Container.start`.
---@field location string|nil Where in the script it was raised, for example `a.lua:3`.
local Error = {}

---Whether it is of a kind or of a special case of it: a `NotFound` is an `APIError` too.
---@overload fun(self: moondock.Error, options: moondock.Error.is_a.options): boolean
---@param kind string The kind's name, for example `APIError`.
---@return boolean
function Error:is_a(kind) end

---Whether the engine's answer had a status of 400 to 599.
---@return boolean
function Error:is_error() end

---Whether the engine's answer had a status of 400 to 499: the request was at fault.
---@return boolean
function Error:is_client_error() end

---Whether the engine's answer had a status of 500 to 599: the engine was at fault.
---@return boolean
function Error:is_server_error() end

---A hook, schedule or watch. The script lives as long as one of them is on.
---@class moondock.Registration
---@field active boolean Whether it is on.
local Registration = {}

---Ends it. A call of its handler that runs goes on to its end.
function Registration:off() end
