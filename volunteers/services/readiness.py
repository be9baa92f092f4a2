"""What is left before somebody is active: agreement, secrecy, courses, a mentor (domain.md 6.2)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from volunteers.models import Assignment, Lead


class NotReady(Exception):
    """Something on the list is left. `.missing` says what, in words for the coordinator."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("not ready yet")
        self.missing = missing


@dataclass(frozen=True)
class Item:
    """One line of the list. `done`: the day when it was, or nothing."""

    text: str
    is_done: bool
    detail: Any = ""


def checklist(lead: Lead, today: date | None = None) -> list[Item]:
    """Everything that the roles of this person ask for, done or not."""
    today = today or timezone.localdate()
    roles = list(
        lead.assignments.current()
        .select_related("role", "mentor")
        .prefetch_related("role__trainings")
    )
    promise = getattr(lead, "promise", None)
    items = [
        Item(_("Ett uppdrag är valt"), bool(roles), ", ".join(str(one.role) for one in roles)),
        Item(_("Har sagt ja till överenskommelsen"), promise is not None),
        Item(_("Har lovat att hålla tyst"), promise is not None),
    ]
    held = _held(lead, today)
    for assignment in roles:
        items += _of_role(assignment, held)
    return items


def _of_role(assignment: Assignment, held: dict[int, Any]) -> list[Item]:
    role, items = assignment.role, []
    for training in role.trainings.all():
        until = held.get(training.pk, "")
        items.append(Item(_("Har gått %s") % training.name, training.pk in held, until or ""))
    if role.needs_mentor:
        mentor = assignment.mentor
        text = _("Har en fadder som %s") % role.name.lower()
        items.append(Item(text, mentor is not None, mentor.name if mentor else ""))
    if role.meets_minors:
        seen = assignment.extract_seen_on
        items.append(Item(_("Har visat registerutdrag"), seen is not None, seen or ""))
    return items


def _held(lead: Lead, today: date) -> dict[int, Any]:
    """By course, until when it holds; those that have run out are left out."""
    rows = lead.trainings.order_by("done_on").values_list("training", "valid_until")
    return {course: until for course, until in rows if until is None or until >= today}


def missing(lead: Lead) -> list[str]:
    return [item.text for item in checklist(lead) if not item.is_done]


def require(lead: Lead) -> None:
    """Raises NotReady."""
    if left := missing(lead):
        raise NotReady(left)
