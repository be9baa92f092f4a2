"""camt.054: the bank's message of what came in (ISO 20022, versions .02 and .08)."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import IO, Any
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse
from django.utils.translation import gettext as _

from payments.deposits import LARGEST, Deposit, FileRefused, tidy

_ROOT = re.compile(r"^\{urn:iso:std:iso:20022:tech:xsd:camt\.054\.001\.(02|08)\}Document$")
_AMOUNT = re.compile(r"^\d{1,12}(\.\d{1,5})?$")
CURRENCY = "SEK"


def read(file: IO[bytes]) -> Iterator[Deposit]:
    """Every booked deposit, one at a time, however long the file is. Raises FileRefused."""
    try:
        yield from _entries(file)
    except DefusedXmlException as error:
        raise FileRefused(
            _("Filen innehåller något som bankens filer aldrig har (DTD). Den är inte inläst.")
        ) from error
    except (ParseError, UnicodeError, LookupError, ValueError) as error:
        raise FileRefused(
            _("Filen är skadad eller avklippt. Hämta den igen från banken. Inget är inläst.")
        ) from error


def _entries(file: IO[bytes]) -> Iterator[Deposit]:
    space, number = "", 0
    open_now: list[Element] = []
    for event, node in iterparse(file, ("start", "end"), forbid_dtd=True):
        if event == "start":
            if not open_now:
                space = _space(node)
            open_now.append(node)
            continue
        open_now.pop()
        if node.tag == f"{space}Ntry":
            number += 1
            yield from _Entry(node, space, number).deposits()
        if node.tag in {f"{space}Ntry", f"{space}Ntfctn"}:
            open_now[-1].remove(node)  # what is read is let go


def _space(root: Element) -> str:
    if not _ROOT.match(root.tag):
        raise FileRefused(
            _("Det här är ingen fil med insättningar (camt.054). Välj rätt fil hos banken.")
        )
    return root.tag.removesuffix("Document")


class _Entry:
    """One entry of the account, with one or many transactions in it."""

    def __init__(self, node: Element, space: str, number: int) -> None:
        self.node, self.space, self.number = node, space, number

    def deposits(self) -> Iterator[Deposit]:
        if self._text(self.node, "CdtDbtInd") != "CRDT" or not self._is_booked():
            return
        parts = self.node.findall(self._path("NtryDtls/TxDtls"))
        if not parts:
            yield self._deposit(self.node, self._amount(self.node, "Amt"), self._own_id())
            return
        for place, part in enumerate(parts, start=1):
            if self._text(part, "CdtDbtInd") == "DBIT":
                continue
            bank_id = self._text(part, "Refs/AcctSvcrRef")
            if not bank_id and (own := self._own_id()):
                bank_id = f"{own}/{place}"
            yield self._deposit(part, self._amount_of(part, alone=len(parts) == 1), bank_id)

    def _deposit(self, part: Element, amount: int, bank_id: str) -> Deposit:
        reference = self._text(part, "RmtInf/Strd/CdtrRefInf/Ref")
        text = " ".join(
            node.text or "" for node in part.findall(self._path("RmtInf/Ustrd")) if node.text
        )
        payer = self._text(part, "RltdPties/Dbtr/Nm") or self._text(part, "RltdPties/Dbtr/Pty/Nm")
        return Deposit(
            amount=amount,
            booked_on=self._day(),
            reference=tidy(reference, 140),
            text=tidy(text, 300),
            payer=tidy(payer, 160),
            is_swish="swish" in f"{text} {self._text(self.node, 'AddtlNtryInf')}".lower(),
            bank_id=tidy(bank_id, 200),
        )

    def _amount_of(self, part: Element, *, alone: bool) -> int:
        """Where a transaction says how much it is; the entry's own amount when there is but one."""
        for path in ("Amt", "AmtDtls/TxAmt/Amt"):
            if part.find(self._path(path)) is not None:
                return self._amount(part, path)
        if alone:
            return self._amount(self.node, "Amt")
        raise self._refused(_("Belopp saknas"))

    def _amount(self, part: Element, path: str) -> int:
        node = part.find(self._path(path))
        if node is None:
            raise self._refused(_("Belopp saknas"))
        if node.get("Ccy") != CURRENCY:
            raise self._refused(
                _("Valutan är %(currency)s, inte SEK") % {"currency": tidy(node.get("Ccy"), 5)}
            )
        return self._ore(node.text or "")

    def _ore(self, text: str) -> int:
        try:
            ore = Decimal(text.strip()) * 100 if _AMOUNT.match(text.strip()) else None
        except InvalidOperation:
            ore = None
        if ore is None or ore != int(ore) or not 0 < ore <= LARGEST:
            raise self._refused(_("Beloppet går inte att läsa"))
        return int(ore)

    def _day(self) -> date:
        text = self._text(self.node, "BookgDt/Dt") or self._text(self.node, "BookgDt/DtTm")
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            raise self._refused(_("Dagen saknas")) from None

    def _is_booked(self) -> bool:
        return "BOOK" in (self._text(self.node, "Sts"), self._text(self.node, "Sts/Cd"))

    def _own_id(self) -> str:
        return self._text(self.node, "AcctSvcrRef") or self._text(self.node, "NtryRef")

    def _refused(self, why: str) -> FileRefused:
        words = {"why": why, "number": self.number}
        return FileRefused(_("%(why)s i post %(number)d. Inget är inläst.") % words)

    def _text(self, part: Any, path: str) -> str:
        return (part.findtext(self._path(path)) or "").strip()

    def _path(self, path: str) -> str:
        return "/".join(f"{self.space}{step}" for step in path.split("/"))
