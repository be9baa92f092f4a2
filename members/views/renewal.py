"""One more year, or goodbye: by the link in a letter, without a log-in. A GET changes nothing."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mail.services import LinkExpired, LinkUnknown, open_door
from members.emails.fees import RENEW
from members.forms.joining import PayForm
from members.forms.renewal import LeaveForm
from members.models import Membership, Person
from members.services import membership as memberships
from members.services import renewal
from members.services.fee_year import covered_to, term_for_renewal
from members.services.fees import NoFeeSet
from members.views.paying import CAME_BACK, CANCELLED, look_again, pay
from payments.services.checkout import StripeAway
from payments.services.invoice import details
from privacy.limits import limited
from privacy.responses import for_one_reader, see_other

View = Callable[[HttpRequest, str, Person, int], HttpResponse]


def _door(view: View) -> Callable[..., HttpResponse]:
    """Only behind a link of ours. The link names a person and a year."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @limited("link")
    @for_one_reader
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            pk, _, year = open_door(token, purpose=RENEW).partition(":")
        except LinkUnknown as error:
            raise Http404 from error
        except LinkExpired:
            next_url = reverse("members:join")
            return render(request, "expired_link.html", {"next_url": next_url}, status=410)
        person = Person.objects.in_register().filter(pk=pk).first()
        if person is None:
            raise Http404
        return view(request, token, person, int(year))

    return opened


@_door
def renew(request: HttpRequest, token: str, person: Person, year: int) -> HttpResponse:
    if person.stop_asking_at:
        return _left(request, token, person)
    paid_to = covered_to(person)
    if paid_to and paid_to.year >= year:
        return render(request, "members/renew_done.html", {"person": person, "until": paid_to})
    # A link from a year that has gone renews the one that runs.
    year = max(year, term_for_renewal(person).year)
    form = PayForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        code = 422 if request.method == "POST" else 200
        return _page(request, token, person, year, form, code)
    reduced = request.POST.get("reduced") == "1"
    try:
        charge = renewal.ask_for_year(person, year, is_reduced=reduced)
        done = reverse("members:renewed", args=[token])
        return pay(charge, form, done=done, back=reverse("members:renew", args=[token]))
    except renewal.AlreadyRenewed:
        return see_other(request.path)
    except (StripeAway, NoFeeSet):
        return _page(request, token, person, year, form, 503)


def _page(
    request: HttpRequest, token: str, person: Person, year: int, form: PayForm, code: int
) -> HttpResponse:
    asked = request.POST.get("reduced") or request.GET.get("nedsatt")
    less = renewal.price(person, year, reduced=True)
    context = {
        "token": token,
        "person": person,
        "year": year,
        "form": form,
        "fee": less if asked == "1" and less else renewal.price(person, year),
        "less": less,
        "reduced": asked == "1" and less is not None,
        "starts_next_year": year > timezone.localdate().year,
        "cancelled": CANCELLED in request.GET and request.method != "POST",
        "away": code == 503,
    }
    return render(request, "members/renew.html", context, status=code)


@_door
def renewed(request: HttpRequest, token: str, person: Person, year: int) -> HttpResponse:
    """After paying."""
    mine = Membership.objects.filter(person=person, year__gte=year, ended_on=None)
    waiting = mine.select_related("charge").order_by("year").first()
    if waiting is None:
        return see_other(reverse("members:renew", args=[token]))
    came_back = CAME_BACK in request.GET
    charge = look_again(waiting.charge, came_back=came_back) if waiting.charge else None
    paid_to = covered_to(person)
    if charge is None or charge.is_settled:
        return render(request, "members/renew_done.html", {"person": person, "until": paid_to})
    context = {
        "person": person,
        "charge": charge,
        "came_back": came_back,
        "invoice": details(charge),
        "pay_url": reverse("members:renew", args=[token]),
    }
    return render(request, "members/renew_waits.html", context)


@_door
def leave(request: HttpRequest, token: str, person: Person, year: int) -> HttpResponse:
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        memberships.leave(person, words=form.cleaned_data["words"])
        return see_other(reverse("members:renew", args=[token]))
    if person.stop_asking_at:
        return see_other(reverse("members:renew", args=[token]))
    code = 422 if request.method == "POST" else 200
    return render(request, "members/leave.html", {"form": form, "token": token}, status=code)


def _left(request: HttpRequest, token: str, person: Person) -> HttpResponse:
    if request.method == "POST" and request.POST.get("do") == "undo":
        memberships.undo_leave(person)
        return see_other(reverse("members:renew", args=[token]))
    return render(request, "members/left.html", {"token": token})
