"""What a person finds in the mailbox, and the clock that makes letters leave."""

from celery import current_app
from django.utils import timezone

from mail.models import Letter
from mail.tasks import deliver
from samvaro.clock import WORK
from tests.servers import Site
from tests.sink import Received
from tests.waiting import until


def letters_to(site: Site, address: str, number: int) -> list[Received]:
    """Wait until so many letters have come to this mailbox."""
    return until(
        lambda: found if len(found := site.sink.to(address)) >= number else None,
        what=f"{number} letters to {address}",
    )


def last_letter(site: Site, address: str, number: int = 1) -> Received:
    """The newest of so many letters."""
    found = letters_to(site, address, number)
    assert len(found) == number, [letter.subject for letter in found]
    return found[-1]


def the_clock_passes(site: Site) -> None:
    """Everything that the clock would ask the worker to do, once."""
    with current_app.connection_for_write(site.environment["REDIS_URL"]) as broker:
        # First: a bell that this process rang would keep the site's own from ringing.
        deliver.apply_async(connection=broker)
        for work in WORK:
            work.function().apply_async(connection=broker)


def the_night_passes(site: Site, kind: str, address: str) -> None:
    """A letter that waits for a decent hour need not wait any longer."""
    written = Letter.objects.filter(kind=kind, to=address)
    until(written.exists, what=f"a letter {kind} to {address}")
    written.filter(state=Letter.State.QUEUED).update(due_at=timezone.now())
    the_clock_passes(site)
