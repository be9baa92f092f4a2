"""Becoming a member: what it costs, who you are, where to send the paper, paying, and after.

No cookie and no account: the address of each page carries the number of what was typed, signed.
"""

from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mail import campaigns
from mail.models import Association
from mail.services import LinkExpired, LinkUnknown, open_door
from members.emails.joining import JOIN, KEPT_FOR, post_saved
from members.forms.joining import AddressForm, GrantForm, JoinForm, PayForm
from members.models import Application
from members.services import grants, joining
from members.services.fee_year import term_for_newcomer
from members.services.fees import NoFeeSet, offers
from members.views.paying import CAME_BACK, CANCELLED, look_again, pay
from payments.services.checkout import StripeAway
from payments.services.invoice import details
from privacy.limits import limited
from privacy.responses import for_one_reader, see_other

_signer = TimestampSigner(salt="members.joining")
SUPPORTING = "supporting"


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What it costs comes first."""
    found = offers()
    context = {
        "offers": found,
        "first": next((one for one in found if one.type.key != SUPPORTING), None),
        "supporting": next((one for one in found if one.type.key == SUPPORTING), None),
        "campaign": _campaign(request),
    }
    return render(request, "members/join_start.html", context)


@require_safe
def supporting(request: HttpRequest) -> HttpResponse:
    offer = next((one for one in offers() if one.type.key == SUPPORTING), None)
    context = {"offer": offer, "campaign": _campaign(request)}
    return render(request, "members/join_supporting.html", context)


def _campaign(request: HttpRequest) -> str:
    """The code in the address that a letter led to, carried on to the form."""
    return campaigns.tidy(request.GET.get(campaigns.PARAMETER))


@require_http_methods(["GET", "HEAD", "POST"])
@limited("join")
@for_one_reader
def details_page(request: HttpRequest) -> HttpResponse:
    found = offers()
    if not found:
        return see_other(reverse("members:join"))
    form = _details_form(request, found)
    if request.method != "POST" or not form.is_valid():
        code = 422 if request.method == "POST" else 200
        return render(request, "members/join_details.html", {"form": form}, status=code)
    application = joining.keep(form.cleaned_data["submission"], **form.facts)
    if "later" in request.POST:
        post_saved(application)
        return see_other(_url("join_saved", application))
    return see_other(_next(application))


def _details_form(request: HttpRequest, found: Any) -> JoinForm:
    association = Association.load(request)
    if request.method == "POST":
        later = "later" in request.POST
        return JoinForm(request.POST, association=association, offers=found, later=later)
    initial: dict[str, Any] = {
        "type": request.GET.get("typ", ""), "reduced": request.GET.get("nedsatt") == "1",
        "paper": JoinForm.ONLY_MAIL, "campaign": _campaign(request),
    }  # fmt: skip
    if earlier := _signed(request.GET.get("ratta", "")):
        initial = _typed(earlier)
    return JoinForm(initial=initial, association=association, offers=found)


def _typed(earlier: Application) -> dict[str, Any]:
    return {
        "submission": earlier.key,
        "type": earlier.type.key,
        "reduced": earlier.is_reduced,
        "first_name": earlier.first_name,
        "last_name": earlier.last_name,
        "email": earlier.email,
        "paper": JoinForm.ON_PAPER if earlier.wants_paper else JoinForm.ONLY_MAIL,
        "newsletter": earlier.newsletter_consent_id is not None,
        "campaign": earlier.campaign,
        "consent": True,
    }


def _next(application: Application) -> str:
    """The step that is left."""
    if not (application.first_name and application.last_name):
        return _again(application)
    if application.wants_paper and not application.street:
        return _url("join_address", application)
    return _url("join_pay", application)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("join")
@for_one_reader
def address(request: HttpRequest, signed: str) -> HttpResponse:
    application = _behind(signed)
    names = ("street", "postcode", "town")
    kept = {name: getattr(application, name) for name in names}
    form = AddressForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        joining.keep_address(application, **form.cleaned_data)
        return see_other(_url("join_pay", application))
    context = {"form": form, "details_url": _again(application)}
    code = 422 if request.method == "POST" else 200
    return render(request, "members/join_address.html", context, status=code)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("join")
@for_one_reader
def pay_page(request: HttpRequest, signed: str) -> HttpResponse:
    application = _behind(signed)
    if application.charge and application.charge.received:
        return see_other(_url("join_done", application))
    if request.method == "POST" and "later" in request.POST:
        post_saved(application)
        return see_other(_url("join_saved", application))
    form = PayForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _pay_page(request, application, form, 422 if request.method == "POST" else 200)
    try:
        charge = joining.ask_to_pay(application)
        done, back = _url("join_done", application), _url("join_pay", application)
        return pay(charge, form, done=done, back=back)
    except (StripeAway, NoFeeSet):
        return _pay_page(request, application, form, 503, away=True)


def _pay_page(
    request: HttpRequest, application: Application, form: PayForm, code: int, **more: Any
) -> HttpResponse:
    kind, year = application.type, term_for_newcomer().year
    fee = (application.is_reduced and kind.fee(year, reduced=True)) or kind.fee(year)
    context = {
        "application": application,
        "form": form,
        "amount": application.charge.amount if application.charge else fee and fee.amount,
        "details_url": _again(application),
        "address_url": _url("join_address", application),
        "cancelled": CANCELLED in request.GET and request.method != "POST",
        **more,
    }
    return render(request, "members/join_pay.html", context, status=code)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("join")
@for_one_reader
def done(request: HttpRequest, signed: str) -> HttpResponse:
    """After paying. Who it is that has paid is told to nobody but the bearer of the address."""
    application = _behind(signed)
    if application.charge is None:
        return see_other(_url("join_pay", application))
    came_back = CAME_BACK in request.GET
    charge = look_again(application.charge, came_back=came_back)
    application = _behind(signed)
    form = GrantForm(request.POST or None, association=Association.load(request).short_name)
    if request.method == "POST" and form.is_valid():
        grants.answer(application, form.cleaned_data)
        return see_other(f"{request.path}?tack=1")
    context = {
        "application": application,
        "charge": charge,
        "came_back": came_back,
        "invoice": details(charge),
        "form": form if grants.may_ask(application) else None,
        "thanks": "tack" in request.GET,
        "pay_url": _url("join_pay", application),
    }
    code = 422 if request.method == "POST" else 200
    return render(request, "members/join_done.html", context, status=code)


@require_safe
@for_one_reader
def saved(request: HttpRequest, signed: str) -> HttpResponse:
    """The same page whether the address was known or not."""
    return render(request, "members/join_saved.html", {"application": _behind(signed)})


@require_safe
@for_one_reader
def again(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the letter: to the step that is left. Changes nothing."""
    try:
        about = open_door(token, purpose=JOIN)
    except LinkUnknown as error:
        raise Http404 from error
    except LinkExpired:
        next_url = reverse("members:join")
        return render(request, "expired_link.html", {"next_url": next_url}, status=410)
    application = Application.objects.filter(pk=about).first()
    if application is None:
        raise Http404
    return see_other(_next(application))


def _url(name: str, application: Application) -> str:
    return reverse(f"members:{name}", args=[_signer.sign(str(application.key))])


def _again(application: Application) -> str:
    """Back to who you are, with everything in place."""
    ratta = urlencode({"ratta": _signer.sign(str(application.key))})
    return f"{reverse('members:join_details')}?{ratta}"


def _signed(signed: str) -> Application | None:
    try:
        key = _signer.unsign(signed, max_age=KEPT_FOR)
    except BadSignature:
        return None
    rows = Application.objects.select_related("charge", "type", "person")
    return rows.filter(key=key).first()


def _behind(signed: str) -> Application:
    found = _signed(signed)
    if found is None:
        raise Http404
    return found
