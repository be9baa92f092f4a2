"""The register beside its floors, in one process: python -m bench.register_scene NUMBER

Prints one line of JSON: for each benchmark the seconds of ours and of the floor, round by round.
"""

import csv
import io
import json
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

ROUNDS, VISITS = 3, 4
ROWS = 10_000
# The kind of membership that one in ten has: of 100 000 persons so many rows.
TENTH = "tenth"
FIRST = ("Anna", "Åsa", "Kim", "Bo", "Eva", "Lars", "Märta", "Östen", "Sara", "Nils")
LAST = ("Andersson", "Öberg", "Lind", "Ek", "Sjöström", "Åkerlund", "Berg", "Hägg", "Wallin", "Al")


def main(number: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.floor.register.settings"
    import django

    django.setup()
    _fill(number)
    found = {
        "register_list": _page("/admin/medlemmar/", "/floor/members/person/"),
        "register_search": _page(
            "/admin/medlemmar/?q=osten+sjostrom+4242", "/floor/members/person/?q=Östen+4242"
        ),
        "register_export": _export(),
        "register_import": _import(),
    }
    print(json.dumps(found))


def _fill(number: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from members.models import Membership, MembershipType, Person

    kind, tenth = (
        MembershipType.objects.get_or_create(key=key, defaults={"name": key})[0]
        for key in ("bench", TENTH)
    )
    dice, now = random.Random(3), timezone.now()
    for start in range(0, number, 5000):
        people = [
            Person(
                first_name=dice.choice(FIRST),
                last_name=f"{dice.choice(LAST)} {n}",
                email=f"person{n}@exempel.se",
                member_number=100_000 + n,
                town="Stockholm",
                created_at=now,
            )
            for n in range(start, min(start + 5000, number))
        ]
        for person in people:
            person.follow()
        Person.objects.bulk_create(people)
        Membership.objects.bulk_create(
            Membership(
                person=person, type=kind if place % 10 else tenth, year=now.year,
                created_at=now, starts_on=date(now.year, 1, 1), ends_on=date(now.year, 12, 31),
            )
            for place, person in enumerate(people)
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _seconds(act: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _beside(ours: Callable[[], Any], floor: Callable[[], Any]) -> list[tuple[float, float]]:
    ours(), floor()
    return [(_seconds(ours), _seconds(floor)) for _number in range(ROUNDS)]


def _page(ours: str, floor: str) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from members.models import User
    from tests.doors import log_in

    user, _made = User.objects.get_or_create(
        email="bench@exempel.se", defaults={"is_superuser": True, "is_staff": True}
    )
    client = log_in(Client(HTTP_HOST="127.0.0.1"), user)

    def visit(url: str) -> None:
        answer = client.get(url)
        if answer.status_code != 200:
            raise RuntimeError(f"{url} answers {answer.status_code}")

    def times(url: str) -> Callable[[], None]:
        return lambda: [visit(url) for _number in range(VISITS)] and None

    rounds = _beside(times(ours), times(floor))
    with CaptureQueriesContext(connection) as asked:
        visit(ours)
    return {"rounds": rounds, "statements": len(asked), "per": VISITS}


def _export() -> dict[str, Any]:
    from members.models import User
    from members.services import exporting
    from members.services.search import Choice

    actor = User.objects.get(email="bench@exempel.se")
    choice = Choice(type=TENTH)

    def floor() -> None:
        writer = csv.writer(io.StringIO())
        rows = exporting.people(choice).values_list(*exporting.COLUMNS)
        writer.writerows(rows)

    rounds = _beside(lambda: exporting.as_csv(choice, actor=actor), floor)
    return {"rounds": rounds, "rows": exporting.people(choice).count()}


def _import() -> dict[str, Any]:
    from django.db import transaction
    from django.utils import timezone

    from members.models import Person
    from members.services import importing, tables
    from members.services.mapping import guess

    lines = [f"{n};Kim;Nr {n};nr{n}@exempel.se;Stockholm" for n in range(900_000, 900_000 + ROWS)]
    content = "\n".join(["Nr;Förnamn;Efternamn;E-post;Ort", *lines]).encode()

    def undone(act: Callable[[], Any]) -> Callable[[], None]:
        def inner() -> None:
            with transaction.atomic():
                act()
                transaction.set_rollback(True)

        return inner

    def ours() -> None:
        table = tables.read(content)
        made = importing.plan(table, guess(table))
        importing.carry_out(made, file_name="a.csv", digest="x", mapping=[])

    def floor() -> None:
        people = []
        for line in content.decode().splitlines()[1:]:
            number, first, last, email, town = line.split(";")
            person = Person(
                member_number=int(number), first_name=first, last_name=last, email=email,
                town=town, created_at=timezone.now(),
            )  # fmt: skip
            person.clean_fields()
            people.append(person)
        Person.objects.bulk_create(people)

    return {"rounds": _beside(undone(ours), undone(floor)), "rows": ROWS}


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
