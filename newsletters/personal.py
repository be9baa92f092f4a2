"""What newsletters hold about people, for how long, and how it is forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from newsletters.emails.letters import TO_CONFIRM
from newsletters.models import (
    Delivery,
    ForeignLink,
    Hand,
    Issue,
    NewsletterSettings,
    OptIn,
    Pace,
    PaperCopy,
    Subscription,
    Suppression,
)
from newsletters.services.suppression import hash_of, suppress
from privacy import registry

# The proof of a yes, after the no.
KEEP_PROOF = timedelta(days=2 * 365)
# A link to end the letters must work for a year (reliability.md NL-12).
KEEP_ADDRESSES = timedelta(days=395)


def _weed_subscriptions(now: datetime, dry_run: bool) -> int:
    old = Subscription.objects.filter(pace=Pace.NONE, changed_at__lt=now - KEEP_PROOF)
    return old.count() if dry_run else _forget_subscriptions(old)


def _forget_subscriptions(rows: Iterable[Subscription]) -> int:
    """A no outlives the row: if the address comes back some other way it is still a no."""
    rows = list(rows)
    for row in rows:
        if row.pace == Pace.NONE:
            suppress(hash_of(row.email_key), Suppression.Reason.ASKED)
        row.delete()
        if row.consent:
            row.consent.delete()
    return len(rows)


def _weed_opt_ins(now: datetime, dry_run: bool) -> int:
    old = OptIn.objects.filter(created_at__lt=now - TO_CONFIRM)
    return old.count() if dry_run else _forget_opt_ins(old)


def _forget_opt_ins(rows: Iterable[OptIn]) -> int:
    rows = list(rows)
    for row in rows:
        row.delete()
        row.consent.delete()
    return len(rows)


def _weed_deliveries(now: datetime, dry_run: bool) -> int:
    old = Delivery.objects.filter(due_at__lt=now - KEEP_ADDRESSES).exclude(email="")
    return old.count() if dry_run else _forget_addresses(old)


def _forget_deliveries(rows: Iterable[Delivery]) -> int:
    return _forget_addresses(Delivery.objects.filter(pk__in=[row.pk for row in rows]))


def _forget_addresses(rows: QuerySet[Delivery]) -> int:
    """The rows stay, so that what was prepared is still the sum of what became of it."""
    keys = list(rows.values_list("pk", flat=True))
    mine = Delivery.objects.filter(pk__in=keys)
    mine.filter(state=Delivery.State.QUEUED).update(
        state=Delivery.State.SKIPPED, reason=Delivery.Reason.GONE
    )
    return mine.update(email="", email_key="", first_name="", answer="")


def _export_subscription(row: Subscription) -> dict[str, Any]:
    return {
        _("Nyhetsbrev"): row.get_pace_display(),
        _("Paus till"): row.paused_until,
        _("Hur"): row.get_source_display(),
        _("Sedan"): row.created_at,
        _("Samtycke"): str(row.consent or ""),
    }


registry.register(
    registry.Rule(
        model=Subscription,
        fields=("email", "email_key", "consent"),
        kept="Tills personen säger nej, och nejet i två år. Sedan bara en spärr utan adress.",
        weed=_weed_subscriptions,
        of_person=lambda key: Subscription.objects.filter(email_key=key),
        export=_export_subscription,
        erase=_forget_subscriptions,
    )
)
registry.register(
    registry.Rule(
        model=OptIn,
        fields=("email", "email_key", "consent"),
        kept="Sju dagar. Bekräftas den inte finns inget kvar.",
        weed=_weed_opt_ins,
        of_person=lambda key: OptIn.objects.filter(email_key=key),
        export=lambda row: {_("Bad om nyhetsbrev"): row.created_at, _("E-post"): row.email},
        erase=_forget_opt_ins,
    )
)
registry.register(
    registry.Rule(
        model=Delivery,
        fields=("email", "email_key", "first_name", "answer", "reason", "mailbox"),
        kept="Adressen i tretton månader, så att länken i brevet går att använda. Sedan bara antal.",
        weed=_weed_deliveries,
        of_person=lambda key: Delivery.objects.filter(email_key=key).select_related("issue"),
        export=lambda row: {
            _("Nyhetsbrev"): row.issue.subject,
            _("Till"): row.email,
            _("Läge"): row.get_state_display(),
            _("Skickat"): row.sent_at,
        },
        erase=_forget_deliveries,
    )
)


def _weed_papers(now: datetime, dry_run: bool) -> int:
    old = PaperCopy.objects.filter(made_at__lt=now - KEEP_ADDRESSES)
    return old.count() if dry_run else old.delete()[0]


registry.register(
    registry.Rule(
        model=PaperCopy,
        fields=("person", "why", "posted_by"),
        kept="Tretton månader, så att vi vet vem som fick brevet på papper.",
        weed=_weed_papers,
        of_person=lambda key: PaperCopy.objects.filter(person__email_key=key).select_related(
            "issue"
        ),
        export=lambda row: {
            _("Nyhetsbrev på papper"): row.issue.subject,
            _("Varför"): row.get_why_display(),
            _("Postat"): row.posted_at,
        },
        erase=lambda rows: PaperCopy.objects.filter(pk__in=[row.pk for row in rows]).delete()[0],
    )
)
registry.exempt(
    Suppression, "En hash som bara vi kan räkna fram. Den säger vem som inte ska få brev."
)
registry.exempt(Issue, "Ord till många, och vem av oss som skickade dem.")
registry.exempt(Hand, "Vem av oss som skrev i ett brev eller godkände det.")
registry.exempt(ForeignLink, "Adresser i nyhetsbrev till andras sidor, inte om någon.")
registry.exempt(NewsletterSettings, "Föreningens val, och en hemlighet för spärrlistan.")
