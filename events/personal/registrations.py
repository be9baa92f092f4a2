"""What activities hold about people, for how long, and how it is forgotten."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import AnswerKey, Interest, PrivateFeed, Registration, Submission
from events.services import keyring
from events.services.answers import opened
from events.services.interest import forget
from events.services.registration import withdraw
from privacy import registry
from privacy.models import Consent

# After the last occasion a registration is a number in the statistics, without a name.
KEEP_NAMES = timedelta(days=90)
# A press on a form is kept as long as somebody may come back to its page.
KEEP_SUBMISSIONS = timedelta(days=30)
# The secret address of a calendar without anything in it.
KEEP_EMPTY_FEEDS = timedelta(days=365)
FORGOTTEN = ""


def _over(now: datetime) -> Any:
    return (
        Registration.objects.exclude(name=FORGOTTEN)
        .annotate(last=Max("event__occasions__ends_at"))
        .filter(last__lt=now - KEEP_NAMES)
    )


def _weed(now: datetime, dry_run: bool) -> int:
    rows = list(_over(now))
    return len(rows) if dry_run else _forget(rows)


def _forget(rows: Iterable[Registration]) -> int:
    """The place stays in the counts; the person is gone."""
    number = 0
    for row in rows:
        row.name = row.email = row.phone = row.answer = FORGOTTEN
        row.person_key = f"forgotten:{uuid.uuid4()}"
        row.save(update_fields=["name", "email", "phone", "answer", "person_key"])
        number += 1
    return number


def _erase(rows: Iterable[Registration]) -> int:
    rows = list(rows)
    for row in rows:
        withdraw(row)
    Submission.objects.filter(registration__in=rows).delete()
    Consent.objects.filter(registration__in=rows).update(withdrawn_at=timezone.now())
    return _forget([Registration.objects.get(pk=row.pk) for row in rows])


def _export(row: Registration) -> dict[str, Any]:
    return {
        str(_("Aktivitet")): row.event.title,
        str(_("Namn")): row.name,
        str(_("E-post")): row.email,
        str(_("Telefon")): row.phone,
        str(_("Anmäld")): row.created_at,
        str(_("Läge")): row.get_state_display(),
        str(_("Samtycke")): str(row.consent),
        **({answer.question: answer.text} if (answer := opened(row)) else {}),
        **({str(_("Svaret förstördes")): row.answer_died_on} if row.answer_died_on else {}),
    }


def _weed_interest(now: datetime, dry_run: bool) -> int:
    """What became a place is kept there; who is still on the list is asked once a year."""
    old = Interest.objects.exclude(name=FORGOTTEN).exclude(registration=None)
    rows = list(old.filter(registration__created_at__lt=now - KEEP_SUBMISSIONS))
    if not dry_run:
        for row in rows:
            forget(row)
    return len(rows)


def _erase_interest(rows: Iterable[Interest]) -> int:
    rows = list(rows)
    Submission.objects.filter(interest__in=rows).delete()
    Consent.objects.filter(interest__in=rows, registration=None).update(withdrawn_at=timezone.now())
    for row in rows:
        forget(row)
    return len(rows)


def _weed_feeds(now: datetime, dry_run: bool) -> int:
    """A calendar that has been empty for a year is nobody's any more."""
    old = PrivateFeed.objects.filter(made_at__lt=now - KEEP_EMPTY_FEEDS)
    mine = Registration.objects.filter(person_key=OuterRef("person_key"))
    empty = old.exclude(Exists(mine))
    return empty.count() if dry_run else empty.delete()[0]


def _weed_submissions(now: datetime, dry_run: bool) -> int:
    old = Submission.objects.filter(created_at__lt=now - KEEP_SUBMISSIONS)
    return old.count() if dry_run else old.delete()[0]


registry.rotates("events.AnswerKey")(keyring.rewrap)
registry.exempt(AnswerKey, "En dag och namnet på en fil, inte om någon.")
registry.register(
    registry.Rule(
        model=Registration,
        fields=(
            "name",
            "email",
            "phone",
            "person_key",
            "state",
            "coming",
            "reminder_off",
            "answer",
            "answer_died_on",
            "pay_until",
            "charge",
        ),
        kept="Namn och adress i 90 dagar efter sista tillfället, sedan bara antal.",
        weed=_weed,
        of_person=lambda key: Registration.objects.of_mailbox(key).select_related(
            "event", "consent__text"
        ),
        export=_export,
        erase=_erase,
    )
)
registry.register(
    registry.Rule(
        model=Submission,
        fields=("name", "email", "email_key"),
        kept="30 dagar, så att sidan efter anmälan går att öppna igen.",
        weed=_weed_submissions,
        of_person=lambda key: Submission.objects.filter(email_key=key),
        export=lambda row: {
            str(_("Formulär")): str(row),
            str(_("Namn")): row.name,
            str(_("E-post")): row.email,
        },
        erase=lambda rows: Submission.objects.filter(pk__in=[row.pk for row in rows]).delete()[0],
    )
)
registry.register(
    registry.Rule(
        model=PrivateFeed,
        fields=("person_key", "secret", "made_at"),
        kept="Så länge den används. Ett år efter att den blev tom.",
        weed=_weed_feeds,
        of_person=lambda key: PrivateFeed.objects.filter(person_key=key),
        export=lambda row: {str(_("Egen kalender sedan")): row.made_at},
        erase=lambda rows: PrivateFeed.objects.filter(pk__in=[row.pk for row in rows]).delete()[0],
    )
)
registry.register(
    registry.Rule(
        model=Interest,
        fields=("name", "email", "person_key", "day", "evening", "weekend", "mode"),
        kept="Tills personen får en plats eller vill bort från listan. Varje år frågar vi.",
        weed=_weed_interest,
        of_person=lambda key: Interest.objects.filter(person_key=key).select_related("event"),
        export=lambda row: {
            str(_("Intresserad av")): row.event.title,
            str(_("Namn")): row.name,
            str(_("E-post")): row.email,
            str(_("Sedan")): row.created_at,
        },
        erase=_erase_interest,
    )
)
