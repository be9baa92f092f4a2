"""Mina sidor: what a member sees and does after the log-in, and the two doors that belong to it."""

import base64
import functools
from collections.abc import Callable
from typing import Any

import qrcode
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from qrcode.image.svg import SvgPathFillImage

from events.emails import booking_url
from mail.services import LinkExpired, LinkUnknown, open_door
from members.adapter import is_fresh
from members.models import Person
from members.services import erasing as erasings
from members.services import own, people
from members.services.membership import status_of
from members.services.renewal import renew_url
from pages import emails
from pages.forms import OwnDataForm, UnderstoodForm
from pages.services import mine, own_data
from privacy.limits import limited
from privacy.responses import for_one_reader, see_other

View = Callable[..., HttpResponse]
# Which of those with the same mailbox this session is.
CHOSEN = "mine_person"


def for_members(view: View) -> View:
    """For who is logged in, as one of those with their mailbox (`person`), or as none."""

    @login_required
    @for_one_reader
    @functools.wraps(view)
    def answer(request: HttpRequest, **more: Any) -> HttpResponse:
        found = mine.people_of(request.user)
        chosen = request.session.get(CHOSEN)
        person = next((one for one in found if str(one.reference) == chosen), None)
        if person is None and len(found) > 1:
            return redirect("pages:mine_who")
        return view(request, person or (found[0] if found else None), **more)

    return answer


def in_register(view: View) -> View:
    @for_members
    @functools.wraps(view)
    def answer(request: HttpRequest, person: Person | None, **more: Any) -> HttpResponse:
        if person is None:
            return redirect("pages:mine")
        return view(request, person, **more)

    return answer


def fresh(view: View) -> View:
    """For what must not be done by who finds an open phone: a new code first."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
        if request.user.is_authenticated and not is_fresh(request):
            return redirect(f"{reverse('account_logout')}?{urlencode({'igen': 1})}")
        return view(request, *args, **more)

    return answer


def page(request: HttpRequest, name: str, code: int = 200, **context: Any) -> HttpResponse:
    return render(request, f"pages/mine/{name}.html", context, status=code)


def sent(request: HttpRequest) -> Any:
    """What was sent, also when it was nothing."""
    return request.POST if request.method == "POST" else None


@require_safe
@for_members
def start(request: HttpRequest, person: Person | None) -> HttpResponse:
    several = len(mine.people_of(request.user)) > 1
    return page(request, "start", home=mine.home(request.user, person), several=several)


@login_required
@for_one_reader
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """Two with one mailbox: who are you?"""
    found = mine.people_of(request.user)
    chosen = request.POST.get("person", "")
    if chosen in {str(one.reference) for one in found}:
        request.session[CHOSEN] = chosen
        return see_other(reverse("pages:mine"))
    return page(request, "who", people=found)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def bookings(request: HttpRequest, person: Person | None) -> HttpResponse:
    """The list. A press opens one booking by the same door as the letter does."""
    if request.method == "POST":
        number = request.POST.get("booking", "")
        row = mine.booking_of(request.user, int(number)) if number.isdecimal() else None
        if row is None:
            raise Http404
        return see_other(booking_url(row))
    return page(request, "bookings", rows=mine.bookings(request.user))


@require_safe
@in_register
def membership(request: HttpRequest, person: Person) -> HttpResponse:
    url = settings.SITE_URL + reverse("pages:card", args=[mine.card_token(person)])
    return page(
        request, "membership", person=person, status=status_of(person), card=_qr(url),
        receipts=mine.receipts(person),
    )  # fmt: skip


def _qr(url: str) -> str:
    """On white, so that a camera can read it on a dark page too."""
    image = qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
    return f"data:image/svg+xml;base64,{base64.b64encode(str(image).encode()).decode()}"


@require_POST
@in_register
def renew(request: HttpRequest, person: Person) -> HttpResponse:
    return see_other(renew_url(Person.objects.get(pk=person.pk)))


@require_safe
@in_register
def receipt(request: HttpRequest, person: Person, number: int) -> HttpResponse:
    charge = get_object_or_404(mine.receipts(person), number=number)
    return _file(own_data.receipt(charge), "application/pdf", f"kvitto-{number}.pdf")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@in_register
def own_data_page(request: HttpRequest, person: Person) -> HttpResponse:
    return page(request, "data", person=person, saved="sparat" in request.GET)


@require_http_methods(["GET", "HEAD", "POST"])
@in_register
def change(request: HttpRequest, person: Person) -> HttpResponse:
    form = OwnDataForm(sent(request), instance=person)
    if form.is_bound and form.is_valid():
        people.change(person, dict(form.cleaned_data), actor=request.user)
        return see_other(f"{reverse('pages:mine_data')}?sparat=1")
    return page(request, "change", 422 if form.errors else 200, form=form)


@require_POST
@in_register
def forget_relation(request: HttpRequest, person: Person) -> HttpResponse:
    own.forget_relation(person)
    return see_other(f"{reverse('pages:mine_data')}?sparat=1")


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
@fresh
def download(request: HttpRequest, person: Person | None) -> HttpResponse:
    if request.method != "POST":
        return page(request, "download")
    file = own_data.package(request.user.email)  # type: ignore[union-attr]  # logged in
    return _file(file, "application/zip", "dina-uppgifter.zip")


@limited("erase")
@require_http_methods(["GET", "HEAD", "POST"])
@in_register
@fresh
def erase(request: HttpRequest, person: Person) -> HttpResponse:
    """Asks, and sends the letter that asks again. Who works here has an account to hand over."""
    form = UnderstoodForm(sent(request))
    works_here = request.user.works_here  # type: ignore[union-attr]  # logged in
    if form.is_bound and form.is_valid() and not works_here:
        emails.post_erase(person)
        return page(request, "erase_asked", person=person)
    return page(
        request, "erase", 422 if form.errors else 200, form=form, person=person,
        works_here=works_here, bookings=mine.bookings(request.user),
        receipts=mine.receipts(person), status=status_of(person),
    )  # fmt: skip


@require_safe
@in_register
def looks(request: HttpRequest, person: Person) -> HttpResponse:
    return page(
        request, "looks", roles=mine.who_can_see(person), looks=mine.looks(person, request.user)
    )


@for_one_reader
@require_http_methods(["GET", "HEAD", "POST"])
def erasing(request: HttpRequest, token: str) -> HttpResponse:
    """The door in the letter. Looking changes nothing; the same door undoes."""
    try:
        reference = open_door(token, purpose=emails.ERASE)
    except LinkUnknown as error:
        raise Http404 from error
    except LinkExpired:
        return render(request, "expired_link.html", {"next_url": "/mina-sidor/"}, status=410)
    person = Person.objects.filter(reference=reference, merged_into=None).first()
    if person is None:
        return page(request, "erasing", gone=True)
    if request.method == "POST":
        return _act(request, person)
    days_left = (person.erase_on - timezone.localdate()).days if person.erase_on else 0
    return page(request, "erasing", person=person, days_left=days_left)


def _act(request: HttpRequest, person: Person) -> HttpResponse:
    match request.POST.get("do"):
        case "erase":
            own_data.hide(person)
        case "undo":
            erasings.regret(person)
        case "now" if person.hidden_at:
            erasings.erase(person)
    return see_other(request.path)


@for_one_reader
@require_safe
def card(request: HttpRequest, token: str) -> HttpResponse:
    """What the QR code of a card opens: valid or not, and nothing else."""
    return page(request, "card", is_valid=mine.card_is_valid(token))
