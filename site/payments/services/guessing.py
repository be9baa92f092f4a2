"""Three guesses for a deposit that waits, each with its reason in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from payments.kronor import kronor
from payments.models import BankRow, Charge
from payments.ocr import number_of, ocr

BEST = 3
# Newest first; more than this never wait at once here.
MOST_WAITING = 5000
_DIGITS = re.compile(r"(?<!\d)\d(?:[\d ]{1,29}\d)?(?!\d)")
_TITLE = re.compile(r"\bavgift\s*(?:nr\s*)?(\d{1,12})\b", re.IGNORECASE)
# How sure each reason is.
OCR, TITLE, NAME_AND_AMOUNT, ALMOST_OCR, LIKE_NAME, AMOUNT, NAME = range(7)


@dataclass(frozen=True)
class Guess:
    charge: Charge
    why: str
    rank: int


def ocr_in(row: BankRow) -> str:
    """The first right reference in what the payer wrote; empty when there is none."""
    return next((digits for digits in _digits(row) if number_of(digits) is not None), "")


def _digits(row: BankRow) -> list[str]:
    found = []
    for text in (row.reference, row.text):
        for match in _DIGITS.findall(text):
            found += ["".join(match.split()), *match.split()]
    return list(dict.fromkeys(found))


def guesses(rows: list[BankRow]) -> dict[int, list[Guess]]:
    """For each row, by its key. Asks the database the same number of times however many rows."""
    named = {row.pk: set(_numbers(row)) for row in rows}
    wanted = {number for numbers in named.values() for number in numbers}
    waiting = list(Charge.objects.waiting().order_by("-pk")[:MOST_WAITING])
    others = Charge.objects.filter(~_is_among(waiting), number__in=wanted)
    by_number = {charge.number: charge for charge in [*waiting, *others]}
    prepared = [(charge, _words(charge.payer_name), ocr(charge.number)) for charge in waiting]
    return {row.pk: _best(row, named[row.pk], by_number, prepared) for row in rows}


def _is_among(charges: Iterable[Charge]) -> Q:
    return Q(pk__in=[charge.pk for charge in charges])


def _numbers(row: BankRow) -> list[int]:
    by_reference = [number_of(digits) for digits in _digits(row)]
    by_title = [int(number) for number in _TITLE.findall(f"{row.reference} {row.text}")]
    return [number for number in [*by_reference, *by_title] if number is not None]


def _best(
    row: BankRow, numbers: set[int], by_number: dict[int, Charge], prepared: list[Any]
) -> list[Guess]:
    right = number_of(ocr_in(row) or "0")
    found: dict[int, Guess] = {}
    for number in numbers & set(by_number):
        charge = by_number[number]
        found[charge.pk] = _named(row, charge, by_ocr=number == right)
    payer, digits = _words(row.payer), _digits(row)
    for charge, name, reference in prepared:
        if charge.pk not in found and (
            guess := _alike(row, charge, payer, name, digits, reference)
        ):
            found[charge.pk] = guess
    ordered = sorted(
        found.values(), key=lambda guess: (guess.rank, abs(guess.charge.left - row.amount))
    )
    return ordered[:BEST]


def _named(row: BankRow, charge: Charge, *, by_ocr: bool) -> Guess:
    words = {"what": _("OCR") if by_ocr else charge.title, "amount": amount_in_words(row, charge)}
    if charge.state == Charge.State.VOID:
        why = _("%(what)s stämmer, men avgiften är makulerad")
    elif charge.left <= 0:
        why = _("%(what)s stämmer, men avgiften är redan betald")
    else:
        why = _("%(what)s stämmer, %(amount)s")
    return Guess(charge, why % words, OCR if by_ocr else TITLE)


def amount_in_words(row: BankRow, charge: Charge) -> str:
    missing = charge.left - row.amount
    if not missing:
        return _("beloppet stämmer")
    words = {"difference": kronor(abs(missing))}
    if missing > 0:
        return _("beloppet är %(difference)s för lite") % words
    return _("beloppet är %(difference)s för mycket") % words


def _alike(
    row: BankRow, charge: Charge, payer: set[str], name: set[str], digits: list[str], ref: str
) -> Guess | None:
    amount = charge.left == row.amount
    likeness = _likeness(payer, name)
    words = {"amount": amount_in_words(row, charge)}
    if amount and likeness == 1:
        return Guess(charge, _("Namnet och beloppet stämmer"), NAME_AND_AMOUNT)
    if any(_one_off(typed, ref) for typed in digits):
        return Guess(charge, _("OCR är nästan rätt, %(amount)s") % words, ALMOST_OCR)
    if amount and likeness >= 0.5:
        return Guess(charge, _("Beloppet stämmer, namnet liknar"), LIKE_NAME)
    if likeness == 1:
        return Guess(charge, _("Namnet stämmer, %(amount)s") % words, NAME)
    return Guess(charge, _("Beloppet stämmer"), AMOUNT) if amount else None


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold()))


def _likeness(one: set[str], other: set[str]) -> float:
    """The part of the shorter name that is in the other; one word alone is no name."""
    common = one & other
    shorter = min(len(one), len(other))
    return len(common) / shorter if shorter > 1 else 0


def _one_off(typed: str, right: str) -> bool:
    """One digit wrong, or two that have changed places."""
    if len(typed) != len(right) or len(right) < 4:
        return False
    wrong = [place for place in range(len(right)) if typed[place] != right[place]]
    if len(wrong) == 1:
        return True
    if len(wrong) != 2 or wrong[1] != wrong[0] + 1:
        return False
    first, second = wrong
    return typed[first] == right[second] and typed[second] == right[first]
