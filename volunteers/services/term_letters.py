"""The letter of the term: to every affective clinic, once, whatever is pressed and by how many."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.models import Association
from mail.templatetags.dates import date_long
from members.services import campaigns
from members.services.exporting import LABELS
from privacy.exports import pdf
from volunteers.models import (
    Clinic,
    LectureBooking,
    OutreachSettings,
    Term,
    TermLetter,
    Touch,
)
from volunteers.services import who

PAPER = Path(__file__).resolve().parents[1] / "papers" / "term_letter.typ"
# When somebody calls and asks whether the letter came.
CALL_AFTER = timedelta(weeks=4)
# Where a clinic books us; short enough to be typed from paper.
ADDRESS = "/om-oss/for-varden/"
# Where a code is written.
JOIN = "/bli-medlem/"


@transaction.atomic
def prepare(term: Term) -> int:
    """A letter for every clinic that wants one and has none this term. Returns how many are new.

    Who presses at the same time waits at the clinics' rows, and then finds the letters made.
    """
    clinics = lock()
    written = written_to(term)
    missing = [clinic for clinic in clinics if clinic.pk not in written]
    today = timezone.localdate()
    TermLetter.objects.bulk_create(
        TermLetter(clinic=clinic, year=term.year, half=term.half, made_on=today)
        for clinic in missing
    )
    return len(missing)


def lock() -> list[Clinic]:
    return list(Clinic.objects.wanting_letters().order_by("pk").select_for_update(of=("self",)))


def written_to(term: Term) -> set[int]:
    return set(of(term).values_list("clinic", flat=True))


def of(term: Term) -> QuerySet[TermLetter]:
    return TermLetter.objects.filter(year=term.year, half=term.half)


def to_post(term: Term) -> QuerySet[TermLetter]:
    """Written, not posted, and the clinic still wants it."""
    rows = of(term).filter(posted_on=None, clinic__in=Clinic.objects.wanting_letters())
    return rows.select_related("clinic").order_by("clinic__name")


def as_letters(term: Term) -> bytes:
    """One page for each letter that is to be posted. Printing changes nothing."""
    words, association = OutreachSettings.load(), Association.load()
    facts = {
        "from": [
            association.name,
            association.street,
            f"{association.postcode} {association.town}",
        ],
        "day": date_long(timezone.localdate()),
        "heading": str(words.letter_heading),
        "paragraphs": [
            part.strip()
            for part in str(words.letter_body).replace("\r", "").split("\n\n")
            if part.strip()
        ],
        "closing": _("Varma hälsningar"),
        "name": association.short_name,
        "reach": _("Boka ett besök: %(url)s. Eller mejla %(email)s.")
        % {"url": settings.SITE_URL + ADDRESS, "email": association.email},
        "code": _("Den som vill bli medlem kan skriva koden %(code)s på %(url)s.")
        % {"code": term.code, "url": settings.SITE_URL + JOIN},
        "brochures": _("Vi skickar med %(number)s broschyrer.") % {"number": words.brochures},
        "letters": [letter.clinic.lines for letter in to_post(term)],
    }
    return pdf(PAPER, facts)


def as_labels(term: Term) -> bytes:
    return pdf(LABELS, {"labels": [letter.clinic.lines for letter in to_post(term)]})


@transaction.atomic
def mark_posted(term: Term, *, actor: Any) -> int:
    """They lie in the post box. For each somebody calls in four weeks. Returns how many were new."""
    today = timezone.localdate()
    owner = who.who_answers(today)
    rows = list(to_post(term).select_for_update(of=("self",)))
    for letter in rows:
        touch = Touch(
            clinic=letter.clinic, on=today, channel=Touch.Channel.LETTER, by=actor, owner=owner
        )
        touch.plan(_("Ring och hör om brevet kom fram"), today + CALL_AFTER)
        touch.save()
        letter.posted_on, letter.touch = today, touch
        letter.save(update_fields=["posted_on", "touch"])
    return len(rows)


@dataclass(frozen=True)
class Funnel:
    """What the letter of a term led to, as numbers."""

    clinics: int
    opted_out: int
    written: int
    posted: int
    answered: int
    booked: int
    held: int
    reached: int
    # Who wrote the code in the form, and those that visits tell of.
    new_members: int
    told_members: int


def funnel(term: Term) -> Funnel:
    affective = Clinic.objects.open().filter(kind=Clinic.Kind.AFFECTIVE)
    letters = of(term)
    posted = letters.filter(posted_on__isnull=False)
    booked = _bookings(term)
    held = booked.filter(state=LectureBooking.State.DONE)
    sums = held.aggregate(reached=Sum("actual"), new=Sum("new_members"))
    return Funnel(
        clinics=affective.count(),
        opted_out=affective.filter(no_letters_since__isnull=False).count(),
        written=letters.count(),
        posted=posted.count(),
        answered=_answered(posted, term),
        booked=booked.count(),
        held=held.count(),
        reached=sums["reached"] or 0,
        new_members=campaigns.newcomers(term.code),
        told_members=sums["new"] or 0,
    )


def _answered(posted: QuerySet[TermLetter], term: Term) -> int:
    """Clinics that have spoken with us after their letter, or asked for something."""
    since: dict[int, Any] = dict(posted.values_list("clinic", "posted_on"))
    spoke = Touch.objects.filter(clinic__in=since, on__lte=term.ends_on)
    said = list(spoke.exclude(channel=Touch.Channel.LETTER).values_list("clinic", "on"))
    asked = LectureBooking.objects.filter(clinic__in=since, created_at__date__lte=term.ends_on)
    said += asked.values_list("clinic", "created_at__date")
    return len({clinic for clinic, on in said if clinic and on >= since[clinic]})


def _bookings(term: Term) -> QuerySet[LectureBooking]:
    """Of clinics that got the letter, asked for during the term."""
    days = (term.starts_on, term.ends_on)
    to = of(term).filter(posted_on__isnull=False).values("clinic")
    return LectureBooking.objects.filter(clinic__in=to, created_at__date__range=days)
