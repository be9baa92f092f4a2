"""A sender of newsletters in a process of its own, to be killed: as it is, or careless on purpose.

python -m tests.faults.careless_sender as-it-is | marks-first | claims-last
"""

import os
import sys
import uuid

import django


def mark_first() -> None:
    """Careless: a copy is noted as sent before the mail server has heard of it."""
    from django.utils import timezone

    from newsletters.models import Delivery
    from newsletters.services import claims

    as_it_is = claims.claim

    def marked(issue, size):
        held = as_it_is(issue, size)
        if held:
            mine = Delivery.objects.filter(claim=held.token)
            mine.update(state=Delivery.State.SENT, sent_at=timezone.now())
        return held

    claims.claim = marked


def claim_last() -> None:
    """Careless: nothing says that a copy is under way until it has left."""
    from django.utils import timezone

    from newsletters.models import Delivery
    from newsletters.services import claims

    def unclaimed(issue, size):
        rows = Delivery.objects.filter(issue=issue, state=Delivery.State.QUEUED).order_by("id")
        copies = [claims.Copy(*row) for row in rows.values_list(*claims.Copy._fields)[:size]]
        return claims.Claim(uuid.uuid4(), issue, copies) if copies else None

    def note(held, answers):
        keys = [copy.pk for copy, _answer in zip(held.copies, answers, strict=False)]
        sent = {"state": Delivery.State.SENT, "sent_at": timezone.now()}
        Delivery.objects.filter(pk__in=keys).update(**sent)

    claims.claim, claims.note = unclaimed, note


WAYS = {"as-it-is": lambda: None, "marks-first": mark_first, "claims-last": claim_last}


def main(way: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvaro.settings")
    django.setup()
    from newsletters.models import Issue
    from newsletters.services import sending

    WAYS[way]()
    while Issue.objects.filter(finished_at=None).exists():
        sending.work(seconds=5)


if __name__ == "__main__":
    main(sys.argv[1])
