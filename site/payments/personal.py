"""What the books know about people, for how long, and how it is forgotten."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from payments.models import (
    Account,
    BankFile,
    BankRow,
    BooksClosed,
    Charge,
    Flag,
    Payment,
    Payout,
    SieBatch,
)
from privacy import registry

# Vouchers are kept seven years after the end of the year (bokföringslagen 7 kap. 2 §).
KEEP_YEARS = 7


def _first_kept_year(now: datetime) -> int:
    return timezone.localdate(now).year - KEEP_YEARS


def _old_charges(now: datetime) -> QuerySet[Charge]:
    return Charge.objects.exclude(payer_name="", payer_email="").filter(
        created_at__year__lt=_first_kept_year(now)
    )


def _weed_charges(now: datetime, dry_run: bool) -> int:
    old = _old_charges(now)
    return old.count() if dry_run else old.update(payer_name="", payer_email="", payer_key="")


def _erase_charges(rows: Iterable[Charge]) -> int:
    """The books keep the name that is on the voucher; the address is not theirs."""
    numbers = [row.pk for row in rows]
    return Charge.objects.filter(pk__in=numbers).update(payer_email="", payer_key="")


def _old_bank_rows(now: datetime) -> QuerySet[BankRow]:
    return BankRow.objects.exclude(payer="", text="").filter(
        booked_on__year__lt=_first_kept_year(now)
    )


def _weed_bank_rows(now: datetime, dry_run: bool) -> int:
    old = _old_bank_rows(now)
    return old.count() if dry_run else old.update(payer="", text="")


def _export_charge(charge: Charge) -> dict[str, Any]:
    return {
        _("Avgift"): charge.number,
        _("Namn"): charge.payer_name,
        _("E-post"): charge.payer_email,
        _("Belopp i kronor"): charge.amount / 100,
        _("Läge"): charge.state.label,
        _("Betald"): charge.paid_at,
    }


registry.register(
    registry.Rule(
        model=Charge,
        fields=("payer_name", "payer_email", "payer_key"),
        kept="Sju år efter årets slut, för bokföringen. Vid radering stannar namn och belopp.",
        weed=_weed_charges,
        of_person=lambda key: Charge.objects.filter(payer_key=key),
        export=_export_charge,
        erase=_erase_charges,
    )
)
registry.register(
    registry.Rule(
        model=BankRow,
        fields=("payer", "text", "reference"),
        kept="Sju år efter årets slut, för bokföringen.",
        weed=_weed_bank_rows,
        of_person=lambda key: BankRow.objects.filter(payment__charge__payer_key=key),
        export=lambda row: {
            _("Insatt"): row.booked_on,
            _("Belopp i kronor"): row.amount / 100,
            _("Betalare"): row.payer,
        },
        erase=lambda rows: 0,  # the bank's voucher, kept by law
    )
)
for model, reason in {
    Account: "Handlar om en sak, inte om en person.",
    BankFile: "Namnet på en fil, och vem av oss som läste in den.",
    BooksClosed: "Vem av oss som stängde bokföringen.",
    Flag: "Belopp och nummer. Vem det gäller står i avgiften.",
    Payment: "Belopp och dag. Vem det gäller står i avgiften.",
    Payout: "Belopp från Stripe, inte om en person.",
    SieBatch: "Vem av oss som gjorde filen.",
}.items():
    registry.exempt(model, reason)
