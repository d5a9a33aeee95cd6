"""Makes the calls of the neutral cases with docker-py.

Usage: record.py SOCKET CASES CONTEXTS

The engine at SOCKET is told of each case before its first call, and records what it is asked.
"""

import base64
import json
import pathlib
import socket
import sys
import traceback

import docker


def tell(address, name, scenario):
    """Tells the engine that the next case begins."""
    body = json.dumps(scenario).encode()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(30)
        connection.connect(address)
        head = f"POST /__case/{name} HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(64)
    if not answer.startswith(b"HTTP/1.1 204 "):
        raise RuntimeError(f"the engine did not take the case {name}: {answer!r}")


def python_value(value, results, contexts):
    """Turns a neutral value into Python's."""

    def turn(inner):
        return python_value(inner, results, contexts)

    if isinstance(value, list):
        return [turn(item) for item in value]
    if not isinstance(value, dict):
        return value
    notation = next((key for key in value if key.startswith("$")), None)
    if notation is None:
        return {key: turn(item) for key, item in value.items()}
    inner = value[notation]
    if notation == "$tuple":
        return tuple(turn(item) for item in inner)
    if notation == "$bytes":
        return base64.b64decode(inner)
    if notation == "$path":
        return str(contexts / inner)
    if notation == "$ref":
        return results[inner]
    if notation == "$dict":
        return {turn(key): turn(item) for key, item in inner}
    if notation == "$type":
        return getattr(docker.types, inner)(**turn(value["kwargs"]))
    raise ValueError(f"unknown notation: {notation}")


def perform(step, results, contexts):
    """Makes one call, or reads one property."""
    target = results[step.get("on", "client")]
    if "get" in step:
        result = getattr(target, step["get"])
    else:
        for name in step["call"].split("."):
            target = getattr(target, name)
        arguments = python_value(step.get("args", []), results, contexts)
        keywords = python_value(step.get("kwargs", {}), results, contexts)
        result = target(*arguments, **keywords)
    if "item" in step:
        result = result[step["item"]]
    drain = step.get("drain")
    if drain:
        for _ in result if drain is True else getattr(result, drain):
            pass
    if "as" in step:
        results[step["as"]] = result


def run(case, address, contexts):
    """Makes all calls of a case."""
    client = docker.DockerClient(base_url=f"unix://{address}", timeout=30, **case.get("client", {}))
    try:
        results = {"client": client}
        for step in case["steps"]:
            expected = step.get("raises")
            if expected is None:
                perform(step, results, contexts)
                continue
            try:
                perform(step, results, contexts)
            except getattr(docker.errors, expected):
                continue
            raise RuntimeError(f"no {expected} was raised by {step}")
    finally:
        client.close()


def main():
    address, cases, contexts = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    failed = 0
    for file in sorted(cases.glob("*.json")):
        for case in json.loads(file.read_text()):
            name = f"{file.stem}/{case['name']}"
            tell(address, name, case.get("scenario", {}))
            try:
                run(case, address, contexts)
            except Exception:
                failed += 1
                print(f"{name} failed:", file=sys.stderr)
                traceback.print_exc()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
