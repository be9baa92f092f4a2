"""Letters that make themselves: once in a period, only when there is something to tell."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from events.models import Event
from newsletters.models import Issue, NewsletterSettings, Pace
from newsletters.services import rhythm, sending, starting
from pages.services import foundation
from tests.factories import EventFactory, UserFactory
from tests.newsletters.conftest import sums, write_issue
from tests.newsletters.test_at_once import together
from tests.newsletters.test_choices import subscribed

STOCKHOLM = ZoneInfo("Europe/Stockholm")
MONTHLY, MEETINGS = "manad@exempel.se", "traffar@exempel.se"


def at(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:30").replace(tzinfo=STOCKHOLM)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(at("2026-11-12"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def sent(db, clock) -> Issue:
    """Sent in November to those who want one a week; two others want less."""
    foundation.lay()
    subscribed(MONTHLY, pace=Pace.MONTHLY)
    subscribed(MEETINGS, pace=Pace.MEETINGS)
    subscribed("vecka@exempel.se")
    issue = write_issue(subject="Höst & fika", preheader="En grupp <startar> i januari.")
    return starting.approve(issue, actor=UserFactory(), shown=1)


def made(kind: str) -> list[Issue]:
    return list(Issue.objects.filter(period__startswith=kind))


def meeting(title: str, *, published: datetime, starts: datetime) -> Event:
    event = EventFactory(title=title, starts_at=starts)
    Event.objects.filter(pk=event.pk).update(first_published_at=published)
    return event


def test_the_month_is_told_in_short_on_the_first_days_of_the_next_to_those_who_want_it(
    sent, clock, sink
):
    clock.move_to(at("2026-12-01", 9))
    assert rhythm.make_due() == 0, "not before ten"
    clock.move_to(at("2026-12-01"))
    assert [rhythm.make_due() for _ in range(3)] == [1, 0, 0]
    (digest,) = made("month")
    assert (digest.period, digest.subject) == ("month 2026-11", "Det viktigaste från november")
    assert [copy.email for copy in digest.deliveries.all()] == [MONTHLY]
    assert sums(digest) == {"queued": 1}
    clock.move_to(at("2026-12-01", 11))
    sending.work()
    assert sums(digest) == {"sent": 1}
    (letter,) = sink.to(MONTHLY)
    assert "Höst & fika" in letter.text
    assert "En grupp <startar> i januari." in letter.text
    assert sent.get_absolute_url() in letter.text
    clock.move_to(at("2026-12-02"))
    assert rhythm.make_due() == 0


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-11-13", "the month is not over"),
        ("2026-12-05", "Saturday"),
        ("2026-12-15", "too late"),
    ],
)
def test_the_month_is_not_told_on_other_days(sent, clock, day, why):
    clock.move_to(at(day))
    assert (rhythm.make_due(), made("month")) == (0, []), why


def test_what_was_stopped_or_is_not_for_all_is_in_no_other_letter(sent, clock):
    Issue.objects.update(in_archive=False)
    clock.move_to(at("2026-12-01"))
    assert rhythm.make_due() == 0


def test_new_meetings_are_told_once_a_week_and_only_when_there_are_some(sent, clock, sink):
    clock.move_to(at("2026-11-17"))
    assert rhythm.make_due() == 0, "nothing is new"
    meeting("Öppet hus", published=at("2026-11-16"), starts=at("2026-12-10"))
    meeting("Gammal", published=at("2026-10-01"), starts=at("2026-12-11"))
    meeting("Varit", published=at("2026-11-16"), starts=at("2026-11-16", 12))
    assert [rhythm.make_due() for _ in range(3)] == [1, 0, 0]
    (letter,) = made("meetings")
    assert [copy.email for copy in letter.deliveries.all()] == [MEETINGS]
    clock.move_to(at("2026-11-17", 12))
    sending.work()
    text = sink.to(MEETINGS)[0].text
    assert "Öppet hus" in text
    assert "Torsdag 10 december 2026" in text
    assert not {"Gammal", "Varit"} & set(text.split())
    meeting("Sångkväll", published=at("2026-11-18"), starts=at("2026-12-12"))
    clock.move_to(at("2026-11-19"))
    assert rhythm.make_due() == 0, "one a week"
    clock.move_to(at("2026-11-24"))
    assert rhythm.make_due() == 1
    body = str(made("meetings")[0].made or "")
    assert "Sångkväll" in body
    assert "Öppet hus" not in body


def test_at_night_it_waits_and_the_budget_holds(sent, clock, sink):
    meeting("Öppet hus", published=at("2026-11-16"), starts=at("2026-12-10"))
    NewsletterSettings.objects.update(weekly_budget=1)
    clock.move_to(at("2026-11-17"))
    rhythm.make_due()
    (letter,) = made("meetings")
    other = write_issue(audience={"to": ["subscribers"], "paces": ["meetings"]})
    other = starting.approve(other, actor=UserFactory(), shown=1)
    clock.move_to(at("2026-11-17", 12))
    sending.work()
    assert sorted([sums(letter), sums(other)], key=str) == [{"sent": 1}, {"skipped": 1}]


def test_the_board_can_turn_it_off(sent, clock):
    NewsletterSettings.objects.update(automatic=False)
    clock.move_to(at("2026-12-01"))
    assert rhythm.make_due() == 0


def test_where_a_backup_was_read_in_nothing_makes_itself(sent, clock):
    NewsletterSettings.objects.update(home="another cluster:1")
    clock.move_to(at("2026-12-01"))
    assert rhythm.make_due() == 0
    assert not NewsletterSettings.objects.get().automatic
    NewsletterSettings.objects.update(automatic=True)
    assert rhythm.make_due() == 1, "the board has said so again"


@pytest.mark.django_db(transaction=True)
def test_many_clocks_make_one_letter(clock):
    foundation.lay()
    subscribed(MONTHLY, pace=Pace.MONTHLY)
    subscribed("vecka@exempel.se")
    starting.approve(write_issue(), actor=UserFactory(), shown=1)
    clock.move_to(at("2026-12-01"))
    assert sum(together(6, rhythm.make_due)) == 1
    assert len(made("month")) == 1
    connection.close()
    assert timezone.now() == at("2026-12-01")
