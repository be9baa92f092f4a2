"""Deeds of privacy: note a yes, take it back, note who looked, weed, hand out, forget."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction

from privacy.addresses import mail_key
from privacy.fields import encrypted_fields
from privacy.models import AccessLog, Consent, ConsentText
from privacy.prepared import Prepared
from privacy.registry import rotations, rules

# Rows that are written anew in one transaction when the key changes.
ROTATE_AT_ONCE = 200

# The words of every form until the board writes its own (ux: "Consent tick").
FIRST_LABEL = "Ja, {association} får spara det jag skriver här."
FIRST_EXPLANATION = (
    "Att vara med hos oss kan säga något om din hälsa. Därför frågar vi. "
    "Du kan ta tillbaka ditt ja när du vill."
)

_NEWEST = Prepared(
    lambda: ConsentText.objects.filter(purpose="purpose").order_by("-version")[:1],
    purpose="purpose",
)


def current_text(purpose: str, words: str | None = None) -> ConsentText:
    """The newest words for this purpose; the standing ones the first time.

    `words`: the edition of what editors write, when it is known.
    """
    for newest in _NEWEST.made_of(_NEWEST.kept(words, purpose=purpose)):
        return newest
    text, _ = ConsentText.objects.get_or_create(
        purpose=purpose,
        version=1,
        defaults={"label": FIRST_LABEL, "explanation": FIRST_EXPLANATION},
    )
    return text


def consent_words(purpose: str, *, association: str) -> tuple[str, str]:
    """The label and the explanation beside the tick, with the association's name in place."""
    return as_shown(current_text(purpose), association=association)


def as_shown(text: ConsentText, *, association: str) -> tuple[str, str]:
    return text.label.replace("{association}", str(association)), text.explanation


def note_consent(
    purpose: str,
    *,
    at: datetime,
    channel: str = Consent.Channel.WEB,
    text: ConsentText | None = None,
) -> Consent:
    """Note a yes. `text`: the words that were shown, when they are known; else those of today."""
    text = text or current_text(purpose)
    return Consent.objects.create(text=text, channel=channel, given_at=at)


def note_access(
    actor: Any, *, action: str, about: str, reference: str = "", reason: str = ""
) -> AccessLog:
    """Note that this person of the staff looked, in the same transaction as the look itself."""
    return AccessLog.objects.create(
        actor=actor, action=action, about=about, reference=reference, reason=reason
    )


def weed(now: datetime, *, dry_run: bool = False) -> Counter[str]:
    """Forget everything whose time is past. A second run finds nothing."""
    done: Counter[str] = Counter()
    for rule in rules():
        with transaction.atomic():
            done[rule.model._meta.label] = rule.weed(now, dry_run)
    return done


def export_person(email: str) -> dict[str, list[dict[str, Any]]]:
    """Everything we hold about the person with this address, by kind of row."""
    key = mail_key(email)
    found: dict[str, list[dict[str, Any]]] = {}
    for rule in rules():
        rows = [rule.export(row) for row in rule.of_person(key)]
        if rows:
            found[str(rule.model._meta.verbose_name_plural)] = rows
    return found


@transaction.atomic
def erase_person(email: str) -> Counter[str]:
    """Forget the person with this address, in every table that knows them."""
    key = mail_key(email)
    done: Counter[str] = Counter()
    for rule in rules():
        rows: list[models.Model] = list(rule.of_person(key))
        done[rule.model._meta.label] = rule.erase(rows)
    return done


def rotate_keys() -> Counter[str]:
    """Write every encrypted value anew with the newest key. May be stopped and started again."""
    done: Counter[str] = Counter()
    for model in apps.get_models():
        if fields := [field.name for field in encrypted_fields(model)]:
            done[model._meta.label] = _rotate(model, fields)
    for name, rotation in rotations().items():
        done[name] = rotation()
    return done


def _rotate(model: type[models.Model], fields: list[str]) -> int:
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    number = 0
    for start in range(0, len(keys), ROTATE_AT_ONCE):
        with transaction.atomic():
            # Locked, so that nobody's change between the reading and the writing is lost.
            rows = model._base_manager.select_for_update(of=("self",))
            for row in rows.filter(pk__in=keys[start : start + ROTATE_AT_ONCE]):
                values = {field: getattr(row, field) for field in fields}
                number += model._base_manager.filter(pk=row.pk).update(**values)
    return number
