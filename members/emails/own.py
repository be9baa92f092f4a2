"""Another mailbox: the new one is asked, the old one is told."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mail.letters import Content, letter
from mail.models import Letter
from mail.services import mint, post
from members.models import EmailChange

PROOF, CHANGED = "email_proof", "email_changed"
# A door to the page that changes the address. About an EmailChange.
CHANGE = "members-email"
DOOR_OPEN = timedelta(days=7)


def post_proof(change: EmailChange) -> None:
    post(PROOF, to=change.email, about={"change": change.pk}, public=True)


def post_changed(change: EmailChange, old: str) -> None:
    if old:
        post(CHANGED, to=old, about={"change": change.pk})


def _content(name: str, because: str, **context: Any) -> Content:
    return Content(template=f"members/mail/{name}", context=context, because=because)


@letter(PROOF)
def proof(row: Letter) -> Content | None:
    """Says no name: whoever reads it may be a stranger, when the address was typed wrong."""
    change = EmailChange.objects.filter(pk=row.about["change"], done_at=None).first()
    if change is None:
        return None
    token = mint(CHANGE, about=str(change.pk), expires_at=timezone.now() + DOOR_OPEN)
    because = _("Du får det här mejlet för att någon skrev din adress på Mina sidor.")
    url = settings.SITE_URL + reverse("pages:mine_email_confirm", args=[token])
    return _content(PROOF, because, url=url)


@letter(CHANGED)
def changed(row: Letter) -> Content | None:
    if not EmailChange.objects.filter(pk=row.about["change"]).exclude(done_at=None).exists():
        return None
    because = _("Du får det här mejlet för att vi har skrivit till den här adressen tills nu.")
    return _content(CHANGED, because)
