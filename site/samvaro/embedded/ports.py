"""Ports on 127.0.0.1 for servers that a person never has to know the address of."""

import random
import socket

HOST = "127.0.0.1"
# Linux takes the ports of outgoing connections from 32768 and up: a server there is at their mercy.
LOWEST, HIGHEST = 20_000, 32_767


def is_free(port: int, host: str = HOST) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the servers do it: connections that are just being closed do not count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def pick(remembered: int | None = None) -> int:
    """The remembered port when it is still free, else another one."""
    if remembered and is_free(remembered):
        return remembered
    while True:
        port = random.randint(LOWEST, HIGHEST)  # noqa: S311 -- no secret
        if is_free(port):
            return port


def next_free(first: int) -> int:
    """The first free port from this one and up."""
    for port in range(first, 65_536):
        if is_free(port):
            return port
    raise OSError(f"no free port from {first} and up")
