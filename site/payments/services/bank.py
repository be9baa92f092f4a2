"""Read a file from the bank: each row once, the whole file or nothing."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payments import bank_csv, camt
from payments.deposits import Deposit, FileRefused, keyed
from payments.models import BankFile, BankRow
from payments.services import matching
from privacy.models import AccessLog
from privacy.services import note_access

# A year of an association is some thousand rows. What is larger is a mistake, and is told so at once.
MOST_BYTES = 25 * 1024 * 1024
MOST_ROWS = 10_000
AT_ONCE = 1000
ABOUT = "payments.BankFile"
# How the columns of a table are named for the treasurer.
COLUMN_NAMES = {
    "day": gettext_lazy("Dag"),
    "amount": gettext_lazy("Belopp"),
    "currency": gettext_lazy("Valuta"),
    "reference": gettext_lazy("OCR"),
    "message": gettext_lazy("Meddelande"),
    "text": gettext_lazy("Text"),
    "payer": gettext_lazy("Betalare"),
    "bank_id": gettext_lazy("Bankens nummer"),
}


@dataclass
class Report:
    """What became of a file. `columns`: for a table, how its headings were understood."""

    file: BankFile
    new: int = 0
    known: int = 0
    paired: int = 0
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def to_pair(self) -> int:
        return self.new - self.paired


@transaction.atomic
def read_file(file: IO[bytes], *, name: str, by: Any) -> Report:
    """Raises FileRefused; then nothing is written."""
    digest = _digest(file)
    if earlier := BankFile.objects.filter(digest=digest).first():
        day = f"{timezone.localtime(earlier.read_at):%Y-%m-%d}"
        raise FileRefused(_("Filen lästes in %(day)s. Den läses inte en gång till.") % {"day": day})
    kind, columns, deposits = _open(file)
    row = BankFile.objects.create(
        name=name[:200], kind=kind, digest=digest, read_at=timezone.now(), read_by=by
    )
    report = Report(row, columns=columns)
    for some in _some_at_a_time(_bounded(deposits)):
        _write(some, report)
    if not report.new + report.known:
        raise FileRefused(_("Det finns inga insättningar i filen."))
    report.paired = matching.pair_at_once(row, by=by)
    reason = f"läste in, {report.new} nya rader"
    note_access(
        by, action=AccessLog.Action.CHANGE, about=ABOUT, reference=str(row.pk), reason=reason
    )
    return report


def report_of(file: BankFile) -> Report:
    """The same again, as it stands now."""
    rows = BankRow.objects.filter(file=file)
    return Report(file, new=rows.count(), paired=rows.filter(payment__isnull=False).count())


def _digest(file: IO[bytes]) -> str:
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(65536):
        size += len(chunk)
        if size > MOST_BYTES:
            raise too_large()
        digest.update(chunk)
    if not size:
        raise FileRefused(_("Filen är tom."))
    file.seek(0)
    return digest.hexdigest()


def too_large() -> FileRefused:
    words = {"size": MOST_BYTES // 1024**2, "rows": MOST_ROWS}
    return FileRefused(
        _(
            "Filen är för stor. Vi läser högst %(size)d MB och %(rows)d rader. Välj en kortare period."
        )
        % words
    )


def _open(file: IO[bytes]) -> tuple[str, dict[str, str], Iterable[Deposit]]:
    start = file.read(200).lstrip(b"\xef\xbb\xbf \r\n\t")
    file.seek(0)
    if start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return BankFile.Kind.CAMT, {}, camt.read(file)
    table = bank_csv.read(file.read())
    return BankFile.Kind.CSV, table.columns, bank_csv.deposits(table)


def _bounded(deposits: Iterable[Deposit]) -> Iterator[Deposit]:
    for number, deposit in enumerate(deposits, start=1):
        if number > MOST_ROWS:
            raise too_large()
        yield deposit


def _some_at_a_time(deposits: Iterator[Deposit]) -> Iterator[dict[str, Deposit]]:
    rows = keyed(deposits)
    while some := list(islice(rows, AT_ONCE)):
        yield dict(some)


def _write(some: dict[str, Deposit], report: Report) -> None:
    """What another file told already is known. Two readers at the same time write it once."""
    before = BankRow.objects.filter(file=report.file).count()
    BankRow.objects.bulk_create(
        [
            BankRow(
                file=report.file,
                key=key,
                amount=deposit.amount,
                booked_on=deposit.booked_on,
                reference=deposit.reference,
                text=deposit.text,
                payer=deposit.payer,
                is_swish=deposit.is_swish,
            )
            for key, deposit in some.items()
        ],
        ignore_conflicts=True,
    )
    written = BankRow.objects.filter(file=report.file).count() - before
    report.new += written
    report.known += len(some) - written
