"""Letters to many leave by day, and the pages say when."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsletters.models import Delivery, Issue
from newsletters.services import hours
from tests.doors import log_in
from tests.factories import UserFactory
from tests.newsletters.conftest import approve, sums, write_issue

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture(autouse=True)
def _by_day(settings):
    settings.NEWSLETTER_HOURS = (8, 20)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("moment", "leaves"),
    [
        (at(23, 8), at(23, 8)),
        (at(23, 19, 59), at(23, 19, 59)),
        (at(23, 20), at(24, 8)),
        (at(23, 23, 59), at(24, 8)),
        (at(24, 0), at(24, 8)),
        (at(24, 7, 59), at(24, 8)),
        # The night when summer time ends has an hour more.
        (datetime(2026, 10, 24, 21, 0, tzinfo=STOCKHOLM), datetime(2026, 10, 25, 8, 0, tzinfo=STOCKHOLM)),
    ],
)  # fmt: skip
def test_what_would_leave_at_night_leaves_in_the_morning(moment, leaves):
    assert hours.decent_from(moment) == leaves


def words(client, issue: Issue, name: str) -> str:
    board = log_in(client, UserFactory(role="styrelse"))
    page = board.get(f"/admin/nyhetsbrev/{issue.pk}/{name}/").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.django_db
def test_a_yes_in_the_evening_is_for_the_morning_and_says_so(client, readers, time_machine):
    time_machine.move_to(at(23, 20, 30))
    readers(1)
    issue = write_issue()
    tomorrow = "Tisdag 24 november kl. 8. Vi skickar inte på natten."
    assert tomorrow in words(client, issue, "stanna-upp")
    issue = approve(issue, start=False)
    assert issue.send_at == at(24, 8)
    assert set(Delivery.objects.values_list("due_at", flat=True)) == {at(24, 8)}
    assert issue.state == Issue.State.SCHEDULED
    assert "Det går i väg tisdag 24 november kl. 8" in words(client, issue, "resultat")


@pytest.mark.django_db
def test_by_day_it_leaves_in_ten_minutes(client, readers, time_machine):
    time_machine.move_to(at(23, 12), tick=False)
    readers(1)
    issue = write_issue()
    assert "Nu, om tio minuter." in words(client, issue, "stanna-upp")
    assert approve(issue, start=False).send_at == at(23, 12, 10)


@pytest.mark.django_db
def test_one_that_is_not_through_before_the_night_says_when_it_goes_on(
    client, readers, time_machine
):
    time_machine.move_to(at(23, 19, 30))
    readers(1)
    issue = approve(write_issue())
    assert "Brevet skickas nu" in words(client, issue, "resultat")
    time_machine.move_to(at(23, 21))
    page = words(client, issue, "resultat")
    assert "Det går vidare tisdag 24 november kl. 8" in page
    assert "Brevet skickas nu" not in page
    assert sums(issue) == {"queued": 1}
