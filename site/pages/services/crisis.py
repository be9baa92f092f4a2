"""The crisis page must be right, and must be there when we are not."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from mail.models import Association
from mail.services import post
from pages.models import CrisisLine, CrisisPage, CrisisSettings
from pages.models.crisis import CHECK_EVERY, groups

STYLESHEET = "pages/crisis.css"


def write_copy(path: Path | None = None) -> Path:
    """Write the crisis page as one file that needs no server, no style sheet and no database.

    The web server shows it when nobody else answers. Written beside and moved into place, so
    that a reader never gets half a page.
    """
    path = path or Path(settings.CRISIS_COPY)
    path.parent.mkdir(parents=True, exist_ok=True)
    page = CrisisPage.objects.live().first() or CrisisPage(title="Akut hjälp")
    html = render_to_string(
        "pages/crisis_copy.html",
        {"association": Association.load(), "page": page, "groups": groups(), "style": _style()},
    )
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(html)
    Path(beside).chmod(0o644)
    Path(beside).replace(path)
    return path


def _style() -> str:
    found = str(finders.find(STYLESHEET) or f"{settings.STATIC_ROOT}/{STYLESHEET}")
    return Path(found).read_text(encoding="utf-8")


@transaction.atomic
def ask_for_checks() -> int:
    """Write to the two who check the numbers, when one is due. Returns how many letters.

    Once for every ninety days that a number waits, never more.
    """
    today = timezone.localdate()
    oldest = CrisisLine.objects.to_check(today).order_by("checked_on").first()
    if oldest is None:
        return 0
    days = (today - oldest.checked_on).days
    round_number = days // CHECK_EVERY.days
    written = 0
    for address in CrisisSettings.load().recipients:
        letter = post(
            "staff_crisis_check",
            to=address,
            about={},
            dedupe_key=f"staff_crisis_check:{address}:{oldest.checked_on}:{round_number}",
        )
        written += letter is not None
    return written
