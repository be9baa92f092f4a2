"""Dates and times as Swedish authorities write them: "torsdag 10 december 2026, kl. 17–19"."""

from datetime import date, datetime
from typing import Protocol

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


class Span(Protocol):
    starts_at: datetime
    ends_at: datetime


def _local(moment: datetime | date) -> datetime | date:
    return timezone.localtime(moment) if isinstance(moment, datetime) else moment


@register.filter
def day(moment: datetime | date) -> str:
    """torsdag 10 december 2026. The year is always there: a page can be read years later."""
    return date_format(_local(moment), "l j F Y").lower()


@register.filter
def day_short(moment: datetime | date) -> str:
    """torsdag 10 december: for subject lines."""
    return date_format(_local(moment), "l j F").lower()


@register.filter
def date_long(moment: datetime | date) -> str:
    """10 december 2026"""
    return date_format(_local(moment), "j F Y").lower()


def _hour(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.hour}" if local.minute == 0 else f"{local.hour}.{local.minute:02}"


@register.filter
def clock(moment: datetime) -> str:
    """kl. 17 for whole hours, kl. 17.30 otherwise."""
    return f"kl. {_hour(moment)}"


@register.filter
def short(moment: datetime | None) -> str:
    """2/12 kl. 10: for tables that the office reads. Another year than this one is named."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    year = "" if local.year == timezone.localdate().year else f" {local.year}"
    return f"{local.day}/{local.month}{year} {clock(moment)}"


@register.filter
def hours(span: Span) -> str:
    """kl. 17–19; over midnight the day after is named."""
    start, end = timezone.localtime(span.starts_at), timezone.localtime(span.ends_at)
    if start.minute == end.minute == 0:
        text = f"kl. {start.hour}–{end.hour}"
    else:
        text = f"kl. {start.hour}.{start.minute:02}–{end.hour}.{end.minute:02}"
    return text if start.date() == end.date() else f"{text} ({day_short(end)})"


@register.filter
def when(span: Span) -> str:
    """torsdag 10 december 2026, kl. 17–19"""
    return f"{day(span.starts_at)}, {hours(span)}"
