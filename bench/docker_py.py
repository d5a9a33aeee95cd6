"""Does one piece of work with docker-py, and prints how many seconds that took: docker_py.py WORK SOCKET [SUBJECT]."""

import sys
import time

import docker

PINGS = 1000


def work(client, name, subject):
    if name == "ping":
        return sum(client.ping() for _ in range(PINGS))
    if name == "list":
        return len(client.containers.list(all=True))
    if name == "events":
        return sum(event["Type"] == "container" for event in client.events(decode=True))
    if name == "logs":
        return len(client.containers.get(subject).logs())
    if name == "frames":
        return sum(len(piece) for piece in client.containers.get(subject).logs(stream=True))
    if name == "lines":
        count, rest = 0, b""
        for piece in client.containers.get(subject).logs(stream=True):
            *lines, rest = (rest + piece).split(b"\n")
            count += sum(map(len, lines))
        return count
    if name == "save":
        return sum(len(chunk) for chunk in client.images.get("saved").save())
    if name == "build":
        return len(list(client.api.build(path=subject, tag="built", decode=True)))
    raise SystemExit(f"unknown work {name}")


started = time.perf_counter()
client = docker.DockerClient(base_url=f"unix://{sys.argv[2]}", version="auto", timeout=600)
count = work(client, sys.argv[1], sys.argv[3] if len(sys.argv) > 3 else None)
print(time.perf_counter() - started, count)
