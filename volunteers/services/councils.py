"""What is done with councils: chairs, mandates, meetings, and the issues that we raise."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from privacy.models import AccessLog, Consent
from privacy.services import note_access, note_consent
from volunteers.models import Council, CouncilIssue, CouncilMeeting, Mandate, Seat

ABOUT = "volunteers.Mandate"
# The words of the two yes: to be kept, and to be named on the site.
CONSENT, PUBLIC_CONSENT = "mandates", "mandates-public"


class ChairTaken(Exception):
    """Somebody sits there, or is appointed to, on one of those days."""


class ChairClosed(Exception):
    """The chair or its council is closed."""


class SomebodySitsThere(Exception):
    """A chair is closed when its mandate is over."""


def save_council(council: Council) -> Council:
    """A new council gets an address that stays when its name changes."""
    if not council.slug:
        wanted = slugify(f"{council.organisation.name} {council.name}")[:130] or "rad"
        taken = set(Council.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
        numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
        council.slug = next(slug for slug in [wanted, *numbered] if slug not in taken)
    council.save()
    return council


def hand_over(giver: Any, *, to: Any) -> int:
    """The councils that one of us coordinates get the other as their coordinator."""
    return Council.objects.filter(coordinator=giver).update(coordinator=to)


def without_coordinator(able: list[int], day: date) -> list[Council]:
    """Open councils with a chair for us whose coordinator is not among these."""
    rows = Council.objects.open(day).filter(seats__in=Seat.objects.open(day)).distinct()
    lacking = rows.filter(Q(coordinator=None) | ~Q(coordinator__in=able))
    return list(lacking.select_related("organisation"))


def open_council(council: Council, *, actor: Any) -> list[tuple[Seat, list[Mandate]]]:
    """Every chair with those who sit or have sat in it. That somebody looked is noted."""
    note_access(actor, action=AccessLog.Action.VIEW, about=ABOUT, reference=council.slug[:100])
    seats = council.seats.prefetch_related("mandates__public_consent").order_by("-kind", "pk")
    return [(seat, list(seat.mandates.all())) for seat in seats]


@transaction.atomic
def appoint(seat: Seat, facts: dict[str, Any], *, actor: Any) -> Mandate:
    """Somebody is to sit in the chair. Raises ChairTaken or ChairClosed.

    `facts`: the columns of the mandate. The yes to be kept was given to us in person.
    """
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    mandate = Mandate(seat=seat, **facts)
    if not Seat.objects.open(mandate.last_on).filter(pk=seat.pk).exists():
        raise ChairClosed
    others = Mandate.objects.lasting(mandate.starts_on).filter(seat=seat)
    if others.filter(starts_on__lte=mandate.last_on).exists():
        raise ChairTaken
    now = timezone.now()
    mandate.consent = note_consent(CONSENT, at=now, channel=Consent.Channel.OFFICE)
    mandate.follow()
    mandate.save()
    _note_change(mandate, actor, "utsedd")
    return mandate


@transaction.atomic
def change_mandate(mandate: Mandate, facts: dict[str, Any], *, actor: Any) -> Mandate:
    """How the person is reached, and when they had their introduction. The days stay."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    for name, value in facts.items():
        setattr(mandate, name, value)
    mandate.follow()
    mandate.save(update_fields=[*facts, "email", "email_key"])
    _note_change(mandate, actor, "uppgifter")
    return mandate


@transaction.atomic
def end(mandate: Mandate, *, last_on: date, actor: Any) -> Mandate:
    """They leave before the term is over, without a question why. The chair is open after it."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    mandate.ended_on = min(max(last_on, mandate.starts_on), mandate.term_ends_on)
    mandate.save(update_fields=["ended_on"])
    _note_change(mandate, actor, "slutar")
    return mandate


@transaction.atomic
def name_on_site(mandate: Mandate, *, name: str, actor: Any) -> Mandate:
    """They said yes to this name on the site; or, with an empty one, take their yes back."""
    mandate = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
    now, before = timezone.now(), mandate.public_consent
    if before and before.withdrawn_at is None and name != mandate.public_name:
        before.withdrawn_at = now
        before.save(update_fields=["withdrawn_at"])
    if name and name != mandate.public_name:
        channel = Consent.Channel.OFFICE
        mandate.public_consent = note_consent(PUBLIC_CONSENT, at=now, channel=channel)
    mandate.public_name = name
    mandate.save(update_fields=["public_name", "public_consent"])
    _note_change(mandate, actor, "namn på webben" if name else "inget namn på webben")
    return mandate


@transaction.atomic
def close_seat(seat: Seat) -> Seat:
    """The council has a chair less for us. Raises SomebodySitsThere."""
    seat, today = Seat.objects.select_for_update().get(pk=seat.pk), timezone.localdate()
    if Mandate.objects.lasting(today).filter(seat=seat).exists():
        raise SomebodySitsThere
    seat.closed_on = seat.closed_on or today
    seat.save(update_fields=["closed_on"])
    return seat


def report(meeting: CouncilMeeting, *, text: str, attended: Any) -> CouncilMeeting:
    """A few lines to the board, and who was there. Written again, it is the newer one that counts."""
    meeting.report, meeting.reported_at = text, meeting.reported_at or timezone.now()
    meeting.save(update_fields=["report", "reported_at"])
    meeting.attended.set(attended)
    return meeting


def follow_issue(issue: CouncilIssue) -> CouncilIssue:
    """An answer has a day: today, when nobody has said another."""
    if issue.state in CouncilIssue.SETTLED:
        issue.answered_on = issue.answered_on or timezone.localdate()
    else:
        issue.answered_on = None
    issue.save()
    return issue


def _note_change(mandate: Mandate, actor: Any, reason: str) -> None:
    slug = mandate.seat.council.slug[:100]
    action = AccessLog.Action.CHANGE
    note_access(actor, action=action, about=ABOUT, reference=slug, reason=reason)
