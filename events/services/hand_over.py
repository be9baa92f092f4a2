"""The file to the study association, and the moment when a circle is handed over.

The form that the association uses is not public, so which columns there are, in what order and
what they are called is data (HandOverColumn). What each one holds is told here.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from events import study
from events.models import Circle, CircleSettings, HandOverColumn, Identity, VisitTally
from events.services import protected
from events.services.circles import Member, Standing, standing
from mail.models import Association
from privacy.addresses import mail_key
from privacy.exports import Column, Sheet, comma_separated, workbook
from privacy.models import AccessLog
from privacy.services import note_access

Sheets = HandOverColumn.Sheet
# What the access log says that the rows are.
ABOUT = "events.Circle"
NAMED_SHEETS = (Sheets.ARRANGEMENT, Sheets.PEOPLE, Sheets.ATTENDANCE, Sheets.MEETINGS)
# The columns of the dates in the list of attendance: one for each meeting.
DAYS = "days"


@dataclass(frozen=True)
class Table:
    """One sheet, with the columns that the office wants."""

    title: str
    headers: list[str]
    rows: list[list[str]]


class Report:
    """Everything that a file tells of one circle. Nobody with protected identity is in it."""

    def __init__(self, found: Standing) -> None:
        self.standing, self.circle, self.event = found, found.circle, found.circle.event

    @cached_property
    def meetings(self) -> list[study.Meeting]:
        """Those that count."""
        rules = self.standing.rules
        return [
            one
            for one in self.standing.facts.in_order
            if rules and study.meeting_counts(one, rules)
        ]

    @cached_property
    def came(self) -> list[Member]:
        """Leaders, and everyone who has been there. Who never came is nobody's business."""
        seen = {key for meeting in self.meetings for key in meeting.present or ()}
        return [one for one in self.standing.members if one.leader or one.key in seen]

    @cached_property
    def people(self) -> list[Member]:
        secret = protected.mailboxes(mail_key(_email(one)) for one in self.came if _email(one))
        return [one for one in self.came if not _is_protected(one, secret)]

    @property
    def left_out(self) -> int:
        """How many the office must phone about."""
        return len(self.came) - len(self.people)

    def tables(self) -> Iterator[Table]:
        names = NAMED_SHEETS if self.circle.is_named else (Sheets.CULTURE,)
        for name in names:
            yield self._table(name)

    def _table(self, name: Sheets) -> Table:
        columns = HandOverColumn.objects.filter(sheet=name, is_shown=True)
        shown = [(column.key, column.header) for column in columns]
        days = [f"{one.day}" for one in self.meetings]
        headers = [head for key, word in shown for head in (days if key == DAYS else [word])]
        rows = []
        for facts in ROWS[name](self):
            row: list[str] = []
            for key, _word in shown:
                value = facts.get(key, "")
                row += value if isinstance(value, list) else [str(value)]
            rows.append(row)
        return Table(str(name.label), headers, rows)


def _email(member: Member) -> str:
    if member.leader:
        return str(member.leader.user.email)
    return member.registration.email if member.registration else ""


def _is_protected(member: Member, mailboxes: set[str]) -> bool:
    said = member.identity is not None and member.identity.way == Identity.Way.PROTECTED
    email = _email(member)
    return said or bool(email and mail_key(email) in mailboxes)


def _arrangement(report: Report) -> Iterator[dict[str, Any]]:
    circle, event, verdict = report.circle, report.event, report.standing.verdict
    meetings = report.meetings
    yield {
        "reference": circle.reference,
        "title": event.title,
        "form": circle.get_form_display(),
        "organisation": Association.load().name,
        "contact": circle.contact,
        "where": event.get_where_display(),
        "first_day": meetings[0].day if meetings else "",
        "last_day": meetings[-1].day if meetings else "",
        "meetings": len(meetings),
        "study_hours": verdict.hours if verdict else 0,
        "plan": _yes(circle.plan_id is not None),
    }


def _people(report: Report) -> Iterator[dict[str, Any]]:
    for number, one in enumerate(report.people, start=1):
        identity = one.identity
        yield {
            "number": number,
            "role": _("ledare") if one.leader else _("deltagare"),
            "first_name": (identity and identity.first_name) or one.first_name,
            "last_name": (identity and identity.last_name) or "",
            "email": _email(one),
            "protected": _yes(False),
            **{
                name: getattr(identity, name) if identity else ""
                for name in ("personal_number", "street", "postcode", "town", "phone")
            },
        }


def _attendance(report: Report) -> Iterator[dict[str, Any]]:
    for number, one in enumerate(report.people, start=1):
        there = [one.key in (meeting.present or ()) for meeting in report.meetings]
        yield {
            "number": number,
            DAYS: [str(int(was)) for was in there],
            "total": sum(there),
        }
    # Everyone who was there, also those who are in no row.
    sums = [len(meeting.present or ()) for meeting in report.meetings]
    yield {"number": _("Summa"), DAYS: [str(one) for one in sums], "total": sum(sums)}


def _meetings(report: Report) -> Iterator[dict[str, Any]]:
    rules = report.standing.rules
    for number, one in enumerate(report.meetings, start=1):
        yield {
            "number": number,
            "day": one.day,
            "start": f"{one.starts_at:%H:%M}",
            "end": f"{one.ends_at:%H:%M}",
            "pause": one.break_minutes,
            "study_hours": one.hours(rules.hour_minutes) if rules else 0,
            "present": len(one.present or ()),
        }


def _culture(report: Report) -> Iterator[dict[str, Any]]:
    circle, event = report.circle, report.event
    tallies: dict[Any, VisitTally] = {
        tally.occasion_uid: tally for tally in VisitTally.objects.filter(event=event)
    }
    for one in report.meetings:
        tally = tallies.get(one.key)
        yield {
            "reference": circle.reference,
            "title": event.title,
            "kind": event.get_kind_display(),
            "day": one.day,
            "start": f"{one.starts_at:%H:%M}",
            "end": f"{one.ends_at:%H:%M}",
            "place": event.place or event.get_where_display(),
            "performers": circle.performers or "",
            "audience": one.audience or 0,
            "poster": circle.plan.title if circle.plan else "",
            "representative": circle.representative,
            **{name: getattr(tally, name) if tally else "" for name in ("women", "men", "other")},
        }


ROWS: dict[Sheets, Callable[[Report], Iterator[dict[str, Any]]]] = {
    Sheets.ARRANGEMENT: _arrangement,
    Sheets.PEOPLE: _people,
    Sheets.ATTENDANCE: _attendance,
    Sheets.MEETINGS: _meetings,
    Sheets.CULTURE: _culture,
}


def _yes(is_so: bool) -> str:
    return str(_("ja") if is_so else _("nej"))


@transaction.atomic
def take_out(circle: Circle, *, actor: Any, as_csv: bool = False) -> bytes:
    """The file, as a workbook or as one CSV for each sheet. A line in the log goes with it."""
    report = Report(standing(circle))
    number, kind = len(report.people), "CSV" if as_csv else "XLSX"
    note_access(
        actor,
        action=AccessLog.Action.EXPORT,
        about=ABOUT,
        reference=circle.event.slug,
        reason=f"{number} personer, underlag till studieförbundet, {kind}",
    )
    if as_csv:
        return _zipped(report)
    mark = _("Uttagen av %(who)s %(when)s. Innehåller personuppgifter. Radera när den är lämnad.")
    mark %= {"who": actor, "when": f"{timezone.localtime():%Y-%m-%d %H:%M}"}
    return workbook(
        [
            Sheet(table.title, [Column(header) for header in table.headers], table.rows)
            for table in report.tables()
        ],
        mark=mark,
    )


def _zipped(report: Report) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as folder:
        for table in report.tables():
            folder.writestr(
                f"{slugify(table.title)}.csv", comma_separated(table.headers, table.rows)
            )
    return file.getvalue()


def name_of_file(*, as_csv: bool) -> str:
    """Tells nothing but a day: the file lies in a folder of downloads that others may see."""
    return f"underlag-{timezone.localdate()}.{'zip' if as_csv else 'xlsx'}"


@transaction.atomic
def mark_handed_over(circle: Circle, *, actor: Any) -> Circle:
    """The association has it. The numbers go when the days of the settings are over."""
    return _mark(circle, actor, timezone.now(), "lämnade över")


@transaction.atomic
def take_back(circle: Circle, *, actor: Any) -> Circle:
    """It was marked by mistake, or the association wants more."""
    return _mark(circle, actor, None, "öppnade igen")


def _mark(circle: Circle, actor: Any, moment: Any, deed: str) -> Circle:
    circle = Circle.objects.select_for_update().get(pk=circle.pk)
    if bool(circle.handed_over_at) == bool(moment):
        return circle
    circle.handed_over_at, circle.handed_over_by = moment, actor if moment else None
    circle.save(update_fields=["handed_over_at", "handed_over_by"])
    note_access(
        actor,
        action=AccessLog.Action.CHANGE,
        about=ABOUT,
        reference=circle.event.slug,
        reason=deed,
    )
    return circle


def phone_about(found: Standing) -> tuple[int, str]:
    """How many are left out of the file, and where the office phones about them."""
    return Report(found).left_out, CircleSettings.load().contact
