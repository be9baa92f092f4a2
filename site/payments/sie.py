"""SIE 4I: vouchers for any Swedish bookkeeping program (domain.md 3.5). Code page 437, CRLF."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

SERIES = "M"


@dataclass(frozen=True)
class Voucher:
    """`lines`: account and öre, debit above zero and credit below; together they are nothing."""

    number: int
    day: date
    text: str
    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Head:
    name: str
    registration_number: str
    made_on: date


def write(head: Head, accounts: Iterable[tuple[str, str]], vouchers: Iterable[Voucher]) -> bytes:
    """The whole file. A voucher that does not sum to nothing is a fault of ours: ValueError."""
    lines = [
        "#FLAGGA 0",
        '#PROGRAM "Samvaro" 1.0',
        "#FORMAT PC8",
        f"#GEN {head.made_on:%Y%m%d}",
        "#SIETYP 4",
        f"#FNAMN {_text(head.name)}",
    ]
    if head.registration_number:
        lines.append(f"#ORGNR {head.registration_number}")
    lines += ["#VALUTA SEK"]
    lines += [f"#KONTO {number} {_text(name)}" for number, name in accounts]
    for voucher in vouchers:
        lines += _voucher(voucher)
    return "".join(f"{line}\r\n" for line in lines).encode("cp437", errors="replace")


def _voucher(voucher: Voucher) -> list[str]:
    if sum(ore for _account, ore in voucher.lines):
        raise ValueError(f"voucher {voucher.number} does not sum to nothing")
    head = f"#VER {SERIES} {voucher.number} {voucher.day:%Y%m%d} {_text(voucher.text)}"
    rows = [f"#TRANS {account} {{}} {_amount(ore)}" for account, ore in voucher.lines]
    return [head, "{", *rows, "}"]


def _amount(ore: int) -> str:
    whole, rest = divmod(abs(ore), 100)
    return f"{'-' if ore < 0 else ''}{whole}.{rest:02d}"


def _text(words: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in words)
    return '"' + plain.replace("\\", "/").replace('"', '\\"') + '"'
