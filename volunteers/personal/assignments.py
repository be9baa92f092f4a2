"""What somebody does for us. It lives and goes with the lead; in the counts it stays."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from privacy import registry
from volunteers.models import (
    Agreement,
    Assignment,
    CrewMember,
    Duty,
    HourNote,
    Promise,
    Shift,
    SupervisionMeeting,
    TrainingRecord,
)

WITH_THE_LEAD = "Som intresseanmälan: raden stannar i statistiken utan namn."


def _nothing_to_weed(now: datetime, dry_run: bool) -> int:
    return 0


def _goes_with_lead(model: Any, fields: tuple[str, ...], export: Any) -> None:
    """The lead that the row points at loses its name; the row itself tells of nobody then."""
    registry.register(
        registry.Rule(
            model=model,
            fields=fields,
            kept=WITH_THE_LEAD,
            weed=_nothing_to_weed,
            of_person=lambda key: model.objects.filter(lead__email_key=key),
            export=export,
            erase=lambda rows: 0,
        )
    )


_goes_with_lead(
    Assignment,
    ("started_on", "ended_on", "mentor", "extract_seen_on"),
    lambda row: {
        str(_("Uppdrag")): str(row.role),
        str(_("Från")): row.started_on,
        str(_("Till")): row.ended_on,
        str(_("Registerutdrag visat")): row.extract_seen_on,
    },
)
_goes_with_lead(
    Promise,
    ("agreed_at", "secrecy_at"),
    lambda row: {
        str(_("Överenskommelse")): str(row.agreement),
        str(_("Sa ja")): row.agreed_at,
        str(_("Lovade att hålla tyst")): row.secrecy_at,
    },
)
_goes_with_lead(
    TrainingRecord,
    ("done_on", "valid_until"),
    lambda row: {
        str(_("Utbildning")): str(row.training),
        str(_("Gick den")): row.done_on,
        str(_("Gäller till")): row.valid_until,
    },
)
_goes_with_lead(
    CrewMember,
    ("taken_at", "given_back_at"),
    lambda row: {
        str(_("Pass")): str(row.shift),
        str(_("Tog passet")): row.taken_at,
        str(_("Lämnade passet")): row.given_back_at,
    },
)
_goes_with_lead(
    HourNote,
    ("day", "minutes"),
    lambda row: {str(_("Dag")): row.day, str(_("Minuter")): row.minutes},
)
registry.register(
    registry.Rule(
        model=SupervisionMeeting,
        fields=("present", "noted_at"),
        kept="Som intresseanmälan. Vilka som var där går inte att se när namnen är borta.",
        weed=_nothing_to_weed,
        of_person=lambda key: SupervisionMeeting.objects.filter(present__email_key=key),
        export=lambda row: {str(_("Handledarträff")): row.starts_at},
        erase=lambda rows: 0,
    )
)
registry.exempt(Agreement, "Ord i en överenskommelse, inte om någon.")
registry.exempt(Shift, "Handlar om en tid, inte om en person.")
registry.exempt(Duty, "Vem av oss som har hand om vad. Byts i listan över ansvar.")
