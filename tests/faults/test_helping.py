"""Valkey, the mail server and the worker are all down: whoever reaches out is written down."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from mail.models import Letter
from pages.services import foundation
from samvaro import embedded
from tests import drill
from tests.factories import UserFactory
from tests.faults.conftest import MakeSite
from tests.faults.crowd import Visitor
from tests.servers import Site
from tests.waiting import until
from volunteers.models import BrochureOrder, CareGap, Lead, LectureBooking

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# How long a form may take when nothing behind it answers, in seconds.
PATIENCE = 3.0
# How soon every letter must have left when all is back (RES-1 allows two minutes).
BACK_TO_WORK = 60.0
WHERE = {"host": "Mottagningen vid sjön"}
FORMS: dict[str, dict[str, str]] = {
    "/engagera-dig/anmalan/": {"name": "Kim", "email": "kim@exempel.se", "message": "Jag bakar"},
    "/om-oss/for-varden/boka/": {"name": "Pia", "email": "pia@exempel.se", **WHERE},
    "/om-oss/for-varden/broschyrer/": {
        "name": "Siri", "email": "siri@exempel.se", "copies": "20", "street": "Gatan 1",
        "postcode": "118 20", "town": "Stockholm", **WHERE,
    },
    "/om-oss/intressepolitik/beratta/": {"text": "Ingen ringde upp."},
}  # fmt: skip
WRITTEN_TO = {form["email"] for form in FORMS.values() if "email" in form}


@pytest.fixture
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Valkey]:
    valkey = embedded.Valkey(Path(tmp_path_factory.mktemp("valkey")))
    valkey.start()
    yield valkey
    valkey.stop()


@pytest.fixture
def site(make_site: MakeSite, valkey: embedded.Valkey) -> Site:
    site = make_site(redis_url=valkey.url)
    site.start_web()
    return site


def press_twice(site: Site, path: str, typed: dict[str, str]) -> float:
    """The same form, sent two times. The longest wait for an answer."""
    visitor, waits = Visitor(site.url), []
    filled_in = visitor.fill_in(path, **typed)
    for _ in range(2):
        begun = time.monotonic()
        answer = visitor.post(path, **filled_in)
        assert answer.status == 303, (path, answer.text[:300])
        assert visitor.get(answer.location).status == 200
        waits.append(time.monotonic() - begun)
    visitor.leave()
    return max(waits)


def test_forms_are_taken_when_nothing_else_answers_and_each_letter_leaves_once(
    site: Site, valkey: embedded.Valkey
) -> None:
    foundation.lay()
    UserFactory(role="samordnare", email="anna@exempel.se")
    valkey.stop()
    site.sink.stop()

    slowest = max(press_twice(site, path, typed) for path, typed in FORMS.items())

    assert slowest < PATIENCE
    rows = [model.objects.count() for model in (Lead, LectureBooking, BrochureOrder, CareGap)]
    assert rows == [1, 1, 1, 1]
    assert Lead.objects.get().message == "Jag bakar"
    assert set(Letter.objects.values_list("state", flat=True)) == {Letter.State.QUEUED}
    assert site.sink.letters == []

    # The coordinator sleeps at night; here everything may leave at once.
    Letter.objects.update(due_at=timezone.now())
    number = Letter.objects.count()
    site.sink.start()
    valkey.start()
    site.start_worker()
    site.start_clock()
    until(
        lambda: not Letter.objects.exclude(state=Letter.State.SENT).exists(),
        seconds=BACK_TO_WORK,
        what="every letter has left",
    )
    arrived = Counter(letter.letter_id for letter in site.sink.letters)
    assert set(arrived) == {str(pk) for pk in Letter.objects.values_list("pk", flat=True)}
    assert set(arrived.values()) == {1}
    to = Counter(address for letter in site.sink.letters for address in letter.to)
    assert {address: to[address] for address in WRITTEN_TO} == dict.fromkeys(WRITTEN_TO, 1)
    drill.told(f"all down: {len(FORMS)} forms taken, {number} letters left afterwards, once each")
