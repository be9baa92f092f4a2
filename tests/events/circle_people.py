"""Invented people who give their numbers to the study association."""

from typing import Any

from events.services.papers import Given
from events.study.personal_number import fits

FORM = {
    "first_name": "Kim", "last_name": "Berg", "kind": "personal", "street": "Stigen 1",
    "postcode": "126 53", "town": "Hägersten", "phone": "", "consent": "on", "do": "give",
}  # fmt: skip


def number(birthday: str = "850412", year: str = "19") -> str:
    """Twelve digits that fit together and belong to nobody."""
    ten = next(f"{birthday}980{last}" for last in range(10) if fits(f"{birthday}980{last}"))
    return f"{year}{ten}"


def given(**more: Any) -> Given:
    facts = {name: FORM[name] for name in ("first_name", "last_name", "street", "postcode", "town")}
    return Given(**{"kind": "personal", "digits": number(), **facts, **more})


def typed(**more: str) -> dict[str, str]:
    return FORM | {"number": number()} | more
