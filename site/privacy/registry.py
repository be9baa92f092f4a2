"""What every model that holds personal data must say of itself.

Being in any of these tables hints at somebody's health, so no model may hold personal fields
without a rule. `tests/privacy/test_registry.py` fails for a model that has such fields and no rule.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Rule:
    """How the rows of one model are kept, handed out and forgotten.

    `fields`: the columns that tell something about a person.
    `kept`: for how long and why, in Swedish, as the register of processing prints it.
    `weed(now, dry_run)`: forgets what is past its time; returns the number of rows.
    `of_person(key)`: the rows about the person with this e-mail key.
    `export(row)`: what the person is given (label → value).
    `erase(rows)`: forgets the person now; returns the number of rows. What must stay for the
    statistics stays without a name.
    """

    model: type[models.Model]
    fields: tuple[str, ...]
    kept: str
    weed: Callable[[datetime, bool], int]
    of_person: Callable[[str], Iterable[models.Model]]
    export: Callable[[Any], dict[str, Any]]
    erase: Callable[[Any], int]


@dataclass(frozen=True)
class Exempt:
    """A model with fields that look personal and are not, or that must not be touched, and why."""

    model: type[models.Model]
    reason: str


# Writes what is encrypted outside of our encrypted fields anew; returns the number of values.
Rotation = Callable[[], int]

_rotations: dict[str, Rotation] = {}
_rules: dict[type[models.Model], Rule] = {}
_exempt: dict[type[models.Model], Exempt] = {}


def register(rule: Rule) -> None:
    names = {field.name for field in rule.model._meta.get_fields()}
    if missing := set(rule.fields) - names:
        raise LookupError(f"{rule.model.__name__} has no field {sorted(missing)}")
    _rules[rule.model] = rule


def exempt(model: type[models.Model], reason: str) -> None:
    _exempt[model] = Exempt(model, reason)


def rules() -> list[Rule]:
    return sorted(_rules.values(), key=lambda rule: rule.model._meta.label)


def exemptions() -> list[Exempt]:
    return sorted(_exempt.values(), key=lambda entry: entry.model._meta.label)


def rotates(name: str) -> Callable[[Rotation], Rotation]:
    """Name a function that `rotate_keys` shall call, for values that lie inside other columns."""

    def note(function: Rotation) -> Rotation:
        _rotations[name] = function
        return function

    return note


def rotations() -> dict[str, Rotation]:
    return dict(sorted(_rotations.items()))
