"""How fast the public pages are: made anew, and from the cache.

Made anew, beside a minimal Wagtail home. From the cache, beside a bare Django view that is served
from Django's page cache in the same Valkey. The two sides take turns, so that a machine that grows
slower or faster in between is fair to both.
"""

from statistics import median

from bench.client import Load, ask_for, get, run
from bench.ground import Ground, Server
from bench.results import Result

ROUNDS = 5
SECONDS = 2.0
CONNECTIONS = 8
# A question that no page knows: such a visit is answered with a page made anew.
ANEW = "?anew=1"


def page(ground: Ground, name: str, path: str) -> list[Result]:
    statements = ground.statements(path + ANEW)[path + ANEW]
    anew = _compare(
        (ground.samvaro, path + ANEW), (ground.wagtail_home, "/"), name=name, aim=">= 1.0"
    )
    anew.figures["statements"] = statements
    cached = _compare(
        (ground.samvaro, path), (ground.bare, "/page/"), name=f"{name}_cached", aim=">= 0.5"
    )
    cached.figures["304"] = _is_known(ground.samvaro, path)
    return [anew, cached]


Target = tuple[Server, str]


def _compare(ours: Target, floor: Target, *, name: str, aim: str) -> Result:
    for target in (ours, floor):
        _load(target, seconds=1.0)
    rounds = []
    for number in range(ROUNDS):
        if number % 2:
            theirs, mine = _load(floor), _load(ours)
        else:
            mine, theirs = _load(ours), _load(floor)
        rounds.append((mine, theirs))
    figures = {
        "per_second": round(median(mine.per_second for mine, _ in rounds)),
        "floor_per_second": round(median(theirs.per_second for _, theirs in rounds)),
        "p50_ms": round(median(mine.percentile(0.5) for mine, _ in rounds) * 1000, 1),
        "p95_ms": round(median(mine.percentile(0.95) for mine, _ in rounds) * 1000, 1),
        "bytes": rounds[0][0].body_bytes // len(rounds[0][0].times),
        "floor_bytes": rounds[0][1].body_bytes // len(rounds[0][1].times),
    }
    return Result(
        name, aim, [mine.per_second / theirs.per_second for mine, theirs in rounds], figures
    )


def _load(target: Target, seconds: float = SECONDS) -> Load:
    server, path = target
    load = ask_for(server.url, get(server.url, path), connections=CONNECTIONS, seconds=seconds)
    if set(load.statuses) != {200}:
        raise RuntimeError(f"{server.name}{path} answers {dict(load.statuses)}")
    return load


def _is_known(server: Server, path: str) -> bool:
    """Whether a browser that has the page is told so instead of being sent it again."""
    known = []

    def visit():  # type: ignore[no-untyped-def]  # a generator of two questions
        first = yield get(server.url, path)
        again = yield get(server.url, path, If_None_Match=first.header("ETag"))
        known.append(again.status == 304 and not again.body)

    run(server.url, [visit()])
    return known[0]
