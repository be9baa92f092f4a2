"""Whether somebody answers at an address that is not ours. Asked by the worker, never by a page.

An editor types the address, so it may lead anywhere: only http and https, on their own ports, to
addresses of the open internet. What a name leads to is looked up once and that is where we go, also
after each redirect. Nothing is read, nothing is sent along.
"""

import http.client
import ipaddress
import socket
import ssl
from enum import Enum
from urllib.parse import urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
# Seconds for one question, and how many others it may send us on to.
PATIENCE, HOPS = 6.0, 4
GONE = {404, 410}
# Answers of a server that does not like the question, and says nothing about the page.
ASK_AGAIN_WITH_GET = {400, 403, 405, 406, 501}


class Answer(Enum):
    ANSWERS = "answers"
    DEAD = "dead"
    UNSURE = "unsure"
    REFUSED = "refused"


class NotForUs(Exception):
    """An address that we do not go to."""


class NoSuchPlace(Exception):
    """The name leads nowhere."""


def ask(address: str) -> Answer:
    """One address, to the end of its redirects."""
    try:
        for _hop in range(HOPS):
            status, onward = _status(address)
            if not onward:
                return _meaning(status)
            address = urljoin(address, onward)
    except NotForUs:
        return Answer.REFUSED
    except NoSuchPlace:
        return Answer.DEAD
    except (OSError, http.client.HTTPException, ValueError):
        pass
    return Answer.UNSURE


def _meaning(status: int) -> Answer:
    if status in GONE:
        return Answer.DEAD
    return Answer.ANSWERS if status < 400 else Answer.UNSURE


def _status(address: str) -> tuple[int, str]:
    """The answer's number, and where it sends us on to."""
    status, onward = _request("HEAD", address)
    if status in GONE | ASK_AGAIN_WITH_GET:
        status, onward = _request("GET", address)
    return status, onward


def _request(method: str, address: str) -> tuple[int, str]:
    parts = urlsplit(address)
    host, scheme = parts.hostname or "", parts.scheme
    if scheme not in PORTS or not host or (parts.port or PORTS[scheme]) != PORTS[scheme]:
        raise NotForUs
    if parts.username or parts.password:
        raise NotForUs
    line = _connect(scheme, host)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request(method, path.encode("ascii", "ignore").decode(), headers={"Accept": "*/*"})
        answer = line.getresponse()
        sends_on = answer.status in (301, 302, 303, 307, 308)
        return answer.status, (answer.getheader("Location") or "") if sends_on else ""
    finally:
        line.close()


def _connect(scheme: str, host: str) -> http.client.HTTPConnection:
    """A connection to the very place that was looked up: no name is asked for twice."""
    name = host.encode("idna").decode()
    sock = socket.create_connection((open_address(name, PORTS[scheme]), PORTS[scheme]), PATIENCE)
    line = http.client.HTTPConnection(name, timeout=PATIENCE)
    if scheme == "https":
        sock = ssl.create_default_context().wrap_socket(sock, server_hostname=name)
    line.sock = sock
    return line


def open_address(name: str, port: int) -> str:
    """Where the name leads. All of its addresses must be open to the world."""
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno == socket.EAI_AGAIN:
            raise
        raise NoSuchPlace from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(is_open(one) for one in addresses):
        raise NotForUs
    return addresses[0]


def is_open(address: str) -> bool:
    """Not this machine, not a house's own net, not a cloud's door for its machines."""
    place = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(place, "ipv4_mapped", None) or getattr(place, "sixtofour", None)
    return place.is_global and not place.is_multicast and (inner is None or inner.is_global)
