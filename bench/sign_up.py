"""How fast a form becomes a decision: 200 people and 50 places, and one person alone.

Beside both, a bare Django form: a GET, and a POST with a row lock, a place or the waiting list.
Our people do more: they carry the number of the press, leave a written yes and a letter in the
outbox, and whoever came too late is shown the form again and presses once more to stand in the
queue, as the bare form's people do at once. In the race the time ends when everyone has a place or
stands in the queue; alone, when the page after the press is read.
"""

import re
from collections.abc import Generator
from statistics import median

from bench.client import Answer, Load, Request, Visit, get, post, run
from bench.ground import PLACES, RACES, Ground, Server
from bench.results import Result

PEOPLE = 200
ALONE = 40
_SUBMISSION = re.compile(rb'name="submission" value="([0-9a-f-]{36})"')


def our_visit(server: Server, slug: str, number: str) -> Visit:
    answer = yield from our_decision(server, slug, number)
    answer = yield get(server.url, answer.header("Location"))
    assert answer.status == 200, answer.status


def our_decision(server: Server, slug: str, who: str) -> Generator[Request, Answer, Answer]:
    person = {"name": f"Kim {who}", "email": f"kim{who}@exempel.se", "consent": "on"}
    here = f"/aktiviteter/{slug}"
    answer = yield get(server.url, f"{here}/anmalan/")
    while answer.status != 303:
        number = _SUBMISSION.search(answer.body)
        assert number, f"{answer.status} without a form: {answer.body[:500]!r}"
        way = "ko" if b'action="%s/ko/"' % here.encode() in answer.body else "anmalan"
        person["submission"] = number.group(1).decode()
        answer = yield post(server.url, f"{here}/{way}/", **person)
    return answer


def bare_visit(server: Server, slug: str, number: str) -> Visit:
    path = f"/meetings/{slug}/"
    yield get(server.url, path)
    answer = yield post(server.url, path, name=f"Kim {number}", email=f"kim{number}@exempel.se")
    assert answer.status == 200, answer.status


def race(ground: Ground) -> list[Result]:
    ours, floors = [], []
    for number in range(RACES):
        pair = [(ours, ground.samvaro, our_decision), (floors, ground.bare, bare_visit)]
        for kept, server, visit in pair if number % 2 else reversed(pair):
            people = [visit(server, f"race-{number}", f"{number}-{n}") for n in range(PEOPLE)]
            kept.append(run(server.url, people))
    given = _given(ground)
    # The first race warms up.
    ours, floors = ours[1:], floors[1:]
    figures = {
        "decided_per_second": round(median(PEOPLE / load.seconds for load in ours)),
        "floor_decided_per_second": round(median(PEOPLE / load.seconds for load in floors)),
        "requests_each": round(len(ours[0].times) / PEOPLE, 2),
        "p50_ms": round(median(load.percentile(0.5) for load in ours) * 1000),
        "p95_ms": round(median(load.percentile(0.95) for load in ours) * 1000),
        "given": given,
        "exact": given == [PLACES] * RACES,
    }
    ratios = [floor.seconds / mine.seconds for mine, floor in zip(ours, floors, strict=True)]
    return [Result("signup_race", ">= 0.5", ratios, figures)]


def _given(ground: Ground) -> list[int]:
    """Places given in each race."""
    question = """
        SELECT count(*) FROM events_registration r JOIN events_event e ON e.id = r.event_id
        WHERE e.slug = %s AND r.state = 'confirmed'
    """
    return [ground.samvaro.ask(question, f"race-{number}") for number in range(RACES)]


def single(ground: Ground) -> list[Result]:
    """Form to confirmation, one after the other. The ratio is how many times the bare form's."""
    ours, floors = [], []
    for number in range(ALONE + 5):
        ours.append(_alone(ground.samvaro, our_visit(ground.samvaro, "single", f"s{number}")))
        floors.append(_alone(ground.bare, bare_visit(ground.bare, "single", f"s{number}")))
    # Both workers of both servers are warm by then.
    ours, floors = ours[5:], floors[5:]
    tenths = [slice(at, at + ALONE // 5) for at in range(0, ALONE, ALONE // 5)]
    ratios = [median(ours[part]) / median(floors[part]) for part in tenths]
    figures = {
        "ms": round(median(ours) * 1000, 1),
        "floor_ms": round(median(floors) * 1000, 1),
        "p95_ms": round(sorted(ours)[int(ALONE * 0.95)] * 1000, 1),
    }
    return [Result("signup_single", "<= 4.0", ratios, figures)]


def _alone(server: Server, visit: Visit) -> float:
    load: Load = run(server.url, [visit])
    return load.seconds
