"""Many want the last places at the same moment, over more than one web process."""

import uuid
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from events import emails
from events.models import Event, Registration, Submission
from mail.models import Letter
from tests import drill
from tests.events.conftest import make_event, stand_in_queue, take_place
from tests.faults.conftest import MakeSite
from tests.faults.crowd import Answer, Visitor, at_once, sign_up_together
from tests.faults.gated_clock import GATE
from tests.servers import Process, Site
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 64 * drill.FACTOR
PLACES = 5
State = Registration.State


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    site = make_site()
    site.start_web(workers=2, threads=8)
    return site


@pytest.fixture(scope="module")
def unguarded(make_site: MakeSite) -> Site:
    site = make_site()
    site.start_web(workers=2, threads=8, application="tests.faults.unlocked")
    return site


def crowd(number: int = PEOPLE) -> list[dict[str, str]]:
    return [{"name": f"Kim {n}", "email": f"kim{n}@exempel.se"} for n in range(number)]


def race(site: Site, event: Event) -> list[Answer]:
    return sign_up_together(site.url, f"/aktiviteter/{event.slug}/anmalan/", crowd())


def places_taken(event: Event) -> int:
    return Registration.objects.holding(timezone.now()).filter(event=event).count()


def test_the_last_places_are_given_once_and_the_others_are_shown_the_queue(site: Site) -> None:
    event = make_event(capacity=PLACES)

    answers = race(site, event)

    assert places_taken(event) == PLACES
    drill.told(f"{PEOPLE} pressed at once for {PLACES} places: {places_taken(event)} given")
    assert Counter(answer.status for answer in answers) == {303: PLACES, 422: PEOPLE - PLACES}
    late = [answer.text for answer in answers if answer.status == 422]
    assert all("Platsen hann ta slut. Vill du stå i kö?" in page for page in late)
    assert all("@exempel.se" in page for page in late)
    assert Registration.objects.count() == Letter.objects.count() == PLACES


def test_without_the_lock_the_same_race_gives_too_many(unguarded: Site) -> None:
    """Should this ever fail, the race above proves nothing."""
    event = make_event(capacity=PLACES)

    race(unguarded, event)

    assert places_taken(event) > PLACES
    drill.told(f"without the lock {places_taken(event)} got {PLACES} places, so the drill bites")


def test_everyone_who_loses_the_race_gets_a_number_of_their_own_in_the_queue(site: Site) -> None:
    event = make_event(capacity=PLACES)
    for number in range(PLACES):
        take_place(event, email=f"first{number}@exempel.se")

    answers = sign_up_together(site.url, f"/aktiviteter/{event.slug}/ko/", crowd(30))

    assert {answer.status for answer in answers} == {303}
    queue = Registration.objects.filter(event=event, state=State.WAITING)
    assert sorted(row.queue_number() for row in queue) == list(range(1, 31))
    assert places_taken(event) == PLACES


def test_one_person_on_twenty_devices_has_one_place(site: Site) -> None:
    event = make_event(capacity=PLACES)
    spellings = ["kim@exempel.se", " Kim@Exempel.SE ", "KIM@exempel.se.", "kim@exempel.se"]
    people = [{"name": "Kim", "email": spellings[n % 4]} for n in range(20)]

    answers = sign_up_together(site.url, f"/aktiviteter/{event.slug}/anmalan/", people)

    assert {answer.status for answer in answers} == {303}
    assert Registration.objects.count() == 1
    assert Submission.objects.count() == 20


def test_one_press_that_is_sent_twenty_times_is_one_press(site: Site) -> None:
    event = make_event(capacity=PLACES)
    press = {"name": "Kim", "email": "kim@exempel.se", "submission": str(uuid.uuid4())}

    answers = sign_up_together(site.url, f"/aktiviteter/{event.slug}/anmalan/", [press] * 20)

    assert len({(answer.status, answer.location) for answer in answers}) == 1
    assert Registration.objects.count() == Submission.objects.count() == Letter.objects.count() == 1


def cancel_address(registration: Registration) -> str:
    return emails.booking_url(registration).removeprefix(settings.SITE_URL) + "avboka/"


def press(site: Site, path: str) -> Answer:
    visitor = Visitor(site.url)
    try:
        return visitor.post(path)
    finally:
        visitor.leave()


def run_two_clocks_at_once(site: Site) -> None:
    def waiting() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s"
                " AND NOT granted",
                [GATE],
            )
            return int(cursor.fetchone()[0])

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [GATE])
        clocks: list[Process] = []
        try:
            clocks += [site.start(f"clock{n}", "tests.faults.gated_clock") for n in range(2)]
            until(lambda: waiting() == 2, seconds=30, what="two clocks at the gate")
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [GATE])
    assert [clock.result(seconds=30) for clock in clocks] == [0, 0], clocks[0].said()


def test_ten_people_cancel_at_once_and_two_clocks_offer_each_place_once(site: Site) -> None:
    event = make_event(capacity=10)
    confirmed = [take_place(event, email=f"first{n}@exempel.se") for n in range(10)]
    waiting = [stand_in_queue(event, email=f"queue{n}@exempel.se") for n in range(25)]

    everyone_twice = [cancel_address(row) for row in confirmed] * 2
    answers = at_once([lambda path=path: press(site, path) for path in everyone_twice])
    assert {answer.status for answer in answers} == {303}
    assert places_taken(event) == 10, "kept for ten minutes, in case of regret"
    Registration.objects.filter(state=State.CANCELLED).update(undo_until=timezone.now())
    run_two_clocks_at_once(site)

    offered = Registration.objects.filter(event=event, state=State.OFFERED).in_queue_order()
    assert [row.pk for row in offered] == [row.pk for row in waiting[:10]]
    letters = Counter(Letter.objects.values_list("kind", flat=True))
    assert letters == {
        emails.CONFIRMED: 10,
        emails.QUEUED: 25,
        emails.SELF_CANCELLED: 10,
        emails.OFFER: 10,
    }
