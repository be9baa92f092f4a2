"""Those who want to help, and what has happened with them since."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from privacy import registry
from volunteers.models import (
    Absence,
    DraftText,
    Lead,
    LeadMove,
    Role,
    TalkTime,
    Training,
    VolunteerSettings,
)
from volunteers.services import leaving

# After a no there is nothing more to do; after years of work somebody may ask for a reference.
KEEP_DECLINED = timedelta(days=365)
KEEP_ENDED = timedelta(days=2 * 365)
KEEP_ABSENCE = timedelta(days=365)


def _weed(now: datetime, dry_run: bool) -> int:
    old = Lead.objects.exclude(name=leaving.FORGOTTEN).filter(
        Q(stage=Lead.Stage.DECLINED, stage_since__lt=now - KEEP_DECLINED)
        | Q(stage=Lead.Stage.ENDED, stage_since__lt=now - KEEP_ENDED)
    )
    return old.count() if dry_run else leaving.forget(old)


def _erase(rows: Iterable[Lead]) -> int:
    rows = list(rows)
    for lead in rows:
        leaving.withdraw(lead)
    return len(rows)


def _export(lead: Lead) -> dict[str, Any]:
    return {
        str(_("Namn")): lead.name,
        str(_("E-post")): lead.email,
        str(_("Mobil")): lead.phone,
        str(_("Helst")): lead.get_contact_by_display(),
        str(_("När passar det?")): lead.good_time,
        str(_("Vill hjälpa till med")): ", ".join(role.name for role in lead.interests.all()),
        str(_("Ork")): lead.get_pace_display(),
        str(_("Vill berätta")): lead.message,
        str(_("Anmäld")): lead.created_at,
        str(_("Första kontakt")): lead.answered_at,
        str(_("Läge")): lead.get_stage_display(),
        str(_("Pausad till")): lead.paused_until,
        str(_("Samtycke")): str(lead.consent),
    }


def _export_move(move: LeadMove) -> dict[str, Any]:
    return {
        str(_("När")): move.at,
        str(_("Vad")): move.get_what_display(),
        str(_("Läge")): move.get_to_stage_display(),
        str(_("Anteckning")): move.note,
    }


def _weed_absences(now: datetime, dry_run: bool) -> int:
    old = Absence.objects.filter(until_on__lt=timezone.localdate(now) - KEEP_ABSENCE)
    return old.count() if dry_run else old.delete()[0]


registry.register(
    registry.Rule(
        model=Lead,
        fields=(
            "name", "email", "email_key", "phone", "contact_by", "good_time", "message", "pace",
            "stage", "paused_until", "owner", "answered_at",
        ),
        kept="Tackat nej: ett år. Avslutat uppdrag: två år, för intyg. Sedan bara antal.",
        weed=_weed,
        of_person=lambda key: Lead.objects.of_mailbox(key).select_related("consent__text"),
        export=_export,
        erase=_erase,
    )
)  # fmt: skip
registry.register(
    registry.Rule(
        model=LeadMove,
        fields=("actor", "owner", "note"),
        kept="Som intresseanmälan. Anteckningarna töms när personen glöms.",
        # They go with the lead.
        weed=lambda now, dry_run: 0,
        of_person=lambda key: LeadMove.objects.filter(lead__email_key=key),
        export=_export_move,
        erase=lambda rows: 0,
    )
)
registry.register(
    registry.Rule(
        model=Absence,
        fields=("user", "deputy", "from_on", "until_on"),
        kept="Ett år efter sista dagen. Ingen orsak sparas.",
        weed=_weed_absences,
        of_person=lambda key: Absence.objects.filter(user__email__iexact=key),
        export=lambda row: {str(_("Från")): row.from_on, str(_("Till")): row.until_on},
        erase=lambda rows: Absence.objects.filter(pk__in=[row.pk for row in rows]).delete()[0],
    )
)
registry.exempt(DraftText, "Ord att börja ett mejl med. Ingen person.")
registry.exempt(Role, "Handlar om en sak, inte om en person.")
registry.exempt(Training, "Handlar om en sak, inte om en person.")
registry.exempt(TalkTime, "Bara tider. Försvinner med intresseanmälan.")
registry.exempt(
    VolunteerSettings, "Två av oss som svarar för uppföljningen. Byts i inställningarna."
)
