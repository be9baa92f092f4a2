"""Those who ask us to come, those whom we know at work, and those who tell about their lives."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import registry
from privacy.models import Consent
from volunteers.models import (
    BrochureOrder,
    Clinic,
    ClinicContact,
    Evaluation,
    LectureBooking,
    Lecturer,
    OutreachSettings,
    TermLetter,
    Touch,
)
from volunteers.services.clinics import forget_contact

# Long enough for the annual report and the next visit.
KEEP_REQUESTS = KEEP_LECTURERS = timedelta(days=2 * 365)
KEEP_NOTES = timedelta(days=3 * 365)
FORGOTTEN = ""


def _forget(rows: Iterable[Any]) -> int:
    """That somebody asked stays in the counts; who it was is gone."""
    number = 0
    for row in rows:
        row.name = row.email = row.phone = FORGOTTEN
        row.email_key = f"forgotten:{uuid.uuid4()}"
        if hasattr(row, "message"):
            row.message = FORGOTTEN
        row.save()
        number += 1
    return number


def _weed_requests(model: type[Any]) -> Any:
    def weed(now: datetime, dry_run: bool) -> int:
        day = timezone.localdate(now) - KEEP_REQUESTS
        old = model._default_manager.filter(closed_on__lt=day).exclude(name=FORGOTTEN)
        return old.count() if dry_run else _forget(old)

    return weed


def _erase_requests(rows: Iterable[Any]) -> int:
    """They took back their yes: nobody owes them an answer any more."""
    rows, today = list(rows), timezone.localdate()
    _withdraw(rows)
    for row in rows:
        if row.is_open:
            row.close(today)
            if isinstance(row, LectureBooking) and row.state != LectureBooking.State.DONE:
                row.state = LectureBooking.State.CANCELLED
    return _forget(rows)


def _withdraw(rows: Iterable[Any]) -> None:
    yeses = Consent.objects.filter(pk__in=[row.consent_id for row in rows], withdrawn_at=None)
    yeses.update(withdrawn_at=timezone.now())


def _export_request(row: Any) -> dict[str, Any]:
    return {
        str(_("Var")): row.host,
        str(_("Namn")): row.name,
        str(_("E-post")): row.email,
        str(_("Telefon")): row.phone,
        str(_("Önskemål")): row.message,
        str(_("Kom in")): row.created_at,
        str(_("Samtycke")): str(row.consent),
    }


def _rule_of_requests(model: type[Any], more: tuple[str, ...]) -> registry.Rule:
    return registry.Rule(
        model=model,
        fields=("name", "email", "email_key", "phone", "message", "host", "owner", *more),
        kept="Två år efter att det är klart, sedan bara antal.",
        weed=_weed_requests(model),
        of_person=lambda key: model._default_manager.filter(email_key=key).select_related(
            "consent__text"
        ),
        export=_export_request,
        erase=_erase_requests,
    )


registry.register(_rule_of_requests(LectureBooking, ()))
registry.register(_rule_of_requests(BrochureOrder, ("street", "postcode", "town")))


def _weed_lecturers(now: datetime, dry_run: bool) -> int:
    day = timezone.localdate(now) - KEEP_LECTURERS
    old = Lecturer.objects.filter(stopped_on__lt=day).exclude(name=FORGOTTEN)
    return old.count() if dry_run else _forget(old)


def _erase_lecturers(rows: Iterable[Lecturer]) -> int:
    rows = list(rows)
    _withdraw(rows)
    for row in rows:
        row.stopped_on = row.stopped_on or timezone.localdate()
        row.topics = FORGOTTEN
    return _forget(rows)


registry.register(
    registry.Rule(
        model=Lecturer,
        fields=("name", "email", "email_key", "phone", "topics", "trained_on", "training_until"),
        kept="Två år efter det sista uppdraget, för intyg.",
        weed=_weed_lecturers,
        of_person=lambda key: Lecturer.objects.filter(email_key=key).select_related(
            "consent__text"
        ),
        export=lambda row: {
            str(_("Namn")): row.name,
            str(_("E-post")): row.email,
            str(_("Telefon")): row.phone,
            str(_("Talar om")): row.topics,
            str(_("Utbildad")): row.trained_on,
            str(_("Samtycke")): str(row.consent),
        },
        erase=_erase_lecturers,
    )
)


def _forget_contacts(rows: Iterable[ClinicContact]) -> int:
    number = 0
    for row in rows:
        forget_contact(row)
        number += 1
    return number


registry.register(
    registry.Rule(
        model=ClinicContact,
        fields=("name", "role", "email", "email_key", "phone", "objected_on"),
        kept="Så länge personen arbetar där. Vid en invändning stannar bara dagen och ett avtryck.",
        weed=lambda now, dry_run: 0,
        of_person=lambda key: ClinicContact.objects.filter(email_key=key),
        export=lambda row: {
            str(_("Mottagning")): row.clinic.name,
            str(_("Namn")): row.name,
            str(_("Roll")): row.role,
            str(_("E-post")): row.email,
            str(_("Telefon")): row.phone,
        },
        erase=_forget_contacts,
    )
)


def _weed_notes(now: datetime, dry_run: bool) -> int:
    day = timezone.localdate(now) - KEEP_NOTES
    old = Touch.objects.filter(on__lt=day, closed_on__isnull=False).exclude(note="")
    return old.count() if dry_run else old.update(note="")


registry.register(
    registry.Rule(
        model=Touch,
        fields=("note", "by", "owner"),
        kept="Anteckningen tre år. Den handlar om mottagningen, inte om en person.",
        weed=_weed_notes,
        of_person=lambda key: Touch.objects.none(),
        export=lambda row: {},
        erase=lambda rows: 0,
    )
)
registry.exempt(Clinic, "En arbetsplats och dess adress, inte om någon.")
registry.exempt(TermLetter, "Vilken mottagning som har fått brev.")
registry.exempt(Evaluation, "Svar utan namn. Ingenting leder till någon.")
registry.exempt(OutreachSettings, "Ord i ett brev, inte om någon.")
