"""The letter as one of its readers gets it. Who looks somebody up leaves a line in the log."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsletters.models import Delivery, Issue
from newsletters.services import audience, claims
from newsletters.services.audience import Choice
from newsletters.services.suppression import hash_of
from privacy.addresses import mail_key, masked
from privacy.models import AccessLog
from privacy.services import note_access

ABOUT = "newsletters.Subscription"
SEE = "newsletters.view_subscription"


@dataclass(frozen=True)
class AsReader:
    """`typed`: the address that was asked for. `why_not`: why no letter goes there."""

    typed: str = ""
    first_name: str = ""
    text_only: bool = False
    why_not: str = ""


NOBODY = AsReader()


@transaction.atomic
def find(issue: Issue, typed: str, *, actor: Any) -> AsReader:
    """As the one with this address reads it, or why they do not."""
    if not typed or not actor.has_perm(SEE):
        return NOBODY
    note_access(
        actor, action=AccessLog.Action.VIEW, about=ABOUT, reference=masked(typed)[:100],
        reason="tittade på ett brev så som en läsare får det",
    )  # fmt: skip
    choice = Choice.of(issue)
    found = audience.one(choice, mail_key(typed), is_notice=not issue.is_newsletter)
    if found is None:
        return AsReader(typed=typed, why_not=str(_("Den adressen får inte det här brevet.")))
    copy = claims.Copy(
        0, uuid4(), hash_of(found.email_key), found.email,
        found.email_key, found.first_name, found.text_only, 0,
    )  # fmt: skip
    reason = claims.why_not(issue, [copy], timezone.now()).get(0, "")
    words = str(Delivery.Reason(reason).label) if reason else ""
    return AsReader(typed, found.first_name, found.text_only, words)
