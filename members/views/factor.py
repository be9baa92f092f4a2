"""The second factor: allauth's views with our forms and templates, answering 422 to what is wrong."""

import functools
from collections.abc import Callable
from typing import Any

from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from members.adapter import has_factor, has_passkey, is_fresh
from privacy.limits import limited

View = Callable[..., HttpResponse]


def _ours(view: View) -> View:
    @limited("factor")
    @never_cache
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    return answer


def _for_staff(view: View) -> View:
    """Who has no role needs no second factor; the first one is set up right after the log-in."""

    @login_required
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if isinstance(user, AnonymousUser) or not user.works_here:
            raise Http404
        if not has_factor(user) and not is_fresh(request):
            page = reverse("account_logout")
            return HttpResponseRedirect(f"{page}?{urlencode({'igen': 1})}")
        return view(request, *args, **kwargs)

    return answer


def _with_own_factors(view: View) -> View:
    """Tells the page whether there is a passkey to ask for: who has none is not asked."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse):
            user = request._login_stage.login.user  # type: ignore[attr-defined]  # allauth's
            context = response.context_data or {}
            response.context_data = {**context, "has_passkey": has_passkey(user)}
        return response

    return answer


# During the log-in, between the letter's code and the session.
authenticate = _ours(_with_own_factors(base.authenticate))
# In a session that has rested, or before something that needs a fresh proof.
reauthenticate = _ours(base.reauthenticate)
reauthenticate_webauthn = _ours(webauthn.reauthenticate_webauthn)
login_webauthn = _ours(webauthn.login_webauthn)

index = _ours(_for_staff(base.index))
activate_totp = _ours(_for_staff(totp.activate_totp))
deactivate_totp = _ours(_for_staff(totp.deactivate_totp))
list_webauthn = _ours(_for_staff(webauthn.list_webauthn))
add_webauthn = _ours(_for_staff(webauthn.add_webauthn))
edit_webauthn = _ours(_for_staff(webauthn.edit_webauthn))
remove_webauthn = _ours(_for_staff(webauthn.remove_webauthn))
view_recovery_codes = _ours(_for_staff(recovery.view_recovery_codes))
generate_recovery_codes = _ours(_for_staff(recovery.generate_recovery_codes))
