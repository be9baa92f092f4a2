"""Everyone in an activity by every occasion, as the office reads it, and the sheet to sign."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Attendance, AttendanceSheet, Event, Leader, Occasion, Registration
from events.services import protected
from events.services.attendance import along_with, key_of, listed_key
from events.services.leading import address_of
from mail.models import Association
from mail.templatetags.dates import when
from privacy.exports import pdf
from privacy.models import AccessLog
from privacy.services import note_access

State, Kind = Registration.State, Attendance.Kind
ABOUT = "events.Registration"
PAPERS = Path(__file__).resolve().parents[1] / "papers"
# Lines without a name, for those who come without being on the list.
EMPTY_LINES = 6


@dataclass(frozen=True)
class Heading:
    """One occasion above its column. `here` is None until somebody has saved."""

    occasion: Occasion
    address: str
    sheet: AttendanceSheet | None
    here: int | None

    @property
    def has_note(self) -> bool:
        return bool(self.sheet and self.sheet.note)


@dataclass(frozen=True)
class Line:
    """One person. Each cell: was here, was not, or nobody knows."""

    name: str
    kind: str
    cells: list[bool | None]

    @property
    def times(self) -> int:
        return len([here for here in self.cells if here])


@dataclass(frozen=True)
class Grid:
    event: Event
    headings: list[Heading]
    lines: list[Line]
    leaders: list[Leader]

    @property
    def notes(self) -> list[Heading]:
        return [one for one in self.headings if one.has_note]


@transaction.atomic
def open_grid(event: Event, *, actor: Any) -> Grid:
    """Who was there, by occasion. That somebody looked is noted in the same transaction."""
    note_access(
        actor, action=AccessLog.Action.VIEW, about=ABOUT, reference=event.slug, reason="närvaro"
    )
    return read(event)


def read(event: Event) -> Grid:
    sheets = {sheet.occasion_uid: sheet for sheet in AttendanceSheet.objects.filter(event=event)}
    rows = list(Attendance.objects.filter(sheet__event=event).select_related("leader"))
    leaders = list(Leader.objects.filter(event=event).select_related("user"))
    uids = [occasion.uid for occasion in event.held]
    by_sheet = {sheet.pk: uid for uid, sheet in sheets.items()}
    cells = {(key_of(row), by_sheet[row.sheet_id]): row.present for row in rows}
    lines = [
        Line(name, kind, [cells.get((who, uid)) for uid in uids])
        for who, (name, kind) in _everyone(event, rows, leaders).items()
    ]
    return Grid(event, [_heading(event, one, sheets, rows) for one in event.held], lines, leaders)


def _everyone(
    event: Event, rows: list[Attendance], leaders: list[Leader]
) -> dict[str, tuple[str, str]]:
    """Those who have a place or were there once; those who came anyway; those who lead."""
    ticked = {row.registration_id for row in rows if row.registration_id}
    found: dict[str, tuple[str, str]] = {}
    for one in Registration.objects.filter(event=event).order_by("created_at", "pk"):
        if one.state == State.CONFIRMED or one.pk in ticked:
            for companion in range(one.party):
                name = along_with(one.name or _("Namnet är gallrat"), companion)
                found[listed_key(one.pk, companion)] = (name, "")
    for row in rows:
        if row.kind == Kind.EXTRA:
            name = row.first_name or _("Namnet är gallrat")
            found[key_of(row)] = (name, _("kom också"))
        elif row.kind == Kind.LEADER:
            name = str(row.leader) if row.leader else _("Ledare")
            found[key_of(row)] = (name, _("ledare"))
    for leader in leaders:
        found[f"l{leader.user_id}"] = (str(leader.user), _("ledare"))
    return found


def _heading(
    event: Event, occasion: Occasion, sheets: dict[Any, AttendanceSheet], rows: list[Attendance]
) -> Heading:
    sheet = sheets.get(occasion.uid)
    here = None
    if sheet:
        guests = [row for row in rows if row.sheet_id == sheet.pk and row.kind != Kind.LEADER]
        here = len([row for row in guests if row.present])
    return Heading(occasion, address_of(event, occasion), sheet, here)


@transaction.atomic
def sign_in_sheet(event: Event, occasion: Occasion, *, actor: Any) -> bytes:
    """A paper with a line for each who has a place. Nobody with protected identity is on it."""
    placed = Registration.objects.filter(event=event, state=State.CONFIRMED).exclude(name="")
    hidden = protected.among(placed)
    names = [
        along_with(row.name, companion)
        for row in placed.order_by("created_at", "pk")
        if row.pk not in hidden
        for companion in range(row.party)
    ]
    note_access(
        actor,
        action=AccessLog.Action.EXPORT,
        about=ABOUT,
        reference=event.slug,
        reason=f"närvarolista på papper, {len(names)} rader",
    )
    return pdf(PAPERS / "sign_in.typ", _facts(event, occasion, names, len(hidden)))


def _facts(event: Event, occasion: Occasion, names: list[str], hidden: int) -> dict[str, Any]:
    day = timezone.localdate()
    return {
        "title": event.title,
        "when": when(occasion),
        "place": event.place,
        "association": Association.load().name,
        "columns": [_("Namn"), _("Signatur")],
        "names": names + [""] * EMPTY_LINES,
        "hidden": _("%(number)d person står inte på listan. Fråga samordnaren.")
        % {"number": hidden}
        if hidden
        else "",
        "foot": _("Utskriven %(day)s. Innehåller namn. Riv listan när närvaron är sparad.")
        % {"day": day.isoformat()},
    }
