"""A sending that does not move tells about it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from mail.models import Letter
from mail.services.outbox import deliver_due
from newsletters.models import Issue
from newsletters.services import sending, starting, stuck
from tests.doors import log_in
from tests.factories import UserFactory
from tests.newsletters.conftest import approve, sums, write_issue

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def told() -> list[str]:
    return list(Letter.objects.filter(kind="newsletter_stuck").values_list("to", flat=True))


def an_hour_later(time_machine) -> None:
    time_machine.shift(HOUR + timedelta(minutes=1))


@pytest.fixture
def issue(sink, readers, time_machine) -> Issue:
    """Approved and due, and the mail server wants nothing of us."""
    time_machine.move_to(datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Stockholm")))
    readers(3)
    found = approve(write_issue())
    sink.moods.says = {b"MAIL": b"550 you may not send from there"}
    assert sending.work() == 0
    return found


def test_who_said_yes_is_told_once_a_day_and_the_letters_leave_when_they_can(
    issue, sink, time_machine
):
    assert stuck.tell() == 0, "not yet"
    an_hour_later(time_machine)
    assert sending.work() == 0
    assert [stuck.tell(), stuck.tell()] == [1, 1]
    assert told() == [issue.approved_by.email]
    time_machine.shift(timedelta(days=1))
    stuck.tell()
    assert len(told()) == 2
    assert sums(issue) == {"queued": 3}

    sink.moods.says = {}
    assert sending.work() == 3
    assert stuck.tell() == 0
    assert len(told()) == 2


def test_the_page_of_the_issue_says_so(issue, client, time_machine):
    def page() -> str:
        board = log_in(client, UserFactory(role="styrelse"))
        return board.get(f"/admin/nyhetsbrev/{issue.pk}/resultat/").content.decode()

    assert "Brevet skickas nu" in page()
    an_hour_later(time_machine)
    assert "Brevet väntar på e-posten" in page()
    assert "Brevet skickas nu" not in page()


def test_a_pause_and_the_hour_after_it_are_nobodys_fault(issue, time_machine):
    starting.pause(issue)
    an_hour_later(time_machine)
    assert stuck.tell() == 0
    starting.resume(issue)
    assert stuck.tell() == 0
    an_hour_later(time_machine)
    assert stuck.tell() == 1


def test_at_night_and_in_the_first_hour_of_the_day_nothing_is_wrong(issue, settings, time_machine):
    settings.NEWSLETTER_HOURS = (8, 21)
    wrong = {}
    for hour in (3, 8, 12, 22):
        time_machine.move_to(datetime(2026, 11, 24, hour, 30, tzinfo=ZoneInfo("Europe/Stockholm")))
        wrong[hour] = bool(stuck.stuck(timezone.now()))
    assert wrong == {3: False, 8: False, 12: True, 22: False}


def test_what_was_stopped_is_told_to_nobody(issue, time_machine, mailoutbox):
    an_hour_later(time_machine)
    assert stuck.tell() == 1
    starting.stop(issue)
    deliver_due()
    assert mailoutbox == []
