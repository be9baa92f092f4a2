"""A light browser on bare sockets: kept-alive connections, answers read to their last byte.

It is told by the operating system which socket has something to say, so one process asks thousands
of times a second and takes little from the machine that the servers run on too.
"""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

# How long one answer may take, in seconds.
PATIENCE = 60.0


@dataclass(frozen=True)
class Request:
    raw: bytes


@dataclass
class Answer:
    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        for line in self.head.split(b"\r\n")[1:]:
            key, _, value = line.partition(b":")
            if key.strip().lower() == name.lower().encode():
                return value.strip().decode()
        return ""


# A visit is a generator: it yields what to ask, and is sent the answer.
Visit = Generator[Request, Answer, None]


@dataclass
class Load:
    """What came back: so many answers in so many seconds, and how long each took."""

    seconds: float
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    body_bytes: int = 0

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Connection:
    """One kept-alive connection and the visitor on it."""

    def __init__(self, address: tuple[str, int], visit: Visit) -> None:
        self.socket = socket.create_connection(address, timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.visit = visit
        self._heard = b""
        self._wanted: int | None = None
        self.asked_at = 0.0
        self.started_at = 0.0
        self.ended_at = 0.0

    def begin(self) -> None:
        self.started_at = time.perf_counter()
        self._ask(next(self.visit))

    def _ask(self, request: Request) -> None:
        self.asked_at = time.perf_counter()
        self.socket.sendall(request.raw)

    def hear(self) -> Answer | None:
        """What has arrived; the answer when it is whole."""
        data = self.socket.recv(262_144)
        if not data:
            raise ConnectionError(f"the server hung up after {self._heard[:200]!r}")
        self._heard += data
        if self._wanted is None:
            end = self._heard.find(b"\r\n\r\n")
            if end < 0:
                return None
            self._wanted = end + 4 + _length_of_body(self._heard[:end])
        if len(self._heard) < self._wanted:
            return None
        head, _, body = self._heard[: self._wanted].partition(b"\r\n\r\n")
        self._heard, self._wanted = self._heard[self._wanted :], None
        return Answer(int(head[9:12]), head, body)

    def go_on(self, answer: Answer) -> bool:
        """Give the visitor the answer. False when they have nothing more to ask."""
        try:
            self._ask(self.visit.send(answer))
        except StopIteration:
            self.ended_at = time.perf_counter()
            return False
        return True


def _length_of_body(head: bytes) -> int:
    lower = head.lower()
    at = lower.find(b"\r\ncontent-length:")
    if at < 0:
        if head[9:12] in (b"304", b"204"):
            return 0
        raise ValueError(f"an answer without a length: {head[:300]!r}")
    return int(lower[at + 17 :].split(b"\r\n", 1)[0])


def get(url: str, path: str, **headers: str) -> Request:
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return Request(f"GET {path} HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\n{more}\r\n".encode())


def post(url: str, path: str, **fields: str) -> Request:
    body = urlencode(fields)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return Request((head + body).encode())


def ask_for(url: str, request: Request, *, connections: int, seconds: float) -> Load:
    """The same request again and again on so many connections, for so long."""

    def again() -> Visit:
        while True:
            yield request

    return run(url, [again() for _ in range(connections)], seconds=seconds)


def run(url: str, visits: list[Visit], *, seconds: float | None = None) -> Load:
    """All of these visitors at once, until each is done or the seconds are over."""
    at = urlsplit(url)
    address = (at.hostname or "", at.port or 80)
    open_ones = [Connection(address, visit) for visit in visits]
    load = Load(0)
    with selectors.DefaultSelector() as selector:
        for one in open_ones:
            selector.register(one.socket, selectors.EVENT_READ, one)
        began = time.perf_counter()
        for one in open_ones:
            one.begin()
        _listen(selector, load, stop_at=began + seconds if seconds else None)
        load.seconds = time.perf_counter() - began
    for one in open_ones:
        one.socket.close()
    return load


def _listen(selector: selectors.BaseSelector, load: Load, *, stop_at: float | None) -> None:
    while selector.get_map():
        ready = selector.select(PATIENCE)
        if not ready:
            raise TimeoutError("no answer")
        for key, _events in ready:
            one: Connection = key.data
            answer = one.hear()
            if answer is None:
                continue
            now = time.perf_counter()
            load.times.append(now - one.asked_at)
            load.statuses[answer.status] += 1
            load.body_bytes += len(answer.body)
            if not one.go_on(answer):
                selector.unregister(one.socket)
        if stop_at is not None and time.perf_counter() >= stop_at:
            return
