"""Where the links of a letter lead. Our own are looked up at once, others by the worker."""

import time
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from events.services.links import leads_somewhere, links_in
from newsletters import outside
from newsletters.models import ForeignLink, Issue
from prose import wording

Outcome = ForeignLink.Outcome
# An answer holds so long; nobody waits longer than this for one; it is kept so long after.
FRESH, LONGEST_WAIT, KEPT = timedelta(hours=12), timedelta(minutes=3), timedelta(days=30)
# Schemes that open something on the reader's own machine.
THEIRS = ("mailto:", "tel:")
LONGEST = 500


class Link(NamedTuple):
    """`target`: the id of a page, a path of ours, or the address of others."""

    words: str
    target: int | str

    @property
    def is_foreign(self) -> bool:
        return isinstance(self.target, str) and self.target.startswith(("http://", "https://"))

    @property
    def is_ours(self) -> bool:
        return isinstance(self.target, int) or self.target.startswith("/")

    @property
    def opens(self) -> bool:
        """Something that a mailbox knows what to do with."""
        return self.is_ours or self.is_foreign or str(self.target).startswith(THEIRS)


def of(issue: Issue) -> list[Link]:
    found: list[Link] = []
    for child in issue.body:
        if child.block_type == "text":
            found += [Link(wording.plain(text), at) for text, at in links_in(child.value.source)]
        elif child.block_type == "button":
            page = child.value.get("page")
            found.append(Link(child.value["text"], page.pk if page else child.value["address"]))
    return [Link(words, _without_our_name(target)) for words, target in found]


def _without_our_name(target: int | str) -> int | str:
    """Our own site, written in full, is still our own site."""
    if isinstance(target, str) and f"{target}/".startswith(f"{settings.SITE_URL}/"):
        return target[len(settings.SITE_URL) :] or "/"
    return target


def dead(issue: Issue) -> list[Link]:
    """Links of ours that lead nowhere, and addresses that nothing can open."""
    return [
        link
        for link in of(issue)
        if not link.opens
        or (link.is_ours and not leads_somewhere(link.target))
        or len(str(link.target)) > LONGEST
    ]


def foreign(issue: Issue) -> list[tuple[Link, ForeignLink]]:
    """Each address of others once, with what is known of it. Asks for what is not known."""
    wanted = {
        str(link.target): link
        for link in of(issue)
        if link.is_foreign and len(str(link.target)) <= LONGEST
    }
    now = timezone.now()
    ForeignLink.objects.bulk_create(
        [ForeignLink(address=address, asked_at=now) for address in wanted], ignore_conflicts=True
    )
    rows = ForeignLink.objects.filter(address__in=wanted)
    rows.filter(tried_at__lt=now - FRESH).update(
        asked_at=now, tried_at=None, outcome=Outcome.WAITING
    )
    return [(wanted[row.address], row) for row in rows.order_by("address")]


def is_waited_for(row: ForeignLink) -> bool:
    """Nobody is stopped for ever because the worker is away."""
    return row.outcome == Outcome.WAITING and row.asked_at > timezone.now() - LONGEST_WAIT


def ask_again(issue: Issue) -> None:
    """Somebody thinks that the answer is another now."""
    wanted = [str(link.target) for link in of(issue) if link.is_foreign]
    ForeignLink.objects.filter(address__in=wanted).update(
        asked_at=timezone.now(), tried_at=None, outcome=Outcome.WAITING
    )


def try_waiting(*, seconds: float) -> int:
    """Ask at the addresses that nobody has tried, the oldest first, until the time is up."""
    stop_at = time.monotonic() + seconds
    tried = 0
    while time.monotonic() < stop_at and _try_one():
        tried += 1
    _forget(timezone.now())
    return tried


def _try_one() -> bool:
    """The row is claimed by its time, so that no lock is held while somebody else thinks."""
    with transaction.atomic():
        row = ForeignLink.objects.to_try().select_for_update(skip_locked=True).first()
        if row is None:
            return False
        row.tried_at = timezone.now()
        row.save(update_fields=["tried_at"])
    row.outcome = Outcome(outside.ask(row.address).value)
    row.save(update_fields=["outcome"])
    return True


def _forget(now: datetime) -> None:
    ForeignLink.objects.filter(asked_at__lt=now - KEPT).delete()
