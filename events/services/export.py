"""The list of one activity as a file that leaves the house."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import exports
from events.models import Event
from events.services import protected
from events.services.office import ABOUT
from events.services.participants import Participants, read
from privacy.exports import Column, Sheet, workbook
from privacy.models import AccessLog
from privacy.services import note_access


@transaction.atomic
def take_out(event: Event, *, actor: Any) -> bytes:
    """Everyone on the list as XLSX, but nobody with protected identity. How many they were is noted
    in the same transaction."""
    people = read(event)
    hidden = protected.among(people.everyone)
    people = people.without(hidden)
    note_access(
        actor,
        action=AccessLog.Action.EXPORT,
        about=ABOUT,
        reference=event.slug,
        reason=f"{len(people.everyone)} rader",
    )
    mark = _("Uttagen av %(who)s %(when)s. Innehåller personuppgifter. Radera efter träffen.")
    mark %= {"who": actor, "when": _moment(timezone.now())}
    if hidden:
        mark += " " + _left_out(len(hidden))
    return workbook(_sheets(people), mark=mark)


def _left_out(number: int) -> str:
    text = ngettext(
        "%(number)d person med skyddade uppgifter står bara i listan på skärmen.",
        "%(number)d personer med skyddade uppgifter står bara i listan på skärmen.",
        number,
    )
    return text % {"number": number}


def name_of_file(event: Event) -> str:
    now = timezone.now()
    occasion = event.next_occasion(now) or (event.schedule[-1] if event.schedule else None)
    return exports.file_name(timezone.localdate(occasion.starts_at if occasion else now))


def _sheets(people: Participants) -> list[Sheet]:
    who = [
        Column(_("Namn"), 26),
        Column(_("E-post"), 32),
        Column(_("Telefon")),
        Column(_("Antal"), 8),
        Column(_("Anmäld")),
        Column(_("Hur"), 12),
    ]
    return [
        Sheet(
            _("Har plats"),
            [*who, Column(_("Ny"), 8), Column(_("Säger att hen kommer"), 22)],
            [
                [*_who(row), _("ny") if row.is_new else "", _("ja") if row.coming else ""]
                for row in people.placed
            ],
        ),
        Sheet(
            _("I kö"),
            [*who, Column(_("Nr"), 8), Column(_("I kö sedan")), Column(_("Varför"), 48)],
            [
                [*_who(row), str(row.number), _moment(row.queued_at), row.because]
                for row in people.queue
            ],
        ),
        Sheet(
            _("Avbokade"),
            [*who, Column(_("Läge")), Column(_("Avbokad"))],
            [
                [*_who(row), str(row.get_state_display()), _moment(row.cancelled_at)]
                for row in people.gone
            ],
        ),
    ]


def _who(row: Any) -> list[str]:
    how = str(row.get_source_display())
    return [row.name, row.email, row.phone, str(row.party), _moment(row.created_at), how]


def _moment(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
