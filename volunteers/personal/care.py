"""What is told without a name, and the telephone: no person, and words that are forgotten."""

from datetime import datetime, timedelta

from django.utils import timezone

from privacy import registry
from volunteers.models import CareGap, CareTheme, PhoneCall

# Long enough to be sorted and taken to a council.
KEEP_WORDS = timedelta(days=365)


def _weed(now: datetime, dry_run: bool) -> int:
    old = CareGap.objects.filter(told_on__lt=timezone.localdate(now) - KEEP_WORDS).exclude(text="")
    return old.count() if dry_run else old.update(text="")


registry.register(
    registry.Rule(
        model=CareGap,
        fields=("text",),
        kept="Texten ett år, sedan bara tema och antal. Den har inget namn från början.",
        weed=_weed,
        # Nobody knows whose it is.
        of_person=lambda key: CareGap.objects.none(),
        export=lambda row: {},
        erase=lambda rows: 0,
    )
)
registry.exempt(CareTheme, "Ett ämne i vården, inte om någon.")
registry.exempt(PhoneCall, "Dag, minuter och ämne. Varken den som ringde eller den som svarade.")
