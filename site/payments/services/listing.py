"""The ledger of a period as a table that leaves the house."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.services import files
from payments.models import Payment
from privacy.exports import Column, Sheet, comma_separated, workbook
from privacy.models import AccessLog
from privacy.services import note_access

ABOUT = "payments.Payment"
# Lines that are made while somebody waits.
AT_ONCE = 5_000
LATER = "payments"


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


def is_long(*, from_day: date, to_day: date) -> bool:
    """Whether somebody would have to wait for it: then it is made by the clock."""
    return Payment.objects.filter(booked_on__range=(from_day, to_day)).count() > AT_ONCE


def make_later(
    *, from_day: date, to_day: date, kind: str, by: Any, name: str, content_type: str
) -> None:
    facts = {"from_day": from_day.isoformat(), "to_day": to_day.isoformat(), "kind": kind}
    files.ask(by, LATER, facts, permission="payments.export_charge", name=name, kind=content_type)


@files.maker(LATER)
def _make(by: Any, facts: Any) -> bytes:
    days = {name: date.fromisoformat(facts[name]) for name in ("from_day", "to_day")}
    return take_out(**days, kind=facts["kind"], by=by)


@transaction.atomic
def take_out(*, from_day: date, to_day: date, kind: str, by: Any) -> bytes:
    """No names: the number leads to them for those who may see them."""
    lines = Payment.objects.filter(booked_on__range=(from_day, to_day)).select_related("charge")
    number = lines.count()
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
