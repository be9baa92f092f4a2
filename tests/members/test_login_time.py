"""Not even a clock can tell who has an account (ENU-2)."""

import http.client
import itertools
import math
import statistics
import time
from urllib.parse import urlencode, urlsplit

import pytest

from tests.factories import UserFactory

# Requests of each kind in one round, and rounds: chance alone separates one in a hundred.
EACH, ROUNDS = 40, 3
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


def seconds(host: str, port: int, address: str, source: str) -> float:
    """From the press to the whole answer, over a connection that stands already."""
    visitor = http.client.HTTPConnection(host, port, source_address=(source, 0), timeout=20)
    visitor.connect()
    start = time.perf_counter()
    visitor.request("POST", "/logga-in/", urlencode({"email": address}), FORM)
    answer = visitor.getresponse()
    answer.read()
    took = time.perf_counter() - start
    visitor.close()
    assert answer.status == 303
    return took


def chance(one: list[float], other: list[float]) -> float:
    """The probability that two samples of the same kind differ as much (Mann-Whitney, two-sided)."""
    wins = sum((a > b) + 0.5 * (a == b) for a, b in itertools.product(one, other))
    n, m = len(one), len(other)
    spread = math.sqrt(n * m * (n + m + 1) / 12)
    return math.erfc(abs(wins - n * m / 2) / spread / math.sqrt(2))


def alike(ratio: float, by_chance: float) -> bool:
    return 0.8 <= ratio <= 1.25 and by_chance > 0.01


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_known_and_an_unknown_address_take_the_same_time(live_server):
    where = urlsplit(live_server.url)
    known = [UserFactory(email=f"k{n:03}@exempel.se").email for n in range(EACH)]
    sources = (f"127.0.{third}.{last}" for third in range(1, 9) for last in range(1, 250))
    for warm in range(6):
        seconds(where.hostname, where.port, f"w{warm}@exempel.se", next(sources))
    rounds: list[tuple[float, float]] = []
    while len(rounds) < ROUNDS and not any(alike(*one) for one in rounds):
        number = len(rounds)
        times: dict[bool, list[float]] = {True: [], False: []}
        for turn, address in enumerate(known):
            pair = [(True, address), (False, f"o{number}{turn:02}@exempel.se")]
            for is_known, to in pair if turn % 2 else reversed(pair):
                took = seconds(where.hostname, where.port, to, next(sources))
                times[is_known].append(took)
        ratio = statistics.median(times[True]) / statistics.median(times[False])
        rounds.append((round(ratio, 3), round(chance(times[True], times[False]), 4)))
    assert any(alike(*one) for one in rounds), rounds
    print("known/unknown, chance:", rounds)  # noqa: T201 -- for who measures
