"""Where the demo answers: a port that is held from the start, and whether somebody is at home."""

import http.client
import os
import socket
from urllib.parse import urlsplit

from samvaro.demo.telling import say
from samvaro.embedded import ports

PORT = 8000


def take_port() -> socket.socket:
    """PORT, or the next free one. Nobody can take it while the database is being prepared."""
    asked = os.environ.get("PORT") or str(PORT)
    if not (asked.isdecimal() and 0 < int(asked) < 65_536):
        raise SystemExit(f"PORT must be a number from 1 to 65535, not {asked!r}.")
    wanted = port = int(asked)
    while True:
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((ports.HOST, port))
            listener.listen(128)
        except OSError as refused:
            listener.close()
            reason, port = refused.strerror, ports.next_free(port + 1)
            continue
        if port != wanted:
            say(f"  Port {wanted} cannot be used ({reason}); taking {port} instead.")
        return listener


def answer(url: str, path: str, *, patience: float) -> int | None:
    """The status of the page at this address, or None while nobody answers within the seconds."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=patience)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
