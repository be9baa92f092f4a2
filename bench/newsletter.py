"""How fast a newsletter leaves, with a row for each copy that is claimed before it is sent.

Beside it a bare smtplib loop with the same bytes, no rows and no claims. Where the mail server
answers after 20 ms, ours on ten connections beside the same loop on one. And the memory of a sender
with a thousand and with a hundred thousand readers.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from bench.ground import Ground, Server
from bench.results import Result
from samvaro.environment import ROOT

LETTERS, WORKERS, ROUNDS = 10_000, 2, 3
# With 20 ms an answer a bare loop takes 80 ms a letter.
DELAY, CONNECTIONS = 20, 10
SLOW_LETTERS, SLOW_FLOOR = 10_000, 60
FEW, MANY = 1_000, 100_000
# Seconds that a process may take to begin.
TO_BEGIN = 8


@contextmanager
def mail_server(server: Server, *, delay: int = 0, connections: int = 1) -> Iterator[Server]:
    """Our side, with a mail server of its own in a process of its own."""
    command = [sys.executable, "-m", "bench.sink", str(delay)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as sink:
        assert sink.stdout is not None
        port = sink.stdout.readline().strip()
        more = {
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "NEWSLETTER_RATE": "0",
            "NEWSLETTER_CONNECTIONS": str(connections),
        }
        try:
            yield replace(server, environment=server.environment | more)
        finally:
            sink.kill()


def ask(server: Server, what: str, argument: float) -> dict[str, Any]:
    said = server.run("bench.newsletter_scene", what, str(argument))
    return dict(json.loads(said.splitlines()[-1]))


def side_by_side(server: Server, workers: int) -> list[dict[str, Any]]:
    at = time.time() + TO_BEGIN
    with ThreadPoolExecutor(workers) as together:
        return list(together.map(lambda _: ask(server, "send", at), range(workers)))


def newsletter(ground: Ground) -> list[Result]:
    ratios, ours, floors = [], [], []
    with mail_server(ground.samvaro, connections=WORKERS) as server:
        for _ in range(ROUNDS):
            ask(server, "fill", LETTERS)
            floor = ask(server, "floor", LETTERS)
            found = side_by_side(server, WORKERS)
            assert sum(one["number"] for one in found) == LETTERS
            first, last = min(one["begun"] for one in found), max(one["ended"] for one in found)
            ours.append(LETTERS / (last - first))
            floors.append(LETTERS / floor["seconds"])
            ratios.append(ours[-1] / floors[-1])
    figures = {
        "letters_per_second": round(sorted(ours)[ROUNDS // 2]),
        "floor_letters_per_second": round(sorted(floors)[ROUNDS // 2]),
        "bytes": floor["bytes"],
    }
    return [Result("newsletter", ">= 2.0", ratios, figures)]


def latency(ground: Ground) -> list[Result]:
    ratios, ours = [], []
    with mail_server(ground.samvaro, delay=DELAY, connections=CONNECTIONS) as server:
        for _ in range(ROUNDS):
            ask(server, "fill", SLOW_LETTERS)
            floor = ask(server, "floor", SLOW_FLOOR)
            found = ask(server, "together", time.time() + TO_BEGIN)
            assert found["number"] == SLOW_LETTERS
            ours.append(SLOW_LETTERS / found["seconds"])
            ratios.append(ours[-1] / (SLOW_FLOOR / floor["seconds"]))
    figures = {"letters_per_second": round(sorted(ours)[ROUNDS // 2]), "connections": CONNECTIONS}
    return [Result("newsletter_latency", ">= 30.0", ratios, figures)]


def memory(ground: Ground) -> list[Result]:
    peaks = {}
    with mail_server(ground.samvaro) as server:
        for number in (FEW, MANY):
            ask(server, "fill", number)
            found = ask(server, "send", time.time() + TO_BEGIN)
            assert found["number"] == number
            peaks[number] = found["peak_kb"]
    figures = {f"peak_mb_{number}": round(peak / 1024, 1) for number, peak in peaks.items()}
    return [Result("newsletter_memory", "<= 1.1", [peaks[MANY] / peaks[FEW]], figures)]
