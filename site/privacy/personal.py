"""What this app itself holds about people: who looked, and the yes that a row stands on."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from privacy import registry
from privacy.models import AccessLog, Consent, ConsentText

# As long as the database guards the rows (migration 0002).
KEEP_ACCESS_LOG = timedelta(days=2 * 365 + 1)


def _weed(now: datetime, dry_run: bool) -> int:
    old = AccessLog.objects.filter(at__lt=now - KEEP_ACCESS_LOG)
    return old.count() if dry_run else old.delete()[0]


def _export(row: AccessLog) -> dict[str, Any]:
    return {
        _("När"): row.at,
        _("Vad"): row.get_action_display(),
        _("Om"): row.about,
        _("Varför"): row.reason,
    }


registry.register(
    registry.Rule(
        model=AccessLog,
        fields=("actor", "reason", "reference"),
        kept="Två år. Raderna visar vem som har öppnat eller tagit ut uppgifter.",
        weed=_weed,
        of_person=lambda key: AccessLog.objects.filter(actor__email__iexact=key),
        export=_export,
        # Who looked must be known even when the one who looked asks to be forgotten; the name
        # goes from the account that the rows point at.
        erase=lambda rows: 0,
    )
)
registry.exempt(Consent, "Bara tid och text. Vem som sa ja står i raden som pekar hit.")
registry.exempt(ConsentText, "Ord i ett formulär, inte om någon.")
