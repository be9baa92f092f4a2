"""The letters of the door. The words are in templates/members/mail/."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mail.letters import Content, letter
from mail.models import Letter
from mail.services import post

LOGIN_CODE = "login_code"
LOGIN_UNKNOWN = "login_unknown"
FACTOR_CHANGED = "factor_changed"


def post_code(to: str, digits: str) -> None:
    # Not counted among the letters of public forms: who is signed up for five activities must
    # still be able to log in. members.services.login has a limit of its own.
    post(LOGIN_CODE, to=to, about={}, private={"code": digits})


def post_unknown(to: str, digits: str) -> None:
    # The digits are not in the letter. They are here so that both letters cost the same.
    post(LOGIN_UNKNOWN, to=to, about={}, private={"code": digits}, public=True)


def post_factor_changed(to: str, what: str) -> None:
    post(FACTOR_CHANGED, to=to, about={"what": what})


def _too_late(row: Letter) -> bool:
    lives = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    return row.private is None or timezone.now() - row.created_at > lives


@letter(LOGIN_CODE)
def login_code(row: Letter) -> Content | None:
    """None when it leaves after its digits have died: a dead code only confuses."""
    if _too_late(row):
        return None
    code = row.private["code"]
    page = settings.SITE_URL + reverse("account_confirm_login_code")
    return Content(
        template="members/mail/login_code",
        context={"url": f"{page}?{urlencode({'kod': code})}", "code": f"{code[:3]} {code[3:]}"},
        because=_("Du får det här mejlet för att någon skrev din adress på sidan Logga in."),
    )


@letter(LOGIN_UNKNOWN)
def login_unknown(row: Letter) -> Content | None:
    if _too_late(row):
        return None
    return Content(
        template="members/mail/login_unknown",
        context={"url": settings.SITE_URL + "/aktiviteter/"},
        because=_("Du får det här mejlet för att någon skrev din adress på sidan Logga in."),
    )


# What happened to a second factor, by the name that allauth gives its notification.
CHANGES = {
    "totp_activated": gettext_lazy("En app för tvåstegsinloggning lades till."),
    "totp_deactivated": gettext_lazy("Appen för tvåstegsinloggning togs bort."),
    "webauthn_added": gettext_lazy("En passnyckel lades till."),
    "webauthn_removed": gettext_lazy("En passnyckel togs bort."),
    "recovery_codes_generated": gettext_lazy("Nya reservkoder skapades."),
}


@letter(FACTOR_CHANGED)
def factor_changed(row: Letter) -> Content | None:
    what = CHANGES.get(row.about["what"])
    if what is None:
        return None
    return Content(
        template="members/mail/factor_changed",
        context={"what": what, "at": row.created_at},
        because=_("Du får det här mejlet för att du har ett konto hos oss."),
    )
