"""Where allauth meets our house: how it writes, encrypts, asks again and lets in."""

import functools
import time
from collections.abc import Callable
from typing import Any, NoReturn
from urllib.parse import urlsplit

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import (
    get_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.models import Login
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.image.svg import SvgPathFillImage

from members import emails
from members.models import User
from privacy.fields import decrypt, encrypt

View = Callable[..., HttpResponse]

WRONG_CODE = gettext_lazy("Koden stämmer inte. Försök igen med en ny kod")
TOO_MANY = gettext_lazy("Det kom många försök på kort tid. Vänta fem minuter och försök igen")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of this very site."""
        hosts = {self.request.get_host()} if self.request else set()
        return url_has_allowed_host_and_scheme(url, hosts, require_https=settings.HTTPS)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say themselves what happened."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing leaves during a request, and nothing in words that are not ours."""

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        emails.post_factor_changed(user.email, template_prefix.rpartition("/")[2])

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_login"))

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not is_fresh(self.request)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """On white, so that a camera can read it on a dark page too."""
        image = qrcode.make(url, image_factory=SvgPathFillImage)
        return str(image.to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passnyckel {number}").format(number=number)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to our address, whatever host a request claims to be for."""
        return {
            "id": urlsplit(settings.SITE_URL).hostname or "",
            "name": settings.WAGTAIL_SITE_NAME,
        }


def let_in(request: HttpRequest, user: User, *, next_url: str | None) -> HttpResponse:
    """The code was right. Whoever has a second factor passes it before the session is theirs."""
    record_authentication(request, user, method="code")
    return perform_login(request, Login(user=user, email=user.email, redirect_url=next_url))


def note_factor(request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    """A factor that was just set up was thereby also shown."""
    record_authentication(
        request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
    )


def has_factor(user: User) -> bool:
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def has_passkey(user: User) -> bool:
    return bool(is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]))


def logged_in_at(request: HttpRequest) -> float:
    """When this session began, in seconds since 1970; 0 when nobody knows."""
    first = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record["method"] == "code" or record.get("passwordless")
    ]
    return float(first[-1]) if first else 0.0


def factor_passed_at(request: HttpRequest) -> float:
    """When the second factor was last shown in this session; 0 when it was not."""
    shown = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record["method"] == "mfa"
    ]
    return float(shown[-1]) if shown else 0.0


def is_fresh(request: HttpRequest) -> bool:
    """Somebody showed within REAUTHENTICATION_TIMEOUT seconds that they are who they are.

    By the second factor; by the code from the letter while there is no second factor yet.
    """
    if not request.user.is_authenticated:
        return False
    shown = factor_passed_at(request) if has_factor(request.user) else logged_in_at(request)
    return time.time() - shown < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def ask_again() -> NoReturn:
    """Interrupts a view: the second factor must be shown first. A POST goes on afterwards."""
    raise ReauthenticationRequired


def fresh_proof_required(view: View) -> View:
    """For what cannot be taken back, such as an export: who does it has shown the second factor
    within the last quarter of an hour."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_fresh(request):
            ask_again()
        return view(request, *args, **kwargs)

    return answer
