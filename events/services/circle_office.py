"""What the office does with a circle, from an empty term to handed over."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from events.models import Circle, CircleRules, Event
from events.services.papers import agreement_text
from privacy.models import AccessLog
from privacy.services import note_access

# What the access log says that the rows are.
ABOUT = "events.Circle"
# A talk group is at its best with so many, the leader included (domain: 8-10).
MOST_IN_A_TALK_GROUP = 10
# The autumn begins in this month.
AUTUMN_FROM = 7


class InForce(Exception):
    """Circles that have begun follow these rules, so they stay as they are."""


def term_of(day: date) -> tuple[str, int]:
    """Spring or autumn, and the year."""
    is_autumn = day.month >= AUTUMN_FROM
    return (Circle.Season.AUTUMN if is_autumn else Circle.Season.SPRING), day.year


def term_of_event(event: Event | None) -> tuple[str, int]:
    start = event.starts_at if event else None
    return term_of(timezone.localdate(start) if start else timezone.localdate())


@transaction.atomic
def make(circle: Circle, *, actor: Any) -> Circle:
    """An activity becomes a circle. A talk group begins with an agreement and a lower cap."""
    if circle.event.kind == Event.Kind.GROUP:
        circle.agreement = agreement_text()
        circle.most = MOST_IN_A_TALK_GROUP
    circle.save()
    _note(circle, actor, "lade upp cirkeln")
    return circle


@transaction.atomic
def change(circle: Circle, *, has_agreement: bool, actor: Any) -> Circle:
    """Save what was typed. A group keeps the words that it began with."""
    if not has_agreement:
        circle.agreement = None
    elif circle.agreement is None:
        circle.agreement = agreement_text()
    circle.save()
    _note(circle, actor, "ändrade cirkeln")
    return circle


def _note(circle: Circle, actor: Any, deed: str) -> None:
    note_access(
        actor,
        action=AccessLog.Action.CHANGE,
        about=ABOUT,
        reference=circle.event.slug,
        reason=deed,
    )


def draft_of_rules(form: str) -> CircleRules:
    """The latest figures, to be changed into those of a coming day."""
    draft = CircleRules.objects.filter(form=form).latest("valid_from")
    return CircleRules(form=form, source=draft.source, **figures_of(draft))


def figures_of(rules: CircleRules) -> dict[str, Any]:
    """Every figure by the name of its column."""
    return {name: value for name, value in vars(rules.figures).items() if name != "named"}


def drop_rules(rules: CircleRules) -> None:
    """Rules that have not come into force can be taken away. Raises InForce."""
    if rules.is_in_force(timezone.localdate()):
        raise InForce
    rules.delete()
