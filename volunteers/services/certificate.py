"""Intyg: a paper that says that somebody has given their time, and with what. Nothing of health."""

from pathlib import Path

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.models import Association
from mail.templatetags.dates import date_long
from privacy.exports import pdf
from volunteers.models import Assignment, Lead

PAPER = Path(__file__).resolve().parents[1] / "papers" / "certificate.typ"


class NothingToCertify(Exception):
    """They have not had a role with us."""


def can_have(lead: Lead) -> bool:
    served = (Lead.Stage.ACTIVE, Lead.Stage.PAUSED, Lead.Stage.ENDED)
    return bool(lead.name) and lead.stage in served and lead.assignments.exists()


def make(lead: Lead) -> bytes:
    """As PDF. Raises NothingToCertify."""
    if not can_have(lead):
        raise NothingToCertify
    association = Association.load()
    words = {"name": lead.name, "association": association.name}
    is_one_of_us = _("%(name)s är volontär hos %(association)s.")
    has_been = _("%(name)s har varit volontär hos %(association)s.")
    facts = {
        "title": _("Intyg"),
        "association": association.name,
        "address": association.address,
        "registration_number": association.registration_number,
        "lines": [(is_one_of_us if lead.is_open else has_been) % words],
        "roles": [_line(one) for one in lead.assignments.select_related("role")],
        "thanks": [*_hours(lead), _("Vi tackar för en fin insats.")],
        "signed": association.short_name,
        "day": date_long(timezone.localdate()),
    }
    return pdf(PAPER, facts)


def _line(assignment: Assignment) -> str:
    words = {"role": assignment.role.name, "first": date_long(assignment.started_on)}
    if assignment.ended_on is None:
        return _("%(role)s, sedan %(first)s") % words
    words["last"] = date_long(assignment.ended_on)
    return _("%(role)s, %(first)s till %(last)s") % words


def _hours(lead: Lead) -> list[str]:
    minutes = lead.hours.aggregate(sum=Sum("minutes"))["sum"] or 0
    return [_("Noterad tid: %d timmar.") % round(minutes / 60)] if minutes >= 60 else []
