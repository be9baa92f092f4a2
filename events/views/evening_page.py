"""The page of one evening, as it stands or as a phone has just sent it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from events.forms.evening import EveningForm, extras_of, ticks_of
from events.models import Attendance, AttendanceSheet, CircleSettings, Event, Occasion
from events.services import attendance, circles, leading
from events.services.attendance_values import Row

LEADER = Attendance.Kind.LEADER


@dataclass(frozen=True)
class Reader:
    """Who reads, where, and what they see: all of the names only after a log-in."""

    user: Any
    here: str
    in_full: bool


@dataclass(frozen=True)
class Line:
    """A row as the page shows it. `shown`: what this phone was shown when it opened the page."""

    row: Row
    label: str
    ticked: bool
    shown: str


def page(
    request: HttpRequest,
    name: str,
    event: Event,
    occasion: Occasion,
    reader: Reader,
    *,
    code: int = 200,
    form: EveningForm | None = None,
    sheet: AttendanceSheet | None = None,
) -> HttpResponse:
    rows = attendance.read(event, occasion)
    lines = _lines(rows, reader, form)
    hours_of = form.span() if form and form.is_bound and form.is_valid() else None
    counted = attendance.count(rows)
    context = {
        "event": event,
        "occasion": occasion,
        "reader": reader,
        "form": form,
        "sheet": sheet,
        "number": leading.number_of(event, occasion),
        "guests": [line for line in lines if line.row.kind != LEADER],
        "leaders": [line for line in lines if line.row.kind == LEADER],
        "pending": extras_of(form.data) if form and form.is_bound else [],
        "count": counted,
        "figures": attendance.figures(sheet, counted) if sheet else "",
        **(_after_a_save(event) if name == "saved" else {}),
        "hours": attendance.hours(
            event,
            hours_of or attendance.span_of(event, occasion, sheet),
            _typed_hours(form, sheet),
        ),
        "full_url": _in_full(event, occasion),
        "is_ahead": occasion.starts_at > timezone.now(),
    }
    return render(request, f"events/evening/{name}.html", context, status=code)


def _typed_hours(form: EveningForm | None, sheet: AttendanceSheet | None) -> int | None:
    if form:
        return form.typed_hours()
    return sheet.typed_hours if sheet else None


def _after_a_save(event: Event) -> dict[str, Any]:
    """What is missing for the circle, and where the studieförbund keeps its own list."""
    return {
        "missing": circles.word_to_leader(event, now=timezone.now()),
        "e_list": CircleSettings.load().e_list,
    }


def _in_full(event: Event, occasion: Occasion) -> str:
    return reverse("events:evening", args=[event.slug, leading.address_of(event, occasion)])


def _lines(rows: list[Row], reader: Reader, form: EveningForm | None) -> list[Line]:
    if form is None or not form.is_bound:
        # Whoever opens the page is there.
        return [_line(row, reader, bool(row.here) or _is(row, reader)) for row in rows]
    sent = {tick.key: tick for tick in ticks_of(form.data)}
    everyone = form.data.get("do") == "all"
    lines = []
    for row in rows:
        tick = sent.get(row.key)
        ticked = (tick.here if tick else bool(row.here)) or (everyone and row.kind != LEADER)
        shown = tick.shown_as if tick else row.shown
        lines.append(_line(row, reader, ticked, shown))
    return lines


def _is(row: Row, reader: Reader) -> bool:
    return row.kind == LEADER and row.here is None and row.user == reader.user.pk


def _line(row: Row, reader: Reader, ticked: bool, shown: str = "") -> Line:
    return Line(row, row.name if reader.in_full else row.first_name, ticked, shown or row.shown)
