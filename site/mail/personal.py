"""What letters hold about people, for how long, and how it is forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from mail.models import Letter, Link, PreparedFile
from mail.services.files import KEPT_FOR
from privacy import registry

# Long enough to answer "did you write to me?", in days.
KEEP_LETTERS = timedelta(days=90)


def _weed_letters(now: datetime, dry_run: bool) -> int:
    old = Letter.objects.filter(created_at__lt=now - KEEP_LETTERS)
    old = old.exclude(state__in=[Letter.State.QUEUED, Letter.State.SENDING])
    return old.count() if dry_run else old.delete()[0]


def _weed_links(now: datetime, dry_run: bool) -> int:
    over = Link.objects.filter(expires_at__lt=now - KEEP_LETTERS)
    return over.count() if dry_run else over.delete()[0]


def _export_letter(letter: Letter) -> dict[str, Any]:
    return {
        str(_("Ämne")): letter.subject or letter.kind,
        str(_("Till")): letter.to,
        str(_("Skickat")): letter.sent_at,
        str(_("Läge")): letter.get_state_display(),
    }


def _erase_letters(rows: Iterable[Letter]) -> int:
    return Letter.objects.filter(pk__in=[row.pk for row in rows]).delete()[0]


registry.register(
    registry.Rule(
        model=Letter,
        fields=("to", "to_key", "about", "private", "subject", "last_error"),
        kept="90 dagar, för att kunna svara på om ett brev har gått.",
        weed=_weed_letters,
        of_person=lambda key: Letter.objects.filter(to_key=key),
        export=_export_letter,
        erase=_erase_letters,
    )
)
registry.register(
    registry.Rule(
        model=Link,
        fields=("about",),
        kept="90 dagar efter att länken har gått ut.",
        weed=_weed_links,
        # A link knows no person; it goes with the row that it opens.
        of_person=lambda key: Link.objects.none(),
        export=lambda row: {},
        erase=lambda rows: 0,
    )
)


def _weed_files(now: datetime, dry_run: bool) -> int:
    old = PreparedFile.objects.filter(asked_at__lt=now - KEPT_FOR)
    return old.count() if dry_run else old.delete()[0]


registry.register(
    registry.Rule(
        model=PreparedFile,
        fields=("user", "name", "facts", "content", "failed_at"),
        kept="Krypterad, en vecka, för den som bad om listan.",
        weed=_weed_files,
        of_person=lambda key: PreparedFile.objects.filter(user__email__iexact=key),
        export=lambda row: {str(_("Lista")): row.name, str(_("Beställd")): row.asked_at},
        erase=lambda rows: PreparedFile.objects.filter(pk__in=[row.pk for row in rows]).delete()[0],
    )
)
