"""Several at the same moment: two staff, two workers, a reader who ends it while it is sent."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from newsletters.models import Delivery
from newsletters.services import sending, starting
from tests.factories import UserFactory
from tests.newsletters.conftest import approve, sums, write_issue

pytestmark = pytest.mark.django_db(transaction=True)


def together(number: int, deed: Callable[[], Any]) -> list[Any]:
    def alone(_: int) -> Any:
        try:
            return deed()
        except starting.AlreadyApproved:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(alone, range(number)))


def test_many_who_say_yes_at_once_send_it_once(readers):
    readers(5)
    issue, actor = write_issue(), UserFactory()
    said = together(8, lambda: starting.approve(issue, actor=actor, shown=5))
    assert len([one for one in said if one]) == 1
    assert sums(issue) == {"queued": 5}


def test_several_senders_share_the_work_and_nobody_gets_two(sink, readers, settings):
    settings.NEWSLETTER_CONNECTIONS = 3
    sink.moods.pipelines, sink.moods.slow = True, 0.005
    addresses = readers(60)
    issue = approve(write_issue())
    sent = together(3, lambda: sending.work(seconds=30))
    assert sum(sent) == 60
    assert Counter(letter.to[0] for letter in sink.letters) == Counter(addresses)
    assert sums(issue) == {"sent": 60}
    assert Delivery.objects.exclude(attempts=1).count() == 0


def test_there_are_never_more_connections_than_we_may_have():
    def count() -> int:
        with sending.a_free_slot() as is_free:
            return int(is_free)

    with sending.a_free_slot() as first:
        assert first
        assert together(3, count) == [0, 0, 0]
    assert together(1, count) == [1]
