"""What every bank file is read into, and how a file is refused."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

# Öre. More than any fee, and well inside what a column holds.
LARGEST = 1_000_000_000


class FileRefused(Exception):
    """The file cannot be read whole, so nothing of it is read. Its text is for the treasurer."""

    def __init__(self, text: Any) -> None:
        super().__init__(str(text))


@dataclass(frozen=True)
class Deposit:
    """Money that came in. `bank_id` is the bank's own name of it, where there is one."""

    amount: int
    booked_on: date
    reference: str = ""
    text: str = ""
    payer: str = ""
    is_swish: bool = False
    bank_id: str = ""

    @property
    def digest(self) -> str:
        facts = (self.amount, self.booked_on, self.reference, self.text, self.payer, self.bank_id)
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:40]


def keyed(deposits: Iterable[Deposit]) -> Iterator[tuple[str, Deposit]]:
    """Each with a key that is the same whenever it is read again, in whatever order.

    Where the bank names a row, two that are alike are one. Where it does not, two that are alike on
    the same day are two payments: the second has number two among its equals.
    """
    seen: Counter[str] = Counter()
    for deposit in deposits:
        digest = deposit.digest
        if deposit.bank_id:
            yield f"id:{digest}", deposit
        else:
            seen[digest] += 1
            yield f"row:{digest}:{seen[digest]}", deposit


def tidy(text: str | None, longest: int) -> str:
    """One line without what cannot be stored."""
    words = "".join(c if c.isprintable() else " " for c in text or "").split()
    return " ".join(words)[:longest]
