"""The ledger of a period as a table that leaves the house."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.models import Payment
from privacy.exports import Column, Sheet, comma_separated, workbook
from privacy.models import AccessLog
from privacy.services import note_access

ABOUT = "payments.Payment"
# Longer lists are for a bookkeeping program, and would keep the reader waiting.
MOST_LINES = 20_000


class TooManyLines(Exception):
    """Choose a shorter period."""


def _columns() -> list[Column]:
    return [
        Column(_("Bokfört"), 12),
        Column(_("Avgift"), 14),
        Column(_("Typ")),
        Column(_("Gäller år"), 10),
        Column(_("Vad")),
        Column(_("Sätt")),
        Column(_("Belopp"), 14),
        Column(_("Avgiftens belopp"), 16),
        Column(_("Riksförbundets del"), 18),
        Column(_("Verifikation"), 24),
    ]


@transaction.atomic
def take_out(*, from_day: date, to_day: date, kind: str, by: Any) -> bytes:
    """No names: the number leads to them for those who may see them. Raises TooManyLines."""
    lines = Payment.objects.filter(booked_on__range=(from_day, to_day)).select_related("charge")
    number = lines.count()
    if number > MOST_LINES:
        raise TooManyLines
    rows = [_row(line) for line in lines.order_by("booked_on", "pk")]
    note_access(
        by,
        action=AccessLog.Action.EXPORT,
        about=ABOUT,
        reference=f"{from_day}–{to_day}",
        reason=f"{number} rader",
    )
    columns = _columns()
    if kind == "csv":
        return comma_separated([column.header for column in columns], rows)
    mark = _("Uttagen av %(who)s %(when)s.") % {
        "who": by,
        "when": f"{timezone.localtime():%Y-%m-%d %H:%M}",
    }
    return workbook([Sheet(_("Betalningar"), columns, rows)], mark=mark)


def _row(line: Payment) -> list[str]:
    charge = line.charge
    return [
        f"{line.booked_on:%Y-%m-%d}",
        charge.title,
        str(charge.get_kind_display()),
        str(charge.year),
        str(line.get_kind_display()),
        str(line.get_method_display()),
        _amount(line.amount),
        _amount(charge.amount),
        _amount(charge.union_share),
        line.note,
    ]


def _amount(ore: int) -> str:
    """A decimal comma and two places, as a spreadsheet in Swedish reads it."""
    whole, rest = divmod(abs(ore), 100)
    return f"{'-' if ore < 0 else ''}{whole},{rest:02d}"
