"""Writes down docker-py's surface as JSON: what a program can name, and what each call takes.

Usage: record.py

A path is what a user writes: `docker.types.Mount`, `docker.from_env`; members of models and of the two clients stand
behind their class's name alone: `Container.stop`. A parameter without `by_name` can also be given by its place.
"""

import ast
import builtins
import importlib
import inspect
import json
import pkgutil
import textwrap

import docker
import docker.models
from docker.api.client import APIClient
from docker.client import DockerClient
from docker.models import containers, services
from docker.types import containers as container_types

# The modules whose names users write.
MODULES = ["docker", "docker.context", "docker.errors", "docker.tls", "docker.types", "docker.utils"]


def own(value):
    """Whether docker-py defines it."""
    return getattr(value, "__module__", "").split(".")[0] == "docker"


def public(names):
    return sorted(name for name in names if not name.startswith("_"))


# What calls take.


def parameter(name, default=inspect.Parameter.empty, by_name=False):
    described = {"name": name}
    if by_name:
        described["by_name"] = True
    if default is inspect.Parameter.empty:
        described["required"] = True
        return described
    try:
        json.dumps(default)
        described["default"] = default
    except TypeError:
        described["default"] = repr(default)
    return described


def by_name(params):
    """The parameters where they can only be given by name."""
    return [{**param, "by_name": True} for param in params]


def rest_of(function, *given):
    """A function's parameters without those that are given already."""
    return lambda: [param for param in params_of(function) if param["name"] not in given]


def pick(names, function):
    """Of a function's parameters those in one of docker-py's own lists. What it needs is given it by the caller."""
    known = {param["name"]: param for param in params_of(function)}
    return [parameter(name, known[name].get("default"), True) for name in names]


def popped(function, *without):
    """What a function takes out of its `kwargs` by name, with its defaults."""
    found = {}
    scope = {**vars(builtins), **inspect.unwrap(function).__globals__}

    def read(node):
        """Whether it takes something out of `kwargs`, and if so the default."""
        takes = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("get", "pop")
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "kwargs"
            and isinstance(node.args[0], ast.Constant)
        )
        if not takes:
            return False, None
        default = None
        found.setdefault(node.args[0].value, None)
        if len(node.args) > 1:
            inner, default = read(node.args[1])
            if not inner:
                default = eval(compile(ast.Expression(node.args[1]), "default", "eval"), scope)
        found[node.args[0].value] = default
        return True, default

    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        read(node)
    return [parameter(name, default, True) for name, default in found.items() if name not in without]


def created():
    """The keywords of `containers.create`."""
    params = pick(containers.RUN_CREATE_KWARGS, APIClient.create_container)
    params += pick(containers.RUN_HOST_CONFIG_KWARGS, docker.types.HostConfig)
    return params + popped(containers._create_container_args)


def service(*without):
    """The keywords of `services.create` and `Service.update`."""
    params = pick(services.CREATE_SERVICE_KWARGS, APIClient.create_service)
    params += pick(services.CONTAINER_SPEC_KWARGS, docker.types.ContainerSpec)
    params += pick(services.TASK_TEMPLATE_KWARGS, docker.types.TaskTemplate)
    params += pick(services.PLACEMENT_KWARGS, docker.types.Placement)
    return params + popped(services._get_create_service_kwargs, *without)


# What stands behind `**kwargs` and `*args`.
BEHIND = {
    DockerClient.__init__: rest_of(APIClient),
    DockerClient.from_env.__func__: lambda: popped(DockerClient.from_env),
    DockerClient.from_context.__func__: lambda: popped(DockerClient.from_context) + params_of(APIClient),
    DockerClient.events: rest_of(APIClient.events),
    DockerClient.info: rest_of(APIClient.info),
    DockerClient.login: rest_of(APIClient.login),
    DockerClient.ping: rest_of(APIClient.ping),
    DockerClient.version: rest_of(APIClient.version),
    APIClient.create_container_config: rest_of(docker.types.ContainerConfig, "version"),
    # `version` is refused there.
    APIClient.create_host_config: rest_of(docker.types.HostConfig, "version"),
    APIClient.create_networking_config: rest_of(docker.types.NetworkingConfig),
    APIClient.create_endpoint_config: rest_of(docker.types.EndpointConfig, "version"),
    APIClient.create_swarm_spec: lambda: (
        rest_of(docker.types.SwarmSpec, "version")() + popped(APIClient.create_swarm_spec)
    ),
    # Anything more is refused.
    APIClient.start: list,
    containers.Container.attach: rest_of(APIClient.attach, "container"),
    containers.Container.attach_socket: rest_of(APIClient.attach_socket, "container"),
    containers.Container.commit: rest_of(APIClient.commit, "container"),
    containers.Container.logs: rest_of(APIClient.logs, "container"),
    containers.Container.remove: rest_of(APIClient.remove_container, "container"),
    containers.Container.restart: rest_of(APIClient.restart, "container"),
    containers.Container.start: rest_of(APIClient.start, "container"),
    containers.Container.stats: rest_of(APIClient.stats, "container"),
    containers.Container.stop: rest_of(APIClient.stop, "container"),
    containers.Container.top: rest_of(APIClient.top, "container"),
    containers.Container.update: rest_of(APIClient.update_container, "container"),
    containers.Container.wait: rest_of(APIClient.wait, "container"),
    containers.ContainerCollection.run: lambda: created() + popped(containers.ContainerCollection.run),
    containers.ContainerCollection.create: created,
    docker.models.images.Image.tag: rest_of(APIClient.tag, "image"),
    docker.models.images.ImageCollection.build: rest_of(APIClient.build),
    # `stream` is taken out with a warning.
    docker.models.images.ImageCollection.pull: rest_of(APIClient.pull, "stream"),
    docker.models.images.ImageCollection.push: rest_of(APIClient.push),
    docker.models.images.ImageCollection.remove: rest_of(APIClient.remove_image),
    docker.models.images.ImageCollection.search: rest_of(APIClient.search),
    docker.models.images.ImageCollection.prune_builds: rest_of(APIClient.prune_builds),
    docker.models.networks.Network.connect: rest_of(APIClient.connect_container_to_network, "container", "net_id"),
    docker.models.networks.Network.disconnect: rest_of(
        APIClient.disconnect_container_from_network, "container", "net_id"
    ),
    docker.models.networks.NetworkCollection.create: rest_of(APIClient.create_network, "name"),
    docker.models.networks.NetworkCollection.get: rest_of(APIClient.inspect_network, "net_id"),
    docker.models.networks.NetworkCollection.list: lambda: (
        params_of(APIClient.networks) + popped(docker.models.networks.NetworkCollection.list)
    ),
    docker.models.configs.ConfigCollection.create: rest_of(APIClient.create_config),
    docker.models.configs.ConfigCollection.list: rest_of(APIClient.configs),
    docker.models.secrets.SecretCollection.create: rest_of(APIClient.create_secret),
    docker.models.secrets.SecretCollection.list: rest_of(APIClient.secrets),
    docker.models.nodes.NodeCollection.list: rest_of(APIClient.nodes),
    services.Service.update: service,
    services.Service.logs: rest_of(APIClient.service_logs, "service", "is_tty"),
    services.ServiceCollection.create: lambda: service("force_update", "fetch_current_spec"),
    services.ServiceCollection.list: rest_of(APIClient.services),
    docker.models.swarm.Swarm.init: rest_of(APIClient.create_swarm_spec),
    docker.models.swarm.Swarm.join: rest_of(APIClient.join_swarm),
    docker.models.swarm.Swarm.leave: rest_of(APIClient.leave_swarm),
    docker.models.swarm.Swarm.update: rest_of(APIClient.create_swarm_spec),
    docker.models.volumes.VolumeCollection.create: rest_of(APIClient.create_volume, "name"),
    docker.models.volumes.VolumeCollection.list: rest_of(APIClient.volumes),
    container_types.DeviceRequest.__init__: lambda: popped(container_types.DeviceRequest.__init__),
    container_types.LogConfig.__init__: lambda: popped(container_types.LogConfig.__init__),
    container_types.Ulimit.__init__: lambda: popped(container_types.Ulimit.__init__),
    docker.types.Healthcheck.__init__: lambda: popped(docker.types.Healthcheck.__init__),
    # These only say that they are gone.
    docker.utils.create_ipam_config: list,
    docker.utils.create_ipam_pool: list,
    docker.utils.create_host_config: list,
}
BEHIND = {inspect.unwrap(function): params for function, params in BEHIND.items()}


def params_of(function):
    """The parameters of a call, those behind `*args` and `**kwargs` included."""
    if inspect.isclass(function):
        if not own(function.__init__) or not inspect.isfunction(function.__init__):
            return []
        function = function.__init__
    params, open_places, open_names = [], False, False
    for name, found in inspect.signature(inspect.unwrap(function)).parameters.items():
        if name in ("self", "cls"):
            continue
        if found.kind is found.VAR_POSITIONAL:
            open_places = True
        elif found.kind is found.VAR_KEYWORD:
            open_names = True
        else:
            params.append(parameter(name, found.default, found.kind is found.KEYWORD_ONLY))
    if not open_places and not open_names:
        return params
    plain = inspect.unwrap(getattr(function, "__func__", function))
    if plain not in BEHIND:
        raise KeyError(f"{plain.__qualname__}: say in BEHIND what its `kwargs` are")
    behind = BEHIND[plain]()
    known = {param["name"] for param in params}
    for param in behind if open_places else by_name(behind):
        if param["name"] not in known:
            known.add(param["name"])
            params.append(param)
    return params


# What can be named.

surface = {}


def put(path, described):
    if surface.setdefault(path, described) != described:
        raise ValueError(f"{path} is two things")


def callable_(path, function):
    put(path, {"params": params_of(function)})


def constant(path, value):
    if isinstance(value, (str, int, float)):
        put(path, {"value": value})
    else:
        put(path, {})


def attributes(cls):
    """The public attributes that a class's constructor sets."""
    body = ast.parse(textwrap.dedent(inspect.getsource(cls.__init__)))
    for node in ast.walk(body):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if isinstance(node.value, ast.Name) and node.value.id == "self":
                yield node.attr


def members(path, cls):
    """Writes down the members of a class, those of its bases included."""
    seen = set(public(getattr(cls, "_fields", ())))
    for base in cls.__mro__:
        if not own(base) or base is cls and hasattr(cls, "_fields"):
            continue
        if inspect.isfunction(base.__dict__.get("__init__")):
            seen.update(public(attributes(base)))
        seen.update(public(vars(base)))
    if cls is APIClient:
        # It comes from requests, and `DockerClient.close` hands on to it.
        seen.add("close")
    for name in sorted(seen):
        member = f"{path}.{name}"
        value = inspect.getattr_static(cls, name, None)
        if isinstance(value, (staticmethod, classmethod)) or inspect.isfunction(value):
            callable_(member, getattr(cls, name))
        elif inspect.isclass(value) and own(value) and not issubclass(value, docker.models.resource.Model):
            put(member, {})
            members(member, value)
        elif isinstance(value, property) or value is None or inspect.isclass(value):
            put(member, {})
        else:
            constant(member, value)


def exported(module):
    """What a module exports."""
    return {name: vars(module)[name] for name in public(vars(module)) if own(vars(module)[name])}


def main():
    put("docker.__version__", {"value": docker.__version__})
    for module in map(importlib.import_module, MODULES):
        for name, value in exported(module).items():
            path = f"{module.__name__}.{name}"
            if not inspect.isclass(value):
                callable_(path, value)
            elif issubclass(value, Exception):
                if value.__module__ == "docker.errors":
                    bases = [base.__name__ for base in value.__mro__[1:] if own(base)]
                    put(path, {"bases": bases})
                    members(path, value)
            else:
                callable_(path, value)
                if value not in (APIClient, DockerClient):
                    members(path, value)
    members("DockerClient", DockerClient)
    members("APIClient", APIClient)
    for part in pkgutil.iter_modules(docker.models.__path__):
        part = importlib.import_module(f"docker.models.{part.name}")
        for name, value in vars(part).items():
            if inspect.isclass(value) and value.__module__ == part.__name__ and not name.startswith("_"):
                members(name, value)
    lines = (f"  {json.dumps(path)}: {json.dumps(surface[path])}" for path in sorted(surface))
    print(f'{{\n "docker_py": {json.dumps(docker.__version__)},\n "surface": {{\n' + ",\n".join(lines) + "\n }\n}")


if __name__ == "__main__":
    main()
